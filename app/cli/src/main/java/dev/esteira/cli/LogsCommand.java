package dev.esteira.cli;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "logs", description = "Prints the log of a step, or what happened in a run.")
final class LogsCommand extends Command {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "STEP", description = "The step's name.")
    String step = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run has ended.")
    boolean follow;

    @Override
    int run() throws Exception {
        try (var session = reading()) {
            if (!step.isEmpty()) {
                var log = new ByteArrayOutputStream();
                session.client().log(id, step, log);
                answer(log.toString(StandardCharsets.UTF_8));
                return ExitCode.YES;
            }
            var ended = session.client().run(id).text("ended").isPresent();
            if (!follow && !ended) {
                terminal().say("The run has not ended; add -f to follow it.");
                return ExitCode.YES;
            }
            session.client().follow(id, 0, (sequence, event) -> terminal().out(line(event)));
            return ExitCode.YES;
        }
    }

    private void answer(String log) {
        if (common.json) {
            var fields = new LinkedHashMap<String, Value>();
            fields.put("id", Value.of(id));
            fields.put("step", Value.of(step));
            fields.put("lines", Value.ofTexts(log.lines().toList()));
            print(Value.ofFields(fields));
        } else {
            log.lines().forEach(terminal()::out);
        }
    }

    private String line(Value.Fields event) {
        return common.json ? Json.text(event) : RunText.value(event);
    }
}
