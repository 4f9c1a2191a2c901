package dev.esteira.cli;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "export",
        description = "Writes a version's files into a new folder: the MLflow model and its transform.")
final class ModelExportCommand extends Command {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    String name = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "A version's number or alias.")
    String version = "";

    @Parameters(index = "2", paramLabel = "FOLDER", description = "A folder that is not there yet, or is empty.")
    Path folder = Path.of("");

    @Override
    int run() throws Exception {
        requireEmpty();
        try (var session = reading()) {
            var found = ModelCommand.version(session.client(), name, version);
            var digest = found.text("digest")
                    .map(Digest::parse)
                    .orElseThrow(() -> malformed(
                            "Version " + version + " of " + name + " was not registered by a pipeline.",
                            "Download its files with MLflow's client."));
            var artifact = session.client().get("/api/v1/artifacts/" + digest);
            var files = artifact.items("files").stream()
                    .flatMap(item -> item.asFields().stream())
                    .flatMap(file -> file.text("path").stream())
                    .toList();
            for (var path : files) {
                write(session, digest, path);
            }
            report(digest, files);
            return ExitCode.YES;
        }
    }

    private void report(Digest digest, List<String> files) {
        if (common.json) {
            print(Value.Fields.EMPTY
                    .with("id", Value.of(digest.toString()))
                    .with("folder", Value.of(folder.toString()))
                    .with("files", Value.ofTexts(files)));
        } else {
            terminal().out("Wrote " + RunText.count(files.size(), "file") + " to " + folder + ".");
        }
    }

    private void write(Session session, Digest digest, String path) throws IOException {
        var target = folder.resolve(path).normalize();
        if (!target.startsWith(folder.normalize())) {
            throw new IOException("The artifact names a file outside of itself: " + path);
        }
        Files.createDirectories(target.resolveSibling(""));
        try (var out = Files.newOutputStream(target)) {
            session.client().artifactFile(digest, path, out);
        }
    }

    private void requireEmpty() throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                if (files.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw malformed("The folder " + folder + " is there already and is not empty.", "Name a new folder.");
    }
}
