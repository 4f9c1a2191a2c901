package dev.esteira.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a step costs that does nothing, durable on SQLite: a chain of them, and the time from each to the next. */
public final class StepCostMain {

    private static final int STEPS = 100;
    private static final int ROUNDS = 5;

    private StepCostMain() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Files.createTempDirectory(Path.of(arguments[0]), "cost");
        try (var engine = new TestEngine(directory)) {
            var costs = new ArrayList<Double>();
            for (var round = 0; round < ROUNDS; round++) {
                var run = engine.run(chain(round));
                if (round > 0) {
                    costs.addAll(costs(engine, run));
                }
            }
            costs.sort(null);
            System.out.printf(
                    "no-op step, durable: p50 %.2f ms, p99 %.2f ms, %d steps%n",
                    costs.get(costs.size() / 2), costs.get(costs.size() * 99 / 100), costs.size());
        } finally {
            AttemptFolder.removeTree(directory);
        }
    }

    private static String chain(int round) {
        var text = new StringBuilder("  steps:\n    s0: {kind: nothing, text: \"" + round + "\"}\n");
        for (var step = 1; step < STEPS; step++) {
            text.append("    s%d: {kind: nothing, text: \"%d\", dependsOn: [s%d]}%n"
                    .formatted(step, round, step - 1)
                    .replace("text: \"" + round, "text: \"" + round + "-" + step));
        }
        return text.toString();
    }

    private static List<Double> costs(TestEngine engine, PipelineRun run) throws Exception {
        var ends = new ArrayList<Double>();
        var after = 0L;
        var before = 0L;
        while (true) {
            var events = engine.service().events(TestEngine.HERE, run.id(), after, Duration.ZERO);
            for (var event : events.events()) {
                after = event.seq();
                if (event.type().equals(RunEvent.STEP)
                        && event.body().text("state").equals(java.util.Optional.of("SUCCEEDED"))) {
                    var micros = Duration.between(java.time.Instant.EPOCH, event.at())
                                    .toNanos()
                            / 1000;
                    if (before > 0) {
                        ends.add((micros - before) / 1000.0);
                    }
                    before = micros;
                }
            }
            if (events.ended()) {
                return ends;
            }
        }
    }
}
