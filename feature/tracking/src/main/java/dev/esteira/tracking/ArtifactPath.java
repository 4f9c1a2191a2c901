package dev.esteira.tracking;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The path of an artifact below the root, as a client names it: a name for a row and never for a file of the server.
 * Refused anyway is whatever any decoding could read as a way out.
 *
 * @param text with forward slashes, neither at the start nor at the end; empty for the root
 */
record ArtifactPath(String text) {

    @Limit(value = "The path of an artifact of a run.", unit = "characters")
    private static final int LENGTH_MAX = 2048;

    @Limit(value = "How often the path of an artifact is decoded; beyond that it is refused.", unit = "times")
    private static final int DECODINGS_MAX = 10;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    /**
     * Reads a path.
     *
     * @throws EsteiraException INVALID_PARAMETER_VALUE
     */
    static ArtifactPath of(String text) {
        var trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (trimmed.length() > LENGTH_MAX) {
            throw TrackingRules.invalid("The artifact path is longer than " + LENGTH_MAX + " characters.");
        }
        var decoded = trimmed;
        for (var round = 0; round < DECODINGS_MAX; round++) {
            if (!plain(decoded)) {
                throw invalid(trimmed);
            }
            var next = decode(decoded);
            if (next.equals(decoded)) {
                return new ArtifactPath(trimmed);
            }
            decoded = next;
        }
        throw invalid(trimmed);
    }

    /** A path that names a file or folder below the root. */
    static ArtifactPath ofFile(String text) {
        var path = of(text);
        if (path.text().isEmpty() || text.endsWith("/")) {
            throw invalid(text);
        }
        return path;
    }

    /** The text decoded once more; itself when it has no escapes, or broken ones, which mean nothing. */
    private static String decode(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static boolean plain(String text) {
        if (text.isEmpty()) {
            return true;
        }
        if (text.indexOf('\\') >= 0
                || text.indexOf('#') >= 0
                || DRIVE.matcher(text).matches()) {
            return false;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        return List.of(text.split("/", -1)).stream()
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private static EsteiraException invalid(String text) {
        return TrackingRules.invalid("Invalid path: '" + text + "' is no plain path below the artifact root.");
    }

    /** The path of something below this one. */
    ArtifactPath resolve(String below) {
        return text.isEmpty() ? of(below) : below.isEmpty() ? this : of(text + "/" + below);
    }

    /** The last segment. */
    String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The first segment. */
    String first() {
        var slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash);
    }

    /** What follows the first segment, empty when nothing does. */
    String rest() {
        var slash = text.indexOf('/');
        return slash < 0 ? "" : text.substring(slash + 1);
    }
}
