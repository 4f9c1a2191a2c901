package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.pipelinespec.CheckedPipeline;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.StepKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Says what a submission would run and why, by going the way of the engine without changing anything. */
final class Planner {

    private static final int HISTORY = 5;

    private final Engine engine;
    private final Engine.Foundations base;

    Planner(Engine engine, Engine.Foundations base) {
        this.engine = engine;
        this.base = base;
    }

    List<PlannedStep> plan(
            Submission submission,
            CheckedPipeline pipeline,
            SequencedMap<String, StepPlan> plans,
            Map<String, RunStore.BundleFile> bundle,
            long seed) {
        var walk = new Walk(submission, pipeline, plans, bundle, seed);
        plans.forEach(walk::visit);
        return walk.planned;
    }

    /** One plan being made. */
    private final class Walk {

        private final Submission submission;
        private final CheckedPipeline pipeline;
        private final SequencedMap<String, StepPlan> plans;
        private final Map<String, RunStore.BundleFile> bundle;
        private final long seed;
        private final Set<String> forced;
        private final Map<String, Map<String, Artifact>> known = new LinkedHashMap<>();
        private final Set<String> skipped = new HashSet<>();
        private final List<PlannedStep> planned = new ArrayList<>();

        Walk(
                Submission submission,
                CheckedPipeline pipeline,
                SequencedMap<String, StepPlan> plans,
                Map<String, RunStore.BundleFile> bundle,
                long seed) {
            this.submission = submission;
            this.pipeline = pipeline;
            this.plans = plans;
            this.bundle = bundle;
            this.seed = seed;
            this.forced = submission
                    .options()
                    .from()
                    .map(first -> Plans.from(plans, first))
                    .orElse(Set.of());
        }

        void visit(String name, StepPlan plan) {
            if (skips(plan)) {
                skipped.add(name);
                add(name, plan, PlannedStep.Verdict.SKIP, List.of(), List.of(), List.of());
                return;
            }
            var open = plan.sources().stream()
                    .map(StepPlan.Source::step)
                    .filter(step -> !known.containsKey(step))
                    .distinct()
                    .sorted()
                    .toList();
            try {
                if (open.isEmpty()) {
                    decide(name, plan);
                } else {
                    foresee(name, plan, open);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean skips(StepPlan plan) {
            if (plan.sources().stream().anyMatch(source -> skipped.contains(source.step()) && !source.optional())) {
                return true;
            }
            return plan.condition().isPresent()
                    && !Conditions.holds(plan.condition().get(), pipeline.params());
        }

        /** A step whose inputs are not known runs all the same when something of its own is new. */
        private void foresee(String name, StepPlan plan, List<String> open) throws IOException {
            StepKind kind = kind(plan);
            var known = engine.keys().known(kind, scene(plan, Map.of(), Map.of()), seed);
            var miss = engine.lookup().certain(kind, question(name, plan), known.components());
            if (miss.isEmpty()) {
                add(name, plan, PlannedStep.Verdict.DEPENDS, List.of(), List.of(), open);
                return;
            }
            var differences = miss.get()
                    .basis()
                    .map(before -> Explainer.told(
                            KeyComparison.differences(Lookup.ownComponents(before), known.components()),
                            known.places()))
                    .orElse(List.of());
            add(name, plan, PlannedStep.Verdict.MISS, List.copyOf(miss.get().causes()), differences, open);
        }

        private StepKind kind(StepPlan plan) {
            return Objects.requireNonNull(base.kinds().get(plan.kind()));
        }

        private ResolveScene scene(StepPlan plan, Map<String, Artifact> inputs, Map<String, Artifact> references) {
            return new ResolveScene(submission.workspace(), plan, inputs, references, bundle, base.store());
        }

        private Lookup.Question question(String name, StepPlan plan) {
            return new Lookup.Question(
                    submission.workspace(),
                    pipeline.metadata().name(),
                    "",
                    name,
                    plan,
                    forced.contains(name),
                    submission.options().cache(),
                    plans.keySet());
        }

        private void decide(String name, StepPlan plan) throws IOException {
            StepKind kind = kind(plan);
            var scene = scene(plan, artifacts(plan.inputs()), artifacts(plan.references()));
            var question = question(name, plan);
            KeyMaker.Made made;
            try {
                made = engine.keys().make(kind, scene, seed);
            } catch (EsteiraException e) {
                add(name, plan, PlannedStep.Verdict.MISS, List.of(MissCause.NEVER_RUN), List.of(), List.of());
                return;
            }
            switch (engine.lookup().find(kind, question, made.key())) {
                case Lookup.Hit hit -> {
                    known.put(name, hit.outputs());
                    add(name, plan, PlannedStep.Verdict.HIT, List.of(), List.of(), List.of());
                }
                case Lookup.Miss miss -> {
                    var verdict = leased(made.key().digest()) ? PlannedStep.Verdict.WAIT : PlannedStep.Verdict.MISS;
                    var before = miss.basis().flatMap(RunStep::keyed).map(RunStep.Keyed::components);
                    var differences = before.map(one -> Explainer.told(
                                    KeyComparison.differences(one, made.key().components()), made.places()))
                            .orElse(List.of());
                    add(name, plan, verdict, List.copyOf(miss.causes()), differences, List.of());
                }
            }
        }

        private boolean leased(Digest key) {
            return base.database().read(tx -> engine.rows().cache().leased(tx, submission.workspace(), key));
        }

        private Map<String, Artifact> artifacts(SequencedMap<String, StepPlan.Source> sources) {
            var found = new LinkedHashMap<String, Artifact>();
            sources.forEach((name, source) -> Optional.ofNullable(
                            Objects.requireNonNull(known.get(source.step())).get(source.output()))
                    .ifPresent(artifact -> found.put(name, artifact)));
            return found;
        }

        private void add(
                String name,
                StepPlan plan,
                PlannedStep.Verdict verdict,
                List<MissCause> causes,
                List<Difference> differences,
                List<String> dependsOn) {
            planned.add(new PlannedStep(name, plan.kind(), verdict, causes, differences, dependsOn, predicted(name)));
        }

        private Optional<Duration> predicted(String name) {
            var durations = base.database()
                    .read(tx -> engine.rows()
                            .steps()
                            .durations(
                                    tx,
                                    submission.workspace(),
                                    pipeline.metadata().name(),
                                    name,
                                    HISTORY));
            return durations.isEmpty()
                    ? Optional.empty()
                    : Optional.of(durations.stream().sorted().toList().get(durations.size() / 2));
        }
    }
}
