package dev.esteira.cli;

import dev.esteira.client.BundleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "check",
        description = "Checks a file or a data set against a contract: exit code 0 when it holds, 1 when not.")
final class DataCheckCommand extends Command {

    @Parameters(index = "0", paramLabel = "DATA", description = "The data: " + DataReference.FORMS + ".")
    String data = "";

    @Option(names = "--contract", required = true, paramLabel = "FILE", description = "The contract.")
    Path contract = Path.of("");

    @Option(
            names = "--reference",
            paramLabel = "[NAME=]DATA",
            description = "Data that checks look things up in, by the name that they use (the file's own name).")
    List<String> references = new ArrayList<>();

    @Override
    int run() throws Exception {
        if (!Files.isRegularFile(contract)) {
            throw BundleFile.missing(contract, "There is no file " + contract + ".");
        }
        var folder = Files.createTempDirectory("esteira-check-");
        try (var session = working()) {
            var looking = new Looking(this, session);
            var submission = LocalData.check(looking.file(data, folder), contract, referenced(looking, folder));
            var run = looking.ended(submission);
            var report = Looking.output(run, "report");
            if (report.isEmpty()) {
                return looking.refused(new Looking.Refused(run));
            }
            if (common.json) {
                print(looking.document(report.get(), "report.json"));
            } else {
                new RunStory(terminal(), StorySources.of(session.client())).tellChecks(run);
            }
            return Following.exitCode(run);
        } finally {
            remove(folder);
        }
    }

    private SequencedMap<String, Path> referenced(Looking looking, Path folder) throws IOException {
        var named = new LinkedHashMap<String, Path>();
        for (var reference : references) {
            var equals = reference.indexOf('=');
            var what = reference.substring(equals + 1);
            var name = equals < 0
                    ? Path.of(what).getFileName().toString().replaceFirst("\\.[^.]*$", "")
                    : reference.substring(0, equals);
            if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
                throw malformed(
                        "'" + name + "' is not the name of a reference.",
                        "Write --reference NAME=" + what + " with the name that the contract uses.");
            }
            named.put(name, looking.file(what, folder));
        }
        return named;
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            files.forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        Files.delete(folder);
    }
}
