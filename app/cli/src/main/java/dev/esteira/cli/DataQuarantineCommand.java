package dev.esteira.cli;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "quarantine",
        description = "Shows the rows that a run's checks took out, and saves them as a Parquet file.")
final class DataQuarantineCommand extends Command {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "STEP", description = "One step; all of them without.")
    String step = "";

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Writes the rows of the step there; the column failed_checks says why each was taken out.")
    Path file = Path.of("");

    /** A step's quarantine. */
    private record Taken(String step, Value.Fields output) {

        long rows() {
            return output.fields("summary").whole("rows").orElse(0L);
        }

        String digest() {
            return output.text("digest").orElse("");
        }
    }

    @Override
    int run() throws Exception {
        try (var session = reading()) {
            var found = taken(session);
            if (!file.toString().isEmpty()) {
                save(session, found);
            }
            if (common.json) {
                printItems(found.stream().map(DataQuarantineCommand::value).toList());
                return ExitCode.YES;
            }
            var table = new Table("step", "rows taken out", "by checks", "data set")
                    .right("rows taken out")
                    .whole("data set");
            for (var one : found) {
                table.row(
                        one.step(),
                        RunText.grouped(one.rows()),
                        one.rows() == 0 ? "" : checks(session, one),
                        RunText.digest(one.digest()));
            }
            show(table, "No step of run " + id + " takes rows out.");
            return ExitCode.YES;
        }
    }

    private List<Taken> taken(Session session) {
        var steps = step.isEmpty()
                ? RunStory.steps(session.client().run(id))
                : List.of(session.client().step(id, step));
        var found = new ArrayList<Taken>();
        for (var one : steps) {
            var output = one.fields("outputs").fields("quarantine");
            if (output.text("digest").isPresent()) {
                found.add(new Taken(RunStory.name(one), output));
            }
        }
        return found;
    }

    /** Which checks took rows out, from the profile of the column that names them. */
    private static String checks(Session session, Taken one) {
        var profile = session.client().get("/api/v1/datasets/" + one.digest() + "/profile");
        for (var item : profile.items("columns")) {
            var column = item.asFields().orElse(Value.Fields.EMPTY);
            if (column.text("name").orElse("").equals("failed_checks")) {
                var top = column.items("top").stream()
                        .flatMap(value -> value.asFields().stream())
                        .map(value -> value.text("value").orElse("") + " ("
                                + value.whole("count").map(RunText::grouped).orElse("") + ")")
                        .toList();
                return top.isEmpty() ? column.text("min").orElse("") : String.join(", ", top);
            }
        }
        return "";
    }

    private void save(Session session, List<Taken> found) throws IOException {
        var full = found.stream().filter(one -> one.rows() > 0).toList();
        if (full.size() != 1) {
            throw malformed(
                    full.isEmpty()
                            ? "No rows were taken out, so there is nothing to save."
                            : full.size() + " steps of the run took rows out, and a file has room for one.",
                    full.isEmpty()
                            ? "Leave --save out."
                            : "Name one of the steps "
                                    + String.join(
                                            ", ", full.stream().map(Taken::step).toList()) + ".");
        }
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            session.client().artifactFile(Digest.parse(full.getFirst().digest()), "data.parquet", out);
        } catch (FileAlreadyExistsException e) {
            throw new EsteiraException(
                    CliErrorCode.MALFORMED_ARGUMENT,
                    "The file " + file + " is there already.",
                    "Name a new one; nothing is written over.",
                    e);
        }
        terminal().say("Saved " + RunText.count(full.getFirst().rows(), "row") + " to " + file + ".");
    }

    private static Value value(Taken one) {
        return Value.Fields.EMPTY
                .with("step", Value.of(one.step()))
                .with("rows", Value.of(one.rows()))
                .with("dataset", Value.of(one.digest()));
    }
}
