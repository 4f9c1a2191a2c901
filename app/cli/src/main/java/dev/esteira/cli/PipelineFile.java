package dev.esteira.cli;

import dev.esteira.client.BundleFile;
import dev.esteira.client.ClientErrorCode;
import dev.esteira.client.EsteiraClient;
import dev.esteira.client.Submission;
import dev.esteira.document.DocumentErrorCode;
import dev.esteira.document.LocatedProblem;
import dev.esteira.document.Reading;
import dev.esteira.document.Yaml;
import dev.esteira.document.YamlLimits;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
        if (Files.isDirectory(file)) {
            throw new EsteiraException(
                    ClientErrorCode.FILE_NOT_FOUND, file + " is a folder, not a file.", "Name a file in it.");
        }
        try (var in = Files.newInputStream(file)) {
            // One byte more than is allowed is enough to be told so.
            var bytes = in.readNBytes(YamlLimits.DEFAULT.maxBytes() + 1);
            return new PipelineFile(file, text(file, bytes));
        } catch (NoSuchFileException e) {
            throw BundleFile.missing(file, "There is no file " + file + ".");
        } catch (IOException e) {
            throw new EsteiraException(
                    ClientErrorCode.FILE_UNREADABLE,
                    "The file " + file + " cannot be read.",
                    "Let this user read it.",
                    e);
        }
    }

    private static String text(Path file, byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            if (bytes.length <= YamlLimits.DEFAULT.maxBytes()) {
                return text.toString();
            }
        } catch (CharacterCodingException e) {
            throw malformed(file, bytes);
        }
        throw malformed(file, bytes);
    }

    /** Why bytes are no text of a file, with the place where they stop being one. */
    private static EsteiraException malformed(Path file, byte[] bytes) {
        if (bytes.length > YamlLimits.DEFAULT.maxBytes()) {
            return new EsteiraException(
                    DocumentErrorCode.DOCUMENT_TOO_LARGE,
                    "The file " + file + " is larger than the " + YamlLimits.DEFAULT.maxBytes()
                            + " bytes that are allowed.",
                    "Split it, and name its data as files of their own.");
        }
        var problem = Yaml.read(file.toString(), bytes) instanceof Reading.Unreadable(var problems)
                ? problems.getFirst()
                : new LocatedProblem(
                        file.toString(), 1, 1, DocumentErrorCode.MALFORMED_TEXT, "The file is not UTF-8.", "");
        return new EsteiraException(
                problem.code(),
                problem.file() + ":" + problem.line() + ":" + problem.column() + ": " + problem.message(),
                problem.remedy());
    }

    /** Uploads what the server lacks. Problems of the file itself come back with the answer to the submission. */
    Submission bundle(EsteiraClient client, Map<String, String> params, Value.Fields options) {
        var outline = client.outline(file.toString(), text);
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "A file lies in a folder");
        var files = outline.items("files").stream()
                .flatMap(item -> item.asText().stream())
                .filter(path -> Files.exists(folder.resolve(path)))
                .map(path -> sent(folder, path))
                .toList();
        client.upload(files);
        return new Submission(file.toString(), text, files, typed(params), options);
    }

    /** A link in a folder that came from elsewhere must not send what lies outside of it. */
    private BundleFile sent(Path folder, String path) {
        var local = folder.resolve(path);
        if (!Files.isRegularFile(local)) {
            throw new EsteiraException(
                    ClientErrorCode.FILE_NOT_FOUND,
                    "'" + path + "', which " + file + " names, is "
                            + (Files.isDirectory(local) ? "a folder, not a file." : "no regular file."),
                    "Name a file; the path counts from the folder of the pipeline file.");
        }
        try {
            var real = local.toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw new EsteiraException(
                        ClientErrorCode.FILE_OUTSIDE_FOLDER,
                        "'" + path + "', which " + file + " names, is a link that leads out of the folder, to " + real
                                + ".",
                        "Copy the file into the folder of the pipeline file.");
            }
        } catch (IOException e) {
            throw new EsteiraException(
                    ClientErrorCode.FILE_UNREADABLE,
                    "The file " + local + " cannot be read.",
                    "Let this user read it.",
                    e);
        }
        return BundleFile.read(folder, path);
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
            var file = problem.text("file").orElse("");
            var place = file
                    + problem.whole("line").map(line -> ":" + line).orElse("")
                    + problem.whole("column").map(column -> ":" + column).orElse("");
            terminal.problem(
                    problem.text("code").orElse("MALFORMED_FILE"),
                    (place.isEmpty() || LocalData.wrote(file) ? "" : place + ": ")
                            + problem.text("message")
                                    .or(() -> problem.text("detail"))
                                    .orElse(""),
                    problem.text("remedy").orElse(""));
        }
    }
}
