package dev.esteira.pipeline;

import dev.esteira.http.IdempotencyKey;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Page;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.pipelinespec.CheckedPipeline;
import dev.esteira.pipelinespec.PipelineCheck;
import dev.esteira.pipelinespec.PipelineOutline;
import dev.esteira.pipelinespec.PipelineReader;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.spi.StepKind;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What one can do with pipelines and their runs. Thread-safe. */
public final class PipelineService {

    /**
     * Some events.
     *
     * @param ended whether none will ever follow
     * @param obstacle why none can follow at present
     */
    public record Events(List<RunEvent> events, boolean ended, Optional<Failure> obstacle) {
        public Events {
            events = List.copyOf(events);
        }
    }

    private static final int EVENTS = 500;
    private static final long SEED_MASK = (1L << 53) - 1;
    private static final String LAST = "~";

    private final Engine engine;
    private final Database database;
    private final ArtifactStore store;
    private final PipelineReader reader;
    private final ContentStore contents = new ContentStore();
    private final Planner planner;
    private final Explainer explainer;
    private final WaitFinder waits;
    private final InstantSource clock;
    private final RunMaker maker;

    PipelineService(Engine engine, Engine.Foundations base) {
        this.engine = engine;
        this.database = base.database();
        this.store = base.store();
        Map<String, StepKind> kinds = base.kinds();
        this.reader = new PipelineReader(kinds.values());
        this.planner = new Planner(engine, base);
        this.waits = new WaitFinder(base.database(), engine);
        this.explainer = new Explainer(base.database(), engine.rows(), waits);
        this.clock = base.clock();
        this.maker = new RunMaker(engine, base);
    }

    /** What a file tells before the files that it names are there. */
    public PipelineOutline outline(String fileName, String text, Value.Fields params) {
        return reader.outline(fileName, text, params);
    }

    /**
     * Checks a file whole.
     *
     * @throws EsteiraException BUNDLE_INCOMPLETE when the content of a file was not uploaded
     */
    public PipelineCheck validate(Submission submission) {
        return check(submission);
    }

    /**
     * Says what would run and why. Changes nothing.
     *
     * @throws EsteiraException BUNDLE_INCOMPLETE, PIPELINE_REFUSED
     */
    public List<PlannedStep> plan(Submission submission) {
        return switch (check(submission)) {
            case PipelineCheck.Invalid(var problems) ->
                throw new EsteiraException(
                        PipelineErrorCode.PIPELINE_REFUSED,
                        problems.getFirst().render(),
                        "Validate the file to see all " + problems.size() + " problems.");
            case PipelineCheck.Valid(var pipeline) -> {
                var bundle = bundle(submission);
                var plans = Plans.of(pipeline, bundle, submission.options().profile());
                yield planner.plan(submission, pipeline, plans, bundle, seed(submission, pipeline, "plan"));
            }
        };
    }

    /**
     * Makes a run.
     *
     * @throws EsteiraException BUNDLE_INCOMPLETE, IDEMPOTENCY_KEY_REUSED
     */
    public Submitted submit(Submission submission) {
        var known = maker.known(submission.workspace(), submission.repetition());
        if (known.isPresent()) {
            return new Submitted.Accepted(known.get());
        }
        return switch (check(submission)) {
            case PipelineCheck.Invalid(var problems) -> new Submitted.Refused(problems);
            case PipelineCheck.Valid(var pipeline) ->
                new Submitted.Accepted(
                        maker.create(submission, pipeline, bundle(submission), id -> seed(submission, pipeline, id)));
        };
    }

    /**
     * A run of the workspace.
     *
     * @throws EsteiraException UNKNOWN_PIPELINE_RUN
     */
    public PipelineRun show(WorkspaceName workspace, String run) {
        return database.read(tx -> engine.rows().runs().find(tx, new RunRef(workspace, run)))
                .orElseThrow(() -> unknown(run));
    }

