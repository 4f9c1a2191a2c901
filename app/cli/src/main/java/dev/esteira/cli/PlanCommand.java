package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
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
            var problems = plan.items("problems");
            if (common.json) {
                print(plan);
            } else if (!problems.isEmpty()) {
                PipelineFile.show(problems, terminal());
            } else {
                table(plan).lines().forEach(terminal()::out);
            }
            return problems.isEmpty() ? ExitCode.YES : ExitCode.MALFORMED;
        }
    }

    private static Table table(Value.Fields plan) {
        var table = new Table("step", "kind", "would", "seconds", "why");
        for (var item : plan.items("steps")) {
            var step = item.asFields().orElse(Value.Fields.EMPTY);
            var why = Stream.concat(
                            step.items("causes").stream().map(PlanCommand::cause),
                            step.items("differences").stream()
                                    .limit(MOST_DIFFERENCES)
                                    .map(one ->
                                            RunText.difference(one.asFields().orElse(Value.Fields.EMPTY))))
                    .toList();
            table.row(
                    RunStory.name(step),
                    step.text("kind").orElse(""),
                    verdict(step),
                    step.text("predicted")
                            .map(Duration::parse)
                            .map(took -> String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0))
                            .orElse(""),
                    String.join("; ", why));
        }
        return table;
    }

    private static String verdict(Value.Fields step) {
        return switch (step.text("verdict").orElse("")) {
            case "HIT" -> "be cached";
            case "MISS" -> "run";
            case "WAIT" -> "wait for another run";
            case "DEPENDS" ->
                "depend on "
                        + String.join(
                                ", ",
                                step.items("dependsOn").stream()
                                        .map(RunText::value)
                                        .toList());
            case "SKIP" -> "be skipped";
            default -> "";
        };
    }

    static String cause(Value value) {
        return value.asFields()
                .map(cause ->
                        cause.text("sentence").or(() -> cause.text("cause")).orElse(""))
                .orElseGet(() -> RunText.value(value));
    }
}
