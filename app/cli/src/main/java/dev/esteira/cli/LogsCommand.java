package dev.esteira.cli;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "logs", description = "Prints the log of a step, or what happened in a run.")
final class LogsCommand extends Command {

    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "SKIPPED", "UPSTREAM_FAILED", "CANCELLED");
    private static final Set<String> SAID = Set.of("state", "cached", "attempt", "number");
    private static final long PAUSE_MS = 300;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "STEP", description = "The step's name.")
    String step = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the step, or the run, has ended.")
    boolean follow;

    @Override
    int run() throws Exception {
        try (var session = reading()) {
            if (follow && session.embedded() && !ended(session)) {
                throw new EsteiraException(
                        CliErrorCode.NOTHING_TO_FOLLOW,
                        "No server moves run " + id + " along, so nothing more will happen in it.",
                        "Go on with '" + Program.name() + " resume " + id + "', or leave -f out.");
            }
            if (step.isEmpty()) {
                events(session);
            } else {
                log(session);
            }
            return ExitCode.YES;
        }
    }

    private boolean ended(Session session) {
        return session.client().run(id).text("ended").isPresent();
    }

    private void log(Session session) throws IOException, InterruptedException {
        var seen = new ByteArrayOutputStream();
        var printed = 0;
        var written = 0L;
        var attempts = 0L;
        while (true) {
            // First the state, then the log: what was written before the end is not missed.
            var now = session.client().step(id, step);
            var last = !follow || ENDS.contains(now.text("state").orElse(""));
            if (now.whole("attempts").orElse(0L) != attempts) {
                attempts = now.whole("attempts").orElse(0L);
                written = 0;
            }
            var before = seen.size();
            session.client().log(id, step, written, seen);
            written += seen.size() - before;
            if (!common.json) {
                printed = printLines(seen.toString(StandardCharsets.UTF_8), printed, last);
            }
            if (last) {
                break;
            }
            Thread.sleep(PAUSE_MS);
        }
        if (common.json) {
            var lines = seen.toString(StandardCharsets.UTF_8).lines().toList();
            print(Value.Fields.EMPTY
                    .with("id", Value.of(id))
                    .with("step", Value.of(step))
                    .with("lines", Value.ofTexts(lines)));
        } else if (seen.size() == 0) {
            terminal().say("Step '" + step + "' wrote nothing into its log.");
        }
    }

    /** Prints whole lines behind a place, and the rest too when nothing follows; answers with the place after them. */
    private int printLines(String text, int from, boolean last) {
        var end = last ? text.length() : text.lastIndexOf('\n') + 1;
        if (end <= from) {
            return from;
        }
        text.substring(from, end).lines().forEach(terminal()::out);
        return end;
    }

    private void events(Session session) throws InterruptedException {
        var run = session.client().run(id);
        if (!follow && run.text("ended").isEmpty()) {
            terminal().say("The run has not ended; add -f to follow it.");
        }
        var last = follow ? Long.MAX_VALUE : run.whole("lastSequence").orElse(0L);
        var events = new ArrayList<Value>();
        session.client().events(id, 0, last, (sequence, event) -> {
            if (common.json) {
                events.add(event);
            } else {
                terminal().out(line(event));
            }
        });
        if (common.json) {
            printItems(events);
        }
    }

    /** {@code 2026-11-25 17:28:53  train  running}. */
    private static String line(Value.Fields event) {
        var body = event.fields("body");
        var state = body.text("state")
                .map(word -> RunText.word(word, body.flag("cached").orElse(false)));
        var attempt = event.text("type").orElse("").equals("attempt");
        var rest = new ArrayList<String>();
        body.entries().forEach((name, value) -> {
            if (!SAID.contains(name)) {
                rest.add(name + " " + words(RunText.value(value)));
            }
        });
        return RunText.instant(event.text("at").orElse("")) + "  "
                + event.text("step").orElse("run")
                + (attempt ? " attempt " + body.whole("number").orElse(0L) : "")
                + state.map(word -> "  " + word).orElse("")
                + (rest.isEmpty() ? "" : "  " + String.join(", ", rest));
    }

    private static String words(String text) {
        return text.matches("[A-Z_, ]+") ? text.toLowerCase(Locale.ROOT).replace('_', ' ') : text;
    }
}
