package dev.esteira.pipeline;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What decides the outputs of a step, as named components. Two steps with the same key have the same outputs. Names,
 * run ids, times, paths, retries, timeouts and labels are no part of it, so renaming a step keeps its value. The
 * normative text is {@code docs/spec/step-key.md}.
 *
 * @param components by name; see {@link Component}
 */
record StepKey(Value.Fields components) {

    /** Raised when the same step gets another key under a new definition. */
    static final long SCHEMA = 1;

    /** The components, each with the word that says what it means when it differs. */
    enum Component {
        SCHEMA("schema", MissCause.KEY_SCHEMA),
        KIND("kind", MissCause.IMPLEMENTATION),
        IMPLEMENTATION("implementation", MissCause.IMPLEMENTATION),
        PARAMS("params", MissCause.PARAMS),
        CODE("code", MissCause.CODE),
        DATA("data", MissCause.INPUT),
        INPUTS("inputs", MissCause.INPUT),
        REFERENCES("references", MissCause.INPUT),
        RESOLVED("resolved", MissCause.INPUT),
        ENVIRONMENT("environment", MissCause.ENVIRONMENT),
        SEED("seed", MissCause.SEED),
        SALT("salt", MissCause.FORCED);

        private final String text;
        private final MissCause cause;

        Component(String text, MissCause cause) {
            this.text = text;
            this.cause = cause;
        }

        String text() {
            return text;
        }

        MissCause cause() {
            return cause;
        }
    }

    /**
     * What a key is made of.
     *
     * @param kind name and major version, {@code ingest@1}
     * @param fields the kind's own fields with paths replaced
     * @param params the run's parameters that conditions of the step refer to
     * @param code digests of the texts that the step names, by place
     * @param data digests of the data files that the step names, by place
     * @param resolved what the kind's resolve phase answered
     * @param environment what the platform adds, e.g. the processor's architecture for native code
     * @param seed the run's seed; empty when the kind uses none
     */
    record Ingredients(
            String kind,
            String implementation,
            Value.Fields fields,
            Value.Fields params,
            Map<String, Digest> code,
            Map<String, Digest> data,
            Map<String, Artifact> inputs,
            Map<String, Artifact> references,
            Value.Fields resolved,
            Map<String, String> environment,
            Optional<Long> seed,
            Optional<String> salt) {
        Ingredients {
            code = Map.copyOf(code);
            data = Map.copyOf(data);
            inputs = Map.copyOf(inputs);
            references = Map.copyOf(references);
            environment = Map.copyOf(environment);
        }
    }

    static StepKey of(Ingredients made) {
        var all = new LinkedHashMap<String, Value>();
        put(all, Component.SCHEMA, Value.of(SCHEMA));
        put(all, Component.KIND, Value.of(made.kind()));
        put(all, Component.IMPLEMENTATION, Value.of(made.implementation()));
        put(all, Component.PARAMS, params(made));
        put(all, Component.CODE, digests(made.code()));
        put(all, Component.DATA, digests(made.data()));
        put(all, Component.INPUTS, trees(made.inputs()));
        put(all, Component.REFERENCES, trees(made.references()));
        put(all, Component.RESOLVED, made.resolved());
        var environment = new TreeMap<String, Value>();
        made.environment().forEach((name, value) -> environment.put(name, Value.of(value)));
        put(all, Component.ENVIRONMENT, Value.ofFields(environment));
        made.seed().ifPresent(seed -> put(all, Component.SEED, Value.of(seed)));
        made.salt().ifPresent(salt -> put(all, Component.SALT, Value.of(salt)));
        return new StepKey(Value.ofFields(all));
    }

    /** Those components that no step before decides: what is known before the inputs exist. */
    Value.Fields ownComponents() {
        return components
                .without(Component.INPUTS.text())
                .without(Component.REFERENCES.text())
                .without(Component.RESOLVED.text());
    }

    /** The key itself. */
    Digest digest() {
        return CanonicalJson.digest(components);
    }

    /**
     * The seed of the step: the first 64 bits of the SHA-256 of the run's seed and the key without its seed. Steps that
     * differ in anything that matters draw independently; renaming changes nothing.
     */
    long seed() {
        var basis = new LinkedHashMap<String, Value>();
        basis.put(
                "key",
                Value.of(CanonicalJson.digest(components.without(Component.SEED.text()))
                        .hex()));
        basis.put("seed", components.field(Component.SEED.text()).orElse(Value.of(0)));
        return Long.parseUnsignedLong(
                CanonicalJson.digest(Value.ofFields(basis)).hex().substring(0, 16), 16);
    }

    private static void put(SequencedMap<String, Value> all, Component component, Value value) {
        all.put(component.text(), value);
    }

    private static Value params(Ingredients made) {
        var both = new LinkedHashMap<String, Value>();
        both.put("fields", made.fields());
        both.put("params", made.params());
        return Value.ofFields(both);
    }

    private static Value digests(Map<String, Digest> byPlace) {
        var sorted = new TreeMap<String, Value>();
        byPlace.forEach((place, digest) -> sorted.put(place, Value.of(digest.hex())));
        return Value.ofFields(sorted);
    }

    private static Value trees(Map<String, Artifact> byName) {
        var sorted = new TreeMap<String, Value>();
        byName.forEach(
                (name, artifact) -> sorted.put(name, Value.of(artifact.digest().hex())));
        return Value.ofFields(sorted);
    }
}
