package dev.esteira.document;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads files that people write: YAML 1.2 with the core schema, of which JSON is a part. Refused, each with its place
 * and what to do: tags, several documents, the same key twice, keys that are no texts, numbers that two versions of YAML
 * read as two numbers, infinities, whatever exceeds the {@link YamlLimits}. Dates and times stay texts. Thread-safe.
 */
public final class Yaml {

    private Yaml() {}

    /**
     * Reads a file within the default limits.
     *
     * @param file its name, for messages
     */
    public static Reading read(String file, byte[] bytes) {
        return read(file, bytes, YamlLimits.DEFAULT);
    }

    /** The same for a text. */
    public static Reading read(String file, String text) {
        return read(file, text.getBytes(StandardCharsets.UTF_8), YamlLimits.DEFAULT);
    }

    /** Reads a file. */
    public static Reading read(String file, byte[] bytes, YamlLimits limits) {
        if (bytes.length > limits.maxBytes()) {
            var message = "The file has " + bytes.length + " bytes; " + limits.maxBytes() + " are allowed.";
            return unreadable(file, Position.START, DocumentErrorCode.DOCUMENT_TOO_LARGE, message, "Split it.");
        }
        var text = Utf8.text(bytes);
        if (text.isEmpty()) {
            var prefix = new String(bytes, 0, Utf8.validPrefix(bytes), StandardCharsets.UTF_8);
            var at = Position.of(prefix, prefix.length());
            return unreadable(
                    file, at, DocumentErrorCode.MALFORMED_TEXT, "The file is not UTF-8 here.", "Save it in UTF-8.");
        }
        return parse(file, text.get(), limits);
    }

    private static Reading parse(String file, String text, YamlLimits limits) {
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setCodePointLimit(limits.maxBytes())
                .build();
        var composer = new YamlComposer(file, text, limits);
        try {
            return composer.compose(new Parse(settings).parseString(text).iterator());
        } catch (YamlStop stop) {
            return new Reading.Unreadable(List.of(stop.problem()));
        } catch (MarkedYamlEngineException e) {
            return syntax(file, text, e);
        } catch (ReaderException e) {
            var units = Math.min(text.length(), Math.max(0, e.getPosition()));
            var message = "The character U+%04X is not allowed in a text file.".formatted(e.getCodePoint());
            return unreadable(
                    file,
                    Position.of(text, units),
                    DocumentErrorCode.MALFORMED_TEXT,
                    message,
                    "Remove it, or escape it.");
        } catch (YamlEngineException e) {
            var message = "The file is not YAML: " + oneLine(String.valueOf(e.getMessage())) + ".";
            return unreadable(file, Position.START, DocumentErrorCode.MALFORMED_YAML, message, "");
        }
    }

    private static Reading syntax(String file, String text, MarkedYamlEngineException e) {
        var mark = e.getProblemMark().or(e::getContextMark);
        var at = mark.map(Yaml::position).orElse(Position.START);
        var character = mark.map(Mark::getIndex).filter(index -> index < text.codePointCount(0, text.length()));
        if (character.isPresent() && text.codePointAt(text.offsetByCodePoints(0, character.get())) == '\t') {
            var message = "A tab cannot indent YAML or stand before a value.";
            return unreadable(file, at, DocumentErrorCode.MALFORMED_YAML, message, "Use spaces.");
        }
        if (String.valueOf(e.getProblem()).contains("(TAB)")) {
            var message = "A tab cannot indent YAML or stand before a value.";
            return unreadable(file, at, DocumentErrorCode.MALFORMED_YAML, message, "Use spaces.");
        }
        var problem = oneLine(Optional.ofNullable(e.getProblem()).orElse("it cannot be read"));
        var context = Optional.ofNullable(e.getContext()).map(Yaml::oneLine).filter(what -> !what.isEmpty());
        var since = e.getContextMark()
                .filter(start -> e.getProblemMark().isPresent())
                .map(start -> " (line " + (start.getLine() + 1) + ")")
                .orElse("");
        var message = "The file is not YAML here: "
                + context.map(what -> what + since + ", ").orElse("") + problem + ".";
        return unreadable(file, at, DocumentErrorCode.MALFORMED_YAML, message, hint(problem));
    }

    private static String hint(String problem) {
        if (problem.contains("mapping values are not allowed")) {
            return "Check the indentation, or put a text that holds ': ' in quotation marks.";
        }
        if (problem.contains("cannot start any token") || problem.contains("expected alphabetic or numeric")) {
            return "Put the text in quotation marks.";
        }
        if (problem.contains("expected <block end>")) {
            return "Check the indentation: it should be that of the lines above.";
        }
        if (problem.contains("expected ',' or")) {
            return "A comma or the closing bracket is missing.";
        }
        if (problem.contains("<stream end>")) {
            return "A closing bracket or quotation mark is missing above.";
        }
        return "Correct the line; a text with special characters stands in quotation marks.";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip().replaceAll("[.]$", "");
    }

    static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Reading unreadable(String file, Position at, DocumentErrorCode code, String message, String remedy) {
        return new Reading.Unreadable(List.of(new LocatedProblem(file, at.line(), at.column(), code, message, remedy)));
    }
}
