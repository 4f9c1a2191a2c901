package dev.esteira.cli;

import dev.esteira.client.BundleFile;
import dev.esteira.client.ClientErrorCode;
import dev.esteira.client.EsteiraClient;
import dev.esteira.client.Submission;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A pipeline file with the local files that it names, made ready to be sent. */
final class PipelineFile {

    private final Path file;
    private final String text;

    private PipelineFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    static PipelineFile read(Path file) {
        try {
            return new PipelineFile(file, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw BundleFile.missing(file, "There is no file " + file + ".");
        } catch (IOException e) {
            throw new EsteiraException(
                    ClientErrorCode.FILE_UNREADABLE,
                    "The file " + file + " cannot be read as text in UTF-8.",
                    "Check its rights and its encoding.",
                    e);
        }
    }

    /** Uploads what the server lacks. Problems of the file itself come back with the answer to the submission. */
    Submission bundle(EsteiraClient client, Map<String, String> params, Value.Fields options) {
        var outline = client.outline(file.toString(), text);
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "A file lies in a folder");
        var files = outline.items("files").stream()
                .flatMap(item -> item.asText().stream())
                .filter(path -> Files.isRegularFile(folder.resolve(path)))
                .map(path -> BundleFile.read(folder, path))
                .toList();
        client.upload(files);
        return new Submission(file.toString(), text, files, typed(params), options);
    }

    /** Parameters of the command line are texts; the server reads each by its declared type. */
    private static Value.Fields typed(Map<String, String> params) {
        var fields = new LinkedHashMap<String, Value>();
        params.forEach((name, text) -> fields.put(name, Value.of(text)));
        return Value.ofFields(fields);
    }

    /** Prints problems as file:line:column, each with its code and what to do. */
    static void show(List<Value> problems, Terminal terminal) {
        for (var item : problems) {
            var problem = item.asFields().orElse(Value.Fields.EMPTY);
            var place = problem.text("file").orElse("")
                    + problem.whole("line").map(line -> ":" + line).orElse("")
                    + problem.whole("column").map(column -> ":" + column).orElse("");
            terminal.problem(
                    problem.text("code").orElse("MALFORMED_FILE"),
                    (place.isEmpty() ? "" : place + ": ")
                            + problem.text("message")
                                    .or(() -> problem.text("detail"))
                                    .orElse(""),
                    problem.text("remedy").orElse(""));
        }
    }
}
