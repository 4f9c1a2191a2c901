package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(name = "plan", description = "Says what would run and why, and changes nothing.")
final class PlanCommand extends Command {

    private static final int MOST_DIFFERENCES = 3;

    @Mixin
    SubmitOptions submit = new SubmitOptions();

    @Override
    int run() throws Exception {
        var file = PipelineFile.read(submit.file);
        try (var session = reading()) {
            var plan = session.client().plan(file.bundle(session.client(), submit.params, submit.options()));
            if (common.json) {
                print(plan);
            } else {
                show(plan.items("steps").stream()
                        .map(item -> item.asFields().orElse(Value.Fields.EMPTY))
                        .toList());
            }
            return ExitCode.YES;
        }
    }

    private void show(List<Value.Fields> steps) {
        var table = new Table("step", "kind", "would", "takes", "why")
                .right("takes")
                .whole("step", "takes");
        for (var step : steps) {
            table.row(
                    RunStory.name(step),
                    step.text("kind").orElse(""),
                    verdict(step),
                    works(step) ? step.text("predicted").map(RunText::time).orElse("?") : "",
                    why(step));
        }
        terminal().out(table);
        terminal().out("");
        terminal().sentence(total(steps));
    }

    private static boolean works(Value.Fields step) {
        return List.of("MISS", "DEPENDS").contains(step.text("verdict").orElse(""));
    }

    private static String total(List<Value.Fields> steps) {
        var working = steps.stream().filter(PlanCommand::works).toList();
        var known = working.stream()
                .flatMap(step -> step.text("predicted").stream())
                .toList();
        if (working.isEmpty()) {
            return "Nothing would run.";
        }
        var sum = known.stream().map(Duration::parse).reduce(Duration.ZERO, Duration::plus);
        var unknown = working.size() - known.size();
        var said = new ArrayList<String>();
        if (!known.isEmpty()) {
            said.add("about " + RunText.time(sum) + " of work, as in earlier runs");
        }
        if (unknown > 0) {
            said.add("nothing is known of " + RunText.count(unknown, "step") + " that never ran");
        }
        return "At most " + RunText.count(working.size(), "step") + " of " + steps.size() + " would run: "
                + String.join("; ", said) + ".";
    }

    private static String verdict(Value.Fields step) {
        return switch (step.text("verdict").orElse("")) {
            case "HIT" -> "be cached";
            case "MISS" -> "run";
            case "WAIT" -> "wait for another run";
            case "DEPENDS" -> "run or be cached";
            case "SKIP" -> "be skipped";
            default -> "";
        };
    }

    private static String why(Value.Fields step) {
        if (step.text("verdict").orElse("").equals("DEPENDS")) {
            var on = step.items("dependsOn").stream().map(RunText::value).toList();
            return "depends on what comes out of " + String.join(", ", on);
        }
        var causes = step.items("causes").stream().map(PlanCommand::cause).toList();
        var differences = step.items("differences").stream()
                .limit(MOST_DIFFERENCES)
                .map(one -> RunText.difference(one.asFields().orElse(Value.Fields.EMPTY)))
                .toList();
        return String.join("; ", causes) + (differences.isEmpty() ? "" : " (" + String.join("; ", differences) + ")");
    }

    static String cause(Value value) {
        return value.asFields()
                .map(cause ->
                        cause.text("sentence").or(() -> cause.text("cause")).orElse(""))
                .orElseGet(() -> RunText.value(value));
    }
}
