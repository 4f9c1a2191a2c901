package dev.esteira.pipelinespec;

import dev.esteira.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** What a pipeline file says about itself. */
public record Metadata(
        String name, Optional<String> description, Optional<String> owner, SequencedMap<String, String> labels) {

    public Metadata {
        labels = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(labels));
    }

    /** What conditions see as {@code metadata}. */
    public Value.Fields toValue() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("name", Value.of(name));
        description.ifPresent(text -> fields.put("description", Value.of(text)));
        owner.ifPresent(text -> fields.put("owner", Value.of(text)));
        var texts = new LinkedHashMap<String, Value>();
        labels.forEach((label, text) -> texts.put(label, Value.of(text)));
        fields.put("labels", Value.ofFields(texts));
        return new Value.Fields(fields);
    }
}
