package dev.esteira.pipeline;

import dev.esteira.http.IdempotencyKey;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.IdSource;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.pipelinespec.CheckedPipeline;
import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Makes the rows of runs: new ones, and those that go on where an ended one stopped. Thread-safe. */
final class RunMaker {

    private final Engine engine;
    private final Database database;
    private final InstantSource clock;
    private final IdSource ids;

    RunMaker(Engine engine, Engine.Foundations base) {
        this.engine = engine;
        this.database = base.database();
        this.clock = base.clock();
        this.ids = base.ids();
    }

    /**
     * The run that the same request made before.
     *
     * @throws EsteiraException IDEMPOTENCY_KEY_REUSED when another request had the key
     */
    Optional<PipelineRun> known(WorkspaceName workspace, Optional<IdempotencyKey> repetition) {
        return repetition.isEmpty() ? Optional.empty() : database.read(tx -> known(tx, workspace, repetition));
    }

    private Optional<PipelineRun> known(SqlTx tx, WorkspaceName workspace, Optional<IdempotencyKey> repetition)
            throws SQLException {
        if (repetition.isEmpty()) {
            return Optional.empty();
        }
        var known = engine.rows()
                .runs()
                .byIdempotencyKey(tx, workspace, repetition.get().value());
        known.ifPresent(run -> repetition.get().requireSameRequest(run.requestDigest()));
        return known.map(RunStore.Known::run);
    }

    private static RunStore.Submitted submitted(String text, Optional<IdempotencyKey> repetition) {
        return new RunStore.Submitted(
                text,
                repetition.map(IdempotencyKey::value),
                repetition.map(IdempotencyKey::request).orElse(Digest.ofText(text)));
    }

    /**
     * Makes the run of a submission and has it begin.
     *
     * @param seed of the run by its id
     * @throws EsteiraException UNKNOWN_STEP, IDEMPOTENCY_KEY_REUSED
     */
    PipelineRun create(
            Submission submission,
            CheckedPipeline pipeline,
            SequencedMap<String, RunStore.BundleFile> bundle,
            ToLongFunction<String> seed) {
        var options = submission.options();
        var plans = Plans.of(pipeline, bundle, options.profile());
        var forced = options.from().map(first -> Plans.from(plans, first)).orElse(Set.of());
        var id = ids.next();
        var run = fresh(
                submission.workspace(),
                id,
                pipeline.metadata().name(),
                submission.fileName(),
                pipeline.params(),
                seed.applyAsLong(id),
                Optional.empty(),
                id,
                plans.size());
        var submitted = submitted(submission.text(), submission.repetition());
        var made = database.write(tx -> {
            var other = known(tx, submission.workspace(), submission.repetition());
            if (other.isPresent()) {
                return other.get();
            }
            insert(tx, run, submitted, List.copyOf(bundle.values()), plans, forced, options.cache());
            return engine.ledger().create(tx, run, change -> {
                change.submitted();
                return change.run();
            });
        });
        engine.admit(made.ref());
        return made;
    }

    private void insert(
            SqlTx tx,
            PipelineRun run,
            RunStore.Submitted submitted,
            List<RunStore.BundleFile> files,
            SequencedMap<String, StepPlan> plans,
            Set<String> forced,
            boolean cache)
            throws SQLException {
        var rows = engine.rows();
        rows.runs().insert(tx, run, submitted);
        rows.runs().insertFiles(tx, run.ref(), files, run.createdAt());
        var position = 0;
        for (var plan : plans.entrySet()) {
            var edges = plan.getValue().edges();
            rows.steps()
                    .insert(
                            tx,
                            RunStep.fresh(
                                    run.ref().step(plan.getKey()),
                                    run.pipeline(),
                                    position++,
                                    plan.getValue(),
                                    forced.contains(plan.getKey()),
                                    cache,
                                    edges.size()),
                            run.createdAt());
            for (var edge : edges.entrySet()) {
                rows.steps().insertEdge(tx, run.ref(), edge.getKey(), plan.getKey(), edge.getValue(), run.createdAt());
            }
        }
    }

    /**
     * Makes a run that carries over what an ended one committed, and has it begin.
     *
     * @throws EsteiraException UNKNOWN_STEP, IDEMPOTENCY_KEY_REUSED
     */
    PipelineRun resume(PipelineRun origin, Optional<String> from, Optional<IdempotencyKey> repetition) {
        var workspace = origin.workspace();
        var steps = database.read(tx -> engine.rows().steps().all(tx, origin.ref()));
        var plans = new LinkedHashMap<String, StepPlan>();
        steps.forEach(step -> plans.put(step.name(), step.plan()));
        var again = from.map(first -> Plans.from(plans, first)).orElse(Set.of());
        var next = fresh(
                workspace,
                ids.next(),
                origin.pipeline(),
                origin.fileName(),
                origin.params(),
                origin.seed(),
                Optional.of(origin.id()),
                origin.root(),
                plans.size());
        var made = database.write(tx -> {
            var other = known(tx, workspace, repetition);
            if (other.isPresent()) {
                return other.get();
            }
            var text = engine.rows().runs().document(tx, origin.ref()).orElseThrow();
            var files = engine.rows().runs().files(tx, origin.ref());
            insert(
                    tx,
                    next,
                    submitted(text, repetition),
                    List.copyOf(files.values()),
                    plans,
                    again,
                    steps.stream().allMatch(RunStep::usesCache));
            return engine.ledger().create(tx, next, change -> {
                change.submitted();
                for (var step : steps) {
                    if (step.state() == StepState.SUCCEEDED && !again.contains(step.name())) {
                        carry(change, step);
                    }
                }
                return change.run();
            });
        });
        engine.admit(made.ref());
        return made;
    }

    private static void carry(RunChange change, RunStep done) throws SQLException {
        var step = change.step(done.name()).orElseThrow();
        var outcome = done.outcome().orElseThrow();
        var carried = new Outcome(
                Outcome.How.CARRIED,
                outcome.outputs(),
                outcome.annotations(),
                outcome.warnings(),
                outcome.source()
                        .or(() -> Optional.of(new RunStep.Basis(done.ref().run(), done.name()))));
        var moved = change.move(step, StepState.SUCCEEDED, Map.of("carried", Value.of(true)))
                .with(carried);
        change.save(step, done.keyed().map(moved::with).orElse(moved));
    }

    private PipelineRun fresh(
            WorkspaceName workspace,
            String id,
            String pipeline,
            String fileName,
            Value.Fields params,
            long seed,
            Optional<String> origin,
            String root,
            int steps) {
        return new PipelineRun(
                workspace,
                id,
                pipeline,
                fileName,
                params,
                seed,
                origin,
                root,
                RunState.CREATED,
                Optional.empty(),
                steps,
                0,
                0,
                clock.instant(),
                Optional.empty(),
                Optional.empty());
    }
}
