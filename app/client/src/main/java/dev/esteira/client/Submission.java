package dev.esteira.client;

import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A pipeline with what belongs to it.
 *
 * @param fileName shown in errors
 * @param text of the pipeline file
 * @param files that it names
 * @param params values that replace defaults, as text or typed
 * @param options e.g. {@code cache}, {@code from}, {@code profile}
 */
public record Submission(
        String fileName, String text, List<BundleFile> files, Value.Fields params, Value.Fields options) {

    public Submission {
        files = List.copyOf(files);
    }

    Value wire() {
        var pipeline = new LinkedHashMap<String, Value>();
        pipeline.put("fileName", Value.of(fileName));
        pipeline.put("text", Value.of(text));
        var fields = new LinkedHashMap<String, Value>();
        fields.put("pipeline", Value.ofFields(pipeline));
        fields.put(
                "files", new Value.Sequence(files.stream().map(BundleFile::wire).toList()));
        fields.put("params", params);
        fields.put("options", options);
        return Value.ofFields(fields);
    }
}
