package dev.esteira.document;

import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths of files beside a pipeline file. */
final class FilePaths {

    @Limit(value = "A path that a file names; longer ones are refused.", unit = "characters")
    private static final int LONGEST = 400;

    private static final Pattern UPWARDS = Pattern.compile("(^|.*/)\\.\\.(/.*|$)");
    private static final Pattern PORTABLE =
            Pattern.compile("[^/\\\\:*?\"<>|\\p{Cntrl}]+(/[^/\\\\:*?\"<>|\\p{Cntrl}]+)*");

    private FilePaths() {}

    static boolean portable(String path) {
        return path.length() <= LONGEST
                && PORTABLE.matcher(path).matches()
                && !UPWARDS.matcher(path).matches()
                && !path.startsWith("./")
                && !path.contains("/./");
    }

    static Optional<Problem> problem(String path, String pointer) {
        if (portable(path)) {
            return Optional.empty();
        }
        var shown = ShapeWords.shown(Value.of(path));
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            return Optional.of(malformed(pointer, "The path " + shown + " is absolute."));
        }
        if (UPWARDS.matcher(path.replace('\\', '/')).matches()) {
            return Optional.of(malformed(pointer, "The path " + shown + " leaves the folder of this file."));
        }
        return Optional.of(malformed(pointer, "The text " + shown + " is not a file path that works everywhere."));
    }

    private static Problem malformed(String pointer, String message) {
        return Problem.ofValue(
                pointer,
                DocumentErrorCode.MALFORMED_PATH,
                message,
                "Write a path relative to this file, inside its folder, with forward slashes, such as data/rows.csv.");
    }
}
