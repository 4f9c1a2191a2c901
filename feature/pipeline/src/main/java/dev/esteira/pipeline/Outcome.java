package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What a step gave.
 *
 * @param how how it came by it
 * @param outputs the digests of the artifacts by output name, in the order of the names
 * @param annotations what the producing attempt noted
 * @param source the step of another run that made it, empty when this one did
 */
record Outcome(
        How how,
        SequencedMap<String, Digest> outputs,
        Value.Fields annotations,
        int warnings,
        Optional<RunStep.Basis> source) {

    Outcome {
        outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
    }

    /** How a step came by its outputs. */
    enum How {
        /** It ran. */
        RAN,
        /** The cache had the value. */
        CACHED,
        /** The run that this one resumes had it. */
        CARRIED,
        /** A person said that the change was made. */
        DECIDED
    }

    /** The outputs as a document for a row. */
    static String outputsText(SequencedMap<String, Digest> outputs) {
        var fields = new TreeMap<String, Value>();
        outputs.forEach((name, digest) -> fields.put(name, Value.of(digest.hex())));
        return CanonicalJson.text(Value.ofFields(fields));
    }

    /** The outputs of such a document. */
    static SequencedMap<String, Digest> outputsOf(String text) {
        var outputs = new LinkedHashMap<String, Digest>();
        Json.parseFields(text)
                .entries()
                .forEach((name, digest) -> digest.asText().ifPresent(hex -> outputs.put(name, new Digest(hex))));
        return outputs;
    }
}
