package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands that take a pipeline file have in common. */
final class SubmitOptions {

    @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline file.")
    Path file = Path.of("");

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "A parameter's value in this run.")
    Map<String, String> params = new LinkedHashMap<>();

    @Option(names = "--profile", paramLabel = "NAME", description = "A profile of the pipeline.")
    String profile = "";

    @Option(names = "--no-cache", description = "Run every step, whatever is stored.")
    boolean noCache;

    @Option(names = "--from", paramLabel = "STEP", description = "Run this step and those after it.")
    String from = "";

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Another seed than the file's.")
    String seed = "";

    Value.Fields options() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("cache", Value.of(!noCache));
        if (!from.isEmpty()) {
            fields.put("from", Value.of(from));
        }
        if (!profile.isEmpty()) {
            fields.put("profile", Value.of(profile));
        }
        if (!seed.isEmpty()) {
            fields.put("seed", Value.of(seed()));
        }
        return Value.ofFields(fields);
    }

    private long seed() {
        try {
            return Long.parseLong(seed);
        } catch (NumberFormatException e) {
            throw Command.malformed("The seed '" + seed + "' is not a whole number.", "Write digits only.");
        }
    }
}
