package dev.esteira.cli;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What came of a run: checks, metrics, gates, the model version, what each step cost, and what to try next. */
final class RunStory {

    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final Terminal terminal;
    private final StorySources sources;

    RunStory(Terminal terminal, StorySources sources) {
        this.terminal = terminal;
        this.sources = sources;
    }

    void tell(Value.Fields run) {
        var steps = steps(run);
        steps.forEach(this::outputs);
        costs(run, steps);
        failures(steps);
        ending(run, steps);
    }

    /** Tells the outcome of checks alone. */
    void tellChecks(Value.Fields run) {
        var steps = steps(run);
        steps.forEach(this::outputs);
        failures(steps);
        terminal.out("");
        var passed = run.text("state").orElse("").equals("SUCCEEDED");
        terminal.out(passed ? terminal.styled(Style.GREEN, "PASSED") : terminal.styled(Style.RED, "FAILED"));
    }

    private void outputs(Value.Fields step) {
        for (var entry : step.fields("outputs").entries().entrySet()) {
            entry.getValue().asFields().ifPresent(output -> output(name(step), output));
        }
    }

    static List<Value.Fields> steps(Value.Fields run) {
        return run.items("steps").stream()
                .flatMap(item -> item.asFields().stream())
                .toList();
    }

    static String name(Value.Fields step) {
        return step.text("name").or(() -> step.text("step")).orElse("");
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
        try {
            return Optional.of(
                    sources.document(Digest.parse(output.text("digest").orElse("")), path));
        } catch (EsteiraException | IOException | IllegalArgumentException e) {
            terminal.say("  The document " + path + " of "
                    + RunText.digest(output.text("digest").orElse("")) + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void checks(String title, String step, Value.Fields report) {
        var table = new Table("verdict", "check", "severity", "observed", "expected").whole("verdict", "severity");
        for (var item : report.items("checks")) {
            var check = item.asFields().orElse(Value.Fields.EMPTY);
            var input = check.text("input")
                    .filter(name -> !name.isEmpty())
                    .map(name -> " (" + name + ")")
                    .orElse("");
            table.row(
                    RunText.verdict(check),
                    check.text("id").orElse("") + input,
                    check.text("severity").orElse(""),
                    check.text("observed").orElse(""),
                    check.text("expected").orElse(""));
        }
        section(title + " of " + step, table);
        for (var entry : report.fields("inputs").entries().entrySet()) {
            var counts = entry.getValue().asFields().orElse(Value.Fields.EMPTY);
            for (var fate : List.of("quarantined", "dropped")) {
                var taken = counts.whole(fate).orElse(0L);
                if (taken > 0) {
                    terminal.out("  " + RunText.grouped(taken) + " of "
                            + RunText.count(counts.whole("rows").orElse(0L), "row") + " of " + entry.getKey()
                            + (taken == 1 ? " is " : " are ") + fate + ".");
                }
            }
        }
    }

    private void metrics(String step, Value.Fields document) {
        var report = document.fields("report");
        var rows = report.whole("rows").orElse(0L);
        section("Metrics of " + step + " on " + RunText.count(rows, "row"), new MetricsTable(report).table());
    }

    private void version(Value.Fields output) {
        var model = output.fields("summary").text("model").orElse("");
        if (model.isEmpty()) {
            return;
        }
        var same = sources.versions(model).stream()
                .filter(version -> version.text("digest").equals(output.text("digest")))
                .findFirst();
        var number = same.flatMap(version -> version.whole("version"))
                .map(version -> " version " + version)
                .orElse("");
        var aliases = same.map(version ->
                        version.items("aliases").stream().map(RunText::value).toList())
                .orElse(List.of());
        terminal.out("");
        terminal.out(terminal.styled(Style.BOLD, "Model") + " " + model + number
                + (aliases.isEmpty() ? "" : ", alias " + String.join(", ", aliases)));
    }

    private void costs(Value.Fields run, List<Value.Fields> steps) {
        var table = new Table("step", "kind", "state", "time").right("time");
        for (var step : steps) {
            var cached = step.flag("cached").orElse(false);
            table.row(
                    name(step),
                    step.text("kind").orElse(""),
                    RunText.word(step.text("state").orElse(""), cached),
                    cached ? "" : step.text("duration").map(RunText::time).orElse(""));
        }
        section("Steps", table);
        run.text("duration").map(RunText::time).ifPresent(total -> terminal.out("  " + total + " in all"));
    }

    private void section(String title, Table table) {
        if (!table.isEmpty()) {
            terminal.headline(title);
            terminal.out(table);
        }
    }

    private void failures(List<Value.Fields> steps) {
        for (var step : steps) {
            var failure = step.fields("failure");
            if (step.text("state").orElse("").equals("FAILED")
                    && !failure.entries().isEmpty()) {
                terminal.problem(
                        failure.text("code").orElse("STEP_FAILED"),
                        "Step '" + name(step) + "': " + failure.text("message").orElse("it failed."),
                        failure.text("remedy").orElse(""));
            }
        }
    }

    private void ending(Value.Fields run, List<Value.Fields> steps) {
        var id = run.text("id").orElse("");
        var state = run.text("state").orElse("");
        terminal.out("");
        if (state.equals("SUCCEEDED")) {
            terminal.out(terminal.styled(Style.GREEN, "SUCCEEDED") + reused(steps));
            run.whole("warnings")
                    .filter(count -> count > 0)
                    .ifPresent(count -> terminal.out("  " + RunText.count(count, "warning") + " to look at"));
        } else if (ENDS.contains(state)) {
            var reason = run.text("reason").map(RunText::reason).orElse("");
            terminal.out(terminal.styled(Style.RED, state) + (reason.isEmpty() ? "" : "  " + reason));
            steps.stream()
                    .filter(step -> step.text("state").orElse("").equals("FAILED"))
                    .filter(step -> sources.hasLog(id, name(step)))
                    .findFirst()
                    .ifPresent(step -> propose("logs " + id + " " + name(step), "what the step wrote"));
            goOn(id, steps);
        } else {
            terminal.out(terminal.styled(Style.BLUE, state));
            propose("why-waiting " + id, "what it waits for");
            propose("logs " + id + " -f", "follow it");
        }
    }

    /** A check or gate that said no says it again to the same data, so that going on alone changes nothing. */
    private void goOn(String id, List<Value.Fields> steps) {
        var refused = steps.stream()
                .filter(step -> step.text("state").orElse("").equals("FAILED"))
                .filter(step -> step.fields("failure").text("owner").orElse("").equals(FaultOwner.DATA.name()))
                .findFirst();
        if (refused.isEmpty()) {
            propose("resume " + id, "go on; what is done is carried over");
            return;
        }
        propose("explain " + id + " " + name(refused.get()), "what the step looked at, and why it ran");
        terminal.out("  Then mend the data, the contract or the pipeline and run it again; what has not changed comes"
                + " from the cache.");
    }

    private static String reused(List<Value.Fields> steps) {
        var cached =
                steps.stream().filter(step -> step.flag("cached").orElse(false)).count();
        if (cached > 0 && cached == steps.size()) {
            return "  every step came from the cache: nothing that it depends on has changed";
        }
        return cached == 0 ? "" : "  " + cached + " of " + RunText.count(steps.size(), "step") + " came from the cache";
    }

    private void propose(String command, String why) {
        terminal.out("  " + Program.name() + " " + command + "   " + why);
    }
}
