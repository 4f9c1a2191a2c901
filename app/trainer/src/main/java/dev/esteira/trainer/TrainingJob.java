package dev.esteira.trainer;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to learn from and how.
 *
 * @param params the library's own parameters, objective included
 * @param metrics the library's names of the scores of every round
 * @param rounds the most boosting rounds
 * @param stopping when to stop earlier
 * @param features the names of the columns of both parts
 */
record TrainingJob(
        Map<String, Object> params,
        List<String> metrics,
        int rounds,
        Optional<Stopping> stopping,
        List<String> features,
        Part train,
        Optional<Part> validation) {

    TrainingJob {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        metrics = List.copyOf(metrics);
        features = List.copyOf(features);
    }

    /** Stop when the metric on the validation part has not improved for that many rounds. */
    record Stopping(String metric, int rounds, boolean maximise) {}

    /** The files of a part of the data: a matrix of features, a column of labels and perhaps one of weights. */
    record Part(String features, String label, Optional<String> weight) {

        private static Part of(Value.Fields fields) {
            return new Part(text(fields, "features"), text(fields, "label"), fields.text("weight"));
        }
    }

    static TrainingJob of(Value.Fields job) {
        return new TrainingJob(
                params(job.fields("params")),
                texts(job, "metrics"),
                Math.toIntExact(whole(job, "rounds")),
                job.field("earlyStopping").flatMap(Value::asFields).map(TrainingJob::stopping),
                texts(job, "features"),
                Part.of(job.fields("train")),
                job.field("validation").flatMap(Value::asFields).map(Part::of));
    }

    private static Stopping stopping(Value.Fields fields) {
        return new Stopping(
                text(fields, "metric"),
                Math.toIntExact(whole(fields, "rounds")),
                fields.flag("maximise").orElse(false));
    }

    private static Map<String, Object> params(Value.Fields fields) {
        var params = new LinkedHashMap<String, Object>();
        fields.entries().forEach((name, value) -> params.put(name, plain(name, value)));
        return params;
    }

    private static Object plain(String name, Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Whole(var whole) -> whole;
            case Value.Real(var real) -> real;
            case Value.Flag(var flag) -> flag ? 1 : 0;
            case Value.Sequence sequence -> list(name, sequence);
            case Value.Nothing nothing -> throw TrainerMain.malformed("The parameter " + name + " has no value.");
            case Value.Fields fields -> throw TrainerMain.malformed("The parameter " + name + " is a map.");
        };
    }

    /** The library reads a list as {@code (1,0,-1)}, and a list of lists as JSON. */
    private static String list(String name, Value.Sequence sequence) {
        return sequence.items().stream().anyMatch(Value.Sequence.class::isInstance)
                ? CanonicalJson.text(sequence)
                : sequence.items().stream()
                        .map(item -> String.valueOf(plain(name, item)))
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static List<String> texts(Value.Fields fields, String name) {
        return fields.items(name).stream()
                .flatMap(item -> item.asText().stream())
                .toList();
    }

    private static String text(Value.Fields fields, String name) {
        return fields.text(name).orElseThrow(() -> TrainerMain.malformed("The job lacks the text " + name + "."));
    }

    private static long whole(Value.Fields fields, String name) {
        return fields.whole(name).orElseThrow(() -> TrainerMain.malformed("The job lacks the number " + name + "."));
    }
}
