package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;
import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came of a run: checks, metrics, gates, the model version, what each step cost, and what to try next. */
final class RunStory {

    private final Terminal terminal;
    private final EsteiraClient client;

    RunStory(Terminal terminal, EsteiraClient client) {
        this.terminal = terminal;
        this.client = client;
    }

    void tell(Value.Fields run) {
        var steps = run.items("steps").stream()
                .flatMap(item -> item.asFields().stream())
                .toList();
        for (var step : steps) {
            for (var entry : step.fields("outputs").entries().entrySet()) {
                entry.getValue().asFields().ifPresent(output -> output(name(step), output));
            }
        }
        costs(run, steps);
        failures(steps);
        ending(run, steps);
    }

    private void output(String step, Value.Fields output) {
        switch (output.text("type").orElse("")) {
            case "CheckReport" -> document(output, "report.json").ifPresent(report -> checks("Checks", step, report));
            case "GateDecision" -> document(output, "decision.json").ifPresent(report -> checks("Gate", step, report));
            case "EvaluationReport" -> document(output, "report.json").ifPresent(report -> metrics(step, report));
            case "ModelVersion" -> version(output);
            default -> {}
        }
    }

    private Optional<Value.Fields> document(Value.Fields output, String path) {
        var out = new ByteArrayOutputStream();
        try {
            client.artifactFile(Digest.parse(output.text("digest").orElse("")), path, out);
            return Optional.of(Json.parseFields(out.toString(StandardCharsets.UTF_8)));
        } catch (EsteiraException | IOException | IllegalArgumentException e) {
            terminal.say("  (the document " + path + " cannot be read: " + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    private void checks(String title, String step, Value.Fields report) {
        var table = new Table("", "check", "severity", "observed", "expected");
        for (var item : report.items("checks")) {
            var check = item.asFields().orElse(Value.Fields.EMPTY);
            var input = check.text("input").map(name -> " (" + name + ")").orElse("");
            table.row(
                    check.text("verdict").orElse("").toUpperCase(Locale.ROOT),
                    check.text("id").orElse("") + input,
                    check.text("severity").orElse(""),
                    check.text("observed").orElse(""),
                    check.text("expected").orElse(""));
        }
        section(title + " of " + step, table);
        for (var entry : report.fields("inputs").entries().entrySet()) {
            var counts = entry.getValue().asFields().orElse(Value.Fields.EMPTY);
            counts.whole("quarantined")
                    .filter(rows -> rows > 0)
                    .ifPresent(rows -> terminal.out("  "
                            + RunText.grouped(rows) + " of "
                            + RunText.grouped(counts.whole("rows").orElse(0L)) + " rows of "
                            + entry.getKey() + " are quarantined."));
        }
    }

    private void metrics(String step, Value.Fields document) {
        var report = document.fields("report");
        var intervals = report.fields("interval");
        var table = new Table("metric", "value", "95 % interval", "constant", "champion");
        for (var entry : report.entries().entrySet()) {
            var value = entry.getValue().asNumber();
            var interval = intervals.fields(entry.getKey());
            if (value.isPresent() && !entry.getKey().equals("rows")) {
                table.row(
                        entry.getKey(),
                        RunText.figure(value.get()),
                        interval.number("low").isPresent()
                                ? RunText.figure(interval.number("low").get()) + " to "
                                        + RunText.figure(interval.number("high").orElse(0.0))
                                : "",
                        figure(report.fields("constant"), entry.getKey()),
                        figure(report.fields("baseline"), entry.getKey()));
            }
        }
        section(
                "Metrics of " + step + " on "
                        + RunText.grouped(report.whole("rows").orElse(0L)) + " rows",
                table);
    }

    private static String figure(Value.Fields fields, String name) {
        return fields.number(name).map(RunText::figure).orElse("-");
    }

    private void version(Value.Fields output) {
        var summary = output.fields("summary");
        summary.text("model").ifPresent(model -> {
            terminal.out("");
            var aliases = summary.items("aliases").stream().map(RunText::value).toList();
            terminal.out(terminal.styled(Style.BOLD, "Model") + " " + model
                    + (aliases.isEmpty() ? "" : " as " + String.join(", ", aliases)) + latest(model));
        });
    }

    private String latest(String model) {
        try {
            var found = client.get("/api/v1/models/" + EsteiraClient.escape(model));
            return found.whole("latestVersion")
                    .map(number -> ", latest version " + number)
                    .orElse("");
        } catch (EsteiraException e) {
            return "";
        }
    }

    private void costs(Value.Fields run, List<Value.Fields> steps) {
        var table = new Table("step", "kind", "state", "seconds");
        for (var step : steps) {
            var cached = step.flag("cached").orElse(false);
            table.row(
                    name(step),
                    step.text("kind").orElse(""),
                    RunText.word(step.text("state").orElse(""), cached),
                    cached ? "" : took(step).map(RunStory::seconds).orElse(""));
        }
        section("Steps", table);
        took(run).ifPresent(total -> terminal.out("  " + seconds(total) + " s in all"));
    }

    private static Optional<Duration> took(Value.Fields timed) {
        return timed.text("duration").map(Duration::parse);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e9);
    }

    private void section(String title, Table table) {
        if (!table.isEmpty()) {
            terminal.out("");
            terminal.out(terminal.styled(Style.BOLD, title));
            table.lines().forEach(terminal::out);
        }
    }

    private void failures(List<Value.Fields> steps) {
        for (var step : steps) {
            var failure = step.fields("failure");
            if (step.text("state").orElse("").equals("FAILED")
                    && !failure.entries().isEmpty()) {
                terminal.problem(
                        failure.text("code").or(() -> failure.text("reason")).orElse("STEP_FAILED"),
                        "Step '" + name(step) + "': " + failure.text("message").orElse("it failed."),
                        failure.text("remedy").orElse(""));
            }
        }
    }

    private void ending(Value.Fields run, List<Value.Fields> steps) {
        var id = run.text("id").orElse("");
        var state = run.text("state").orElse("");
        var cached =
                steps.stream().filter(step -> step.flag("cached").orElse(false)).count();
        terminal.out("");
        if (state.equals("SUCCEEDED")) {
            var all = !steps.isEmpty() && cached == steps.size();
            terminal.out(terminal.styled(Style.GREEN, "SUCCEEDED")
                    + (all
                            ? "  every step came from the cache: nothing that it depends on has changed"
                            : cached > 0 ? "  " + cached + " of " + steps.size() + " steps came from the cache" : ""));
            run.whole("warnings")
                    .filter(count -> count > 0)
                    .ifPresent(count -> terminal.out("  " + count + " warnings to look at"));
        } else {
            terminal.out(terminal.styled(Style.RED, state)
                    + run.text("reason").map(why -> "  " + why).orElse(""));
            steps.stream()
                    .filter(step -> step.text("state").orElse("").equals("FAILED"))
                    .findFirst()
                    .ifPresent(step -> terminal.out("  esteira logs " + id + " " + name(step)));
            terminal.out("  esteira resume " + id);
        }
    }

    static String name(Value.Fields step) {
        return step.text("name").or(() -> step.text("step")).orElse("");
    }
}