    /** The steps of a run as documents, in the order in which they run. */
    List<RunStep> steps(WorkspaceName workspace, String run) {
        return database.read(tx -> engine.rows().steps().all(tx, new RunRef(workspace, run)));
    }

    /** The attempts of all steps of a run, by the name of the step. */
    Map<String, List<Attempt>> attempts(WorkspaceName workspace, String run) {
        return database.read(tx -> engine.rows().attempts().all(tx, new RunRef(workspace, run))).stream()
                .collect(Collectors.groupingBy(attempt -> attempt.step().step()));
    }

    /** The attempts of a step. */
    List<Attempt> attempts(StepRef step) {
        return database.read(tx -> engine.rows().attempts().all(tx, step));
    }

    /**
     * A step of a run.
     *
     * @throws EsteiraException UNKNOWN_PIPELINE_RUN, UNKNOWN_STEP
     */
    RunStep step(WorkspaceName workspace, String run, String name) {
        var steps = steps(workspace, show(workspace, run).id());
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Plans.unknownStep(
                        "Run " + run, name, steps.stream().map(RunStep::name).toList()));
    }

    /** Runs of the workspace, latest first; the token of a page is the id of its last run. */
    public Page<PipelineRun> list(WorkspaceName workspace, Optional<String> after, int size) {
        var runs = database.read(tx -> engine.rows().runs().page(tx, workspace, after.orElse(LAST), size + 1));
        return runs.size() <= size
                ? new Page<>(runs, Optional.empty())
                : new Page<>(
                        runs.subList(0, size), Optional.of(runs.get(size - 1).id()));
    }

    /**
     * Cancels a run; one that has ended stays as it is.
     *
     * @param by who asked, for the run's reason
     * @throws EsteiraException UNKNOWN_PIPELINE_RUN
     */
    public PipelineRun cancel(WorkspaceName workspace, String run, String by) {
        return engine.ledger().cancel(new RunRef(workspace, run), by).orElseThrow(() -> unknown(run));
    }

    /**
     * Goes on with a run: the same one when it has not ended, else a new one that carries over what was committed.
     *
     * @param from a step that runs again in any case, as do all that follow from it
     * @throws EsteiraException UNKNOWN_PIPELINE_RUN, UNKNOWN_STEP
     */
    public PipelineRun resume(WorkspaceName workspace, String run, Optional<String> from) {
        return resume(workspace, run, from, Optional.empty());
    }

    /**
     * The same, known again by a repetition when it made a new run.
     *
     * @throws EsteiraException UNKNOWN_PIPELINE_RUN, UNKNOWN_STEP, IDEMPOTENCY_KEY_REUSED
     */
    PipelineRun resume(
            WorkspaceName workspace, String run, Optional<String> from, Optional<IdempotencyKey> repetition) {
        var known = maker.known(workspace, repetition);
        if (known.isPresent()) {
            return known.get();
        }
        var origin = show(workspace, run);
        if (!origin.state().ended()) {
            engine.admit(origin.ref());
            return origin;
        }
        return maker.resume(origin, from, repetition);
    }

    /**
     * Says whether the change of a step that waits for a person was made.
     *
     * @throws EsteiraException STEP_NOT_WAITING
     */
    public void decide(WorkspaceName workspace, String run, String step, boolean made) {
        if (!engine.ledger().decide(step(workspace, run, step).ref(), made)) {
            throw new EsteiraException(
                    PipelineErrorCode.STEP_NOT_WAITING,
                    "Step '" + step + "' of run " + run + " does not wait for a decision.",
                    "Look at the run again.");
        }
    }

    /**
     * Why a step ran, or why it did not have to.
     *
     * @throws EsteiraException UNKNOWN_PIPELINE_RUN, UNKNOWN_STEP
     */
    public Explanation explain(WorkspaceName workspace, String run, String step) {
        return explainer.explain(step(workspace, run, step));
    }

    /**
     * What the steps of a run wait for, in the order of the file; those that run or have ended are left out.
     *
     * @throws EsteiraException UNKNOWN_PIPELINE_RUN
     */
    public List<Waiting> waiting(WorkspaceName workspace, String run) {
        return waits.all(show(workspace, run).ref());
    }

    /**
     * The events of a run after a number, in order; waits for one when there is none.
     *
     * @param wait how long at most; the list is empty then
     * @throws EsteiraException UNKNOWN_PIPELINE_RUN
     */
    public Events events(WorkspaceName workspace, String run, long after, Duration wait) throws InterruptedException {
        var ref = new RunRef(workspace, run);
        var end = clock.instant().plus(wait);
        while (true) {
            var seen = engine.hub().changes();
            var now = show(workspace, run);
            var events = database.read(tx -> engine.rows().runs().events(tx, ref, after, EVENTS));
            var left = Duration.between(clock.instant(), end);
            var ended = now.state().ended() && events.size() < EVENTS;
            if (!events.isEmpty() || ended || left.isNegative() || !engine.hub().await(seen, left)) {
                return new Events(
                        events, ended, ended ? Optional.empty() : engine.stall().now());
            }
        }
    }

    /**
     * The log of a step's latest attempt; empty when it has none.
     *
     * @param after bytes at the beginning that are left out
     * @throws EsteiraException UNKNOWN_PIPELINE_RUN, UNKNOWN_STEP
     * @throws IOException when it cannot be read
     */
    public byte[] log(WorkspaceName workspace, String run, String step, long after) throws IOException {
        var attempts = attempts(step(workspace, run, step).ref());
        if (attempts.isEmpty()) {
            return new byte[0];
        }
        var latest = attempts.getLast();
        var file = latest.log().isPresent()
                ? Optional.of(store.local(latest.log().get()))
                : engine.folder(latest.id()).writtenLog();
        if (file.isEmpty()) {
            return new byte[0];
        }
        try (var channel = FileChannel.open(file.get())) {
            return Channels.newInputStream(channel.position(after)).readAllBytes();
        }
    }

    private PipelineCheck check(Submission submission) {
        var files = new LinkedHashMap<String, Path>();
        var digests =
                submission.files().stream().map(Submission.BundleEntry::digest).toList();
        var missing = database.write(tx -> contents.missing(tx, submission.workspace(), digests, clock.instant()));
        for (var file : submission.files()) {
            if (missing.contains(file.digest())) {
                throw new EsteiraException(
                        PipelineErrorCode.BUNDLE_INCOMPLETE,
                        "The content of '" + file.path() + "' was not uploaded.",
                        "Upload it under its digest, then submit again.");
            }
            try {
                files.put(file.path(), store.local(file.digest()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return reader.check(
                submission.fileName(),
                submission.text(),
                submission.params(),
                path -> Optional.ofNullable(files.get(path)));
    }

    private static SequencedMap<String, RunStore.BundleFile> bundle(Submission submission) {
        var bundle = new LinkedHashMap<String, RunStore.BundleFile>();
        submission
                .files()
                .forEach(file ->
                        bundle.put(file.path(), new RunStore.BundleFile(file.path(), file.digest(), file.size())));
        return bundle;
    }

    /** The seed that the caller says, else the file, else one that the run's id decides. */
    private static long seed(Submission submission, CheckedPipeline pipeline, String run) {
        return submission
                .options()
                .seed()
                .or(() -> pipeline.reproducibility().seed())
                .orElseGet(() -> Long.parseUnsignedLong(Digest.ofText(run).hex().substring(0, 16), 16) & SEED_MASK);
    }

    private static EsteiraException unknown(String run) {
        return new EsteiraException(
                PipelineErrorCode.UNKNOWN_PIPELINE_RUN,
                "There is no pipeline run '" + run + "' in the workspace.",
                "List the runs to see which there are.");
    }
}
