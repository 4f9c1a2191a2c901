package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the stored value that serves a step, or says why none does. Thread-safe. */
final class Lookup {

    /** What was found. */
    sealed interface Answer {}

    /** A complete value, with its artifacts by output name. */
    record Hit(CacheStore.CachedValue value, Map<String, Artifact> outputs) implements Answer {
        Hit {
            outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        }
    }

    /**
     * None.
     *
     * @param basis the earlier step that tells most about it
     * @param seen the attempts that made values which do not serve
     */
    record Miss(Set<MissCause> causes, Optional<RunStep> basis, Set<String> seen) implements Answer {

        Miss(Set<MissCause> causes, Optional<RunStep> basis) {
            this(causes, basis, Set.of());
        }

        Miss {
            causes = Collections.unmodifiableSet(new TreeSet<>(causes));
            seen = Set.copyOf(seen);
        }
    }

    /**
     * What is asked for.
     *
     * @param names the names of all steps of the pipeline, by which a renamed one is known
     */
    record Question(
            WorkspaceName workspace,
            String pipeline,
            String run,
            String step,
            StepPlan plan,
            boolean forced,
            boolean usesCache,
            Set<String> names) {
        Question {
            names = Set.copyOf(names);
        }
    }

    private static final int HISTORY = 20;
    private static final int KIND_HISTORY = 100;
    private static final int VALUES = 5;

    private final Database database;
    private final Rows rows;
    private final Artifacts artifacts;
    private final InstantSource clock;

    Lookup(Database database, Rows rows, Artifacts artifacts, InstantSource clock) {
        this.database = database;
        this.rows = rows;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** Whether a step may use stored values at all. */
    static boolean allowed(StepKind kind, Question question) {
        return kind.cached() && question.plan().cache().enabled() && question.usesCache() && !question.forced();
    }

    Answer find(StepKind kind, Question question, StepKey key) throws IOException {
        var digest = key.digest();
        if (question.forced()) {
            return miss(MissCause.FORCED, question, key);
        }
        if (!allowed(kind, question)) {
            return miss(MissCause.CACHE_OFF, question, key);
        }
        var values = database.read(tx -> rows.cache().values(tx, question.workspace(), digest, VALUES));
        var oldest = question.plan()
                .cache()
                .maxAge()
                .map(age -> clock.instant().minus(age))
                .orElse(Instant.MIN);
        var reasons = EnumSet.noneOf(MissCause.class);
        for (var value : values) {
            if (value.evicted()) {
                reasons.add(MissCause.EVICTED);
            } else if (value.createdAt().isBefore(oldest)) {
                reasons.add(MissCause.EXPIRED);
            } else {
                var outputs = complete(question.workspace(), value);
                if (outputs.isPresent()) {
                    return new Hit(value, outputs.get());
                }
                reasons.add(MissCause.EVICTED);
            }
        }
        var seen = values.stream().map(CacheStore.CachedValue::attempt).collect(Collectors.toSet());
        return reasons.isEmpty() ? changed(question, key) : new Miss(reasons, basis(question, key), seen);
    }

    /**
     * Why a step will run whatever the steps before it give; empty when a stored value may serve it, for all that is
     * known of the last {@value #KIND_HISTORY} steps of its kind.
     *
     * @param own the components of its key that no step before decides
     */
    Optional<Miss> certain(StepKind kind, Question question, Value.Fields own) {
        if (!allowed(kind, question)) {
            var cause = question.forced() ? MissCause.FORCED : MissCause.CACHE_OFF;
            return Optional.of(new Miss(EnumSet.of(cause), Optional.empty()));
        }
        var alike = database.read(tx -> rows.steps().ofKind(tx, question.workspace(), kind.name(), KIND_HISTORY));
        var basis = basis(question, own, Lookup::ownComponents);
        if (Stream.concat(alike.stream(), basis.stream())
                .anyMatch(step -> ownComponents(step).equals(own))) {
            return Optional.empty();
        }
        var causes = basis.map(step -> KeyComparison.causes(KeyComparison.differences(ownComponents(step), own)))
                .orElseGet(() -> EnumSet.of(MissCause.NEVER_RUN));
        return Optional.of(new Miss(causes, basis));
    }

    /** What of an earlier step's key no step before it decided. */
    static Value.Fields ownComponents(RunStep step) {
        return new StepKey(components(step)).ownComponents();
    }

    private Miss miss(MissCause cause, Question question, StepKey key) {
        return new Miss(EnumSet.of(cause), basis(question, key));
    }

    private Miss changed(Question question, StepKey key) {
        var basis = basis(question, key);
        if (basis.isEmpty()) {
            return new Miss(EnumSet.of(MissCause.NEVER_RUN), basis);
        }
        var differences = KeyComparison.differences(components(basis.get()), key.components());
        return new Miss(
                differences.isEmpty() ? EnumSet.of(MissCause.NO_VALUE) : KeyComparison.causes(differences), basis);
    }

    /** The nearest earlier step of the same name; else of the same kind with a name that the pipeline no longer has. */
    private Optional<RunStep> basis(Question question, StepKey key) {
        return basis(question, key.components(), Lookup::components);
    }

    private Optional<RunStep> basis(
            Question question, Value.Fields wanted, Function<RunStep, Value.Fields> components) {
        return database.read(tx -> {
            var named = rows.steps()
                    .sameName(tx, question.workspace(), question.pipeline(), question.step(), question.run(), HISTORY);
            if (!named.isEmpty()) {
                return KeyComparison.nearest(wanted, named, components);
            }
            var renamed = rows
                    .steps()
                    .sameKind(
                            tx,
                            question.workspace(),
                            question.pipeline(),
                            question.plan().kind(),
                            question.run(),
                            HISTORY)
                    .stream()
                    .filter(step -> !question.names().contains(step.name()))
                    .toList();
            return KeyComparison.nearest(wanted, renamed, components);
        });
    }

    private static Value.Fields components(RunStep step) {
        return step.keyed().orElseThrow().components();
    }

    /** The artifacts of a value when every file is there; a value that lost one is marked so that nobody asks again. */
    private Optional<Map<String, Artifact>> complete(WorkspaceName workspace, CacheStore.CachedValue value)
            throws IOException {
        var found = artifacts.all(workspace, value.outputs());
        var missing = new ArrayList<Digest>();
        for (var artifact : found.values()) {
            for (var file : artifact.files()) {
                if (!artifacts.store().contains(file.digest())) {
                    missing.add(file.digest());
                }
            }
        }
        if (missing.isEmpty() && found.size() == value.outputs().size()) {
            return Optional.of(found);
        }
        database.change(tx -> rows.cache().evict(tx, workspace, value, clock.instant()));
        return Optional.empty();
    }

    /** The commits that the sinks of a value's outputs take part in. */
    static List<String> sorted(Map<String, Artifact> outputs) {
        return outputs.keySet().stream().sorted().collect(Collectors.toList());
    }

    static SequencedMap<String, Digest> digests(Map<String, Artifact> outputs) {
        var all = new LinkedHashMap<String, Digest>();
        sorted(outputs)
                .forEach(name -> all.put(
                        name,
                        java.util.Objects.requireNonNull(outputs.get(name)).digest()));
        return all;
    }
}
