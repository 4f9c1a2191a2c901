package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;
import dev.esteira.client.Submission;
import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that look at a local file. */
final class DataFileCommands {

    private DataFileCommands() {}

    private static Value.Fields ended(Session session, Submission submission) throws InterruptedException {
        session.client().upload(submission.files());
        var id = session.client().submit(submission).text("id").orElse("");
        session.client().follow(id, 0, (sequence, event) -> {});
        return session.client().run(id);
    }

    private static Optional<Value.Fields> document(EsteiraClient client, Value.Fields run, String output, String path)
            throws IOException {
        for (var item : run.items("steps")) {
            var found =
                    item.asFields().orElse(Value.Fields.EMPTY).fields("outputs").fields(output);
            var digest = found.text("digest");
            if (digest.isPresent()) {
                var out = new ByteArrayOutputStream();
                client.artifactFile(Digest.parse(digest.get()), path, out);
                return Optional.of(Json.parseFields(out.toString(StandardCharsets.UTF_8)));
            }
        }
        return Optional.empty();
    }

    @CommandLine.Command(name = "profile", description = "Profiles a CSV or Parquet file.")
    static final class Profile extends Command {

        @Parameters(index = "0", paramLabel = "PATH", description = "The file.")
        Path path = Path.of("");

        @Override
        int run() throws Exception {
            var submission = new LocalData(path).profile();
            try (var session = working()) {
                var run = ended(session, submission);
                var profile = document(session.client(), run, "data", "profile.json");
                if (profile.isEmpty()) {
                    new RunStory(terminal(), session.client()).tell(run);
                    return ExitCode.NO;
                }
                if (common.json) {
                    print(profile.get());
                } else {
                    terminal().out(RunText.grouped(profile.get().whole("rows").orElse(0L)) + " rows");
                    table(profile.get()).lines().forEach(terminal()::out);
                }
                return ExitCode.YES;
            }
        }

        private static Table table(Value.Fields profile) {
            var table = new Table("column", "type", "missing", "distinct", "min", "mean", "max");
            for (var item : profile.items("columns")) {
                var column = item.asFields().orElse(Value.Fields.EMPTY);
                var figures = column.field("numbers").isPresent() ? column.fields("numbers") : column.fields("texts");
                table.row(
                        column.text("name").orElse(""),
                        column.text("type").orElse(""),
                        figure(column, "nulls"),
                        figure(column, "distinct"),
                        figure(column.field("min").isPresent() ? column : figures, "min"),
                        figure(figures, "mean"),
                        figure(column.field("max").isPresent() ? column : figures, "max"));
            }
            return table;
        }

        private static String figure(Value.Fields fields, String name) {
            return fields.field(name).map(RunText::value).orElse("");
        }
    }

    @CommandLine.Command(name = "check", description = "Checks a CSV or Parquet file against a contract.")
    static final class Check extends Command {

        @Parameters(index = "0", paramLabel = "PATH", description = "The file.")
        Path path = Path.of("");

        @Option(names = "--contract", required = true, paramLabel = "FILE", description = "The contract.")
        Path contract = Path.of("");

        @Override
        int run() throws Exception {
            var submission = new LocalData(path).check(contract);
            try (var session = working()) {
                var run = ended(session, submission);
                var report = document(session.client(), run, "report", "report.json");
                if (common.json && report.isPresent()) {
                    print(report.get());
                } else if (common.json) {
                    print(run);
                } else {
                    new RunStory(terminal(), session.client()).tell(run);
                }
                return Following.exitCode(run);
            }
        }
    }
}
