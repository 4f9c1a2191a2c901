package dev.esteira.training;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a model is and came from, the file {@code esteira.json} of a model directory. It names contents, never runs,
 * times or places: the same training gives the same bytes.
 *
 * @param library e.g. {@code xgboost}
 * @param label the name of the label column
 * @param features the names of the columns that the model takes, in its order
 * @param params the library's parameters as used, but for the number of threads
 * @param rounds the rounds that were asked for
 * @param bestRound the rounds that the model has, from 1
 * @param constant what somebody would predict who knows the training label alone: its weighted mean
 * @param trainedOn the digests of the data sets by input name
 */
public record ModelDocument(
        String library,
        String libraryVersion,
        Task task,
        String label,
        List<String> features,
        Value.Fields params,
        long rounds,
        long bestRound,
        double constant,
        Value.Fields trainedOn) {

    private static final long FORMAT_VERSION = 1;

    public ModelDocument {
        features = List.copyOf(features);
    }

    /** The document as a tree. */
    public Value.Fields toValue() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("formatVersion", Value.of(FORMAT_VERSION));
        fields.put("library", Value.of(library));
        fields.put("libraryVersion", Value.of(libraryVersion));
        fields.put("task", Value.of(task.text()));
        fields.put("label", Value.of(label));
        fields.put("features", Value.ofTexts(features));
        fields.put("params", params);
        fields.put("rounds", Value.of(rounds));
        fields.put("bestRound", Value.of(bestRound));
        fields.put("constant", Value.of(constant));
        fields.put("trainedOn", trainedOn);
        return Value.ofFields(fields);
    }

    /**
     * Reads a document.
     *
     * @throws EsteiraException MODEL_DAMAGED
     */
    public static ModelDocument of(Value.Fields fields) {
        if (fields.whole("formatVersion").orElse(0L) != FORMAT_VERSION) {
            throw damaged("its format version is not " + FORMAT_VERSION).get();
        }
        return new ModelDocument(
                fields.text("library").orElseThrow(damaged("it names no library")),
                fields.text("libraryVersion").orElseThrow(damaged("it names no library version")),
                fields.text("task").flatMap(Task::of).orElseThrow(damaged("it names no task")),
                fields.text("label").orElseThrow(damaged("it names no label")),
                fields.items("features").stream()
                        .flatMap(item -> item.asText().stream())
                        .toList(),
                fields.fields("params"),
                fields.whole("rounds").orElseThrow(damaged("it has no rounds")),
                fields.whole("bestRound").orElseThrow(damaged("it has no best round")),
                fields.number("constant").orElseThrow(damaged("it has no constant prediction")),
                fields.fields("trainedOn"));
    }

    private static Supplier<EsteiraException> damaged(String why) {
        return () -> new EsteiraException(
                TrainingErrorCode.MODEL_DAMAGED,
                "The model's file esteira.json cannot be used: " + why + ".",
                "Train the model again, or read it with the version of Esteira that wrote it.");
    }
}
