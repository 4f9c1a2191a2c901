package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.IdSource;
import dev.esteira.spi.Execution;
import dev.esteira.spi.StepKind;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a ready step to where it goes: left out, served from the cache, waiting for a twin or a worker, or running.
 * Thread-safe.
 */
final class Preparation {

    /** Whether the condition of a step holds. */
    @FunctionalInterface
    interface Conditions {
        /** @throws EsteiraException when it cannot be decided */
        boolean holds(StepPlan.Condition condition, PipelineRun run);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final Map<String, StepKind> kinds;
    private final Scenes scenes;
    private final KeyMaker keys;
    private final Lookup lookup;
    private final Ledger ledger;
    private final Conditions conditions;
    private final ProgressBoard progress;
    private final IdSource ids;
    private final InstantSource clock;

    Preparation(
            Map<String, StepKind> kinds,
            Scenes scenes,
            KeyMaker keys,
            Lookup lookup,
            Ledger ledger,
            Conditions conditions,
            ProgressBoard progress,
            IdSource ids,
            InstantSource clock) {
        this.kinds = Map.copyOf(kinds);
        this.scenes = scenes;
        this.keys = keys;
        this.lookup = lookup;
        this.ledger = ledger;
        this.conditions = conditions;
        this.progress = progress;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of a ready step. */
    sealed interface Next {
        /** Nothing is left to do for it now. */
        record Nothing() implements Next {}

        /** It waits for a worker. */
        record Queued() implements Next {}

        /** Its attempt has begun and wants a thread. */
        record Begun(LiveAttempt live) implements Next {}
    }

    /**
     * Takes a ready step on; one that cannot be prepared fails.
     *
     * @param worker whether a worker has been taken for it
     * @throws EsteiraException that {@linkplain Stall#mayPass may pass}: the step stays as it is
     */
    Next prepare(StepRef ref, boolean worker) {
        try {
            var setting = scenes.of(ref, StepState.READY);
            return setting.isEmpty() ? new Next.Nothing() : prepared(setting.get(), worker);
        } catch (IOException | RuntimeException e) {
            if (e instanceof EsteiraException known && Stall.mayPass(known)) {
                throw known;
            }
            LOG.debug("Step {} cannot be prepared", ref, e);
            ledger.failReady(ref, Failure.of(e), ids.next());
            return new Next.Nothing();
        }
    }

    private Next prepared(Scenes.Setting setting, boolean worker) throws IOException {
        var ref = setting.step().ref();
        var condition = setting.step().plan().condition();
        if (condition.isPresent() && !conditions.holds(condition.get(), setting.run())) {
            ledger.skip(ref);
            return new Next.Nothing();
        }
        var kind = kind(setting.step());
        var made = keys.make(kind, setting.scene(), setting.run().seed());
        var digest = made.key().digest();
        return switch (lookup.find(kind, setting.question(), made.key())) {
            case Lookup.Hit hit -> {
                take(
                        setting,
                        new RunStep.Keyed(digest, made.key().components(), made.places(), List.of(), Optional.empty()),
                        hit);
                yield new Next.Nothing();
            }
            case Lookup.Miss miss -> {
                var basis =
                        miss.basis().map(step -> new RunStep.Basis(step.ref().run(), step.name()));
                yield dispatch(
                        setting,
                        kind,
                        new RunStep.Keyed(
                                digest, made.key().components(), made.places(), List.copyOf(miss.causes()), basis),
                        new Twins(miss.seen()),
                        worker);
            }
        };
    }

    private void take(Scenes.Setting setting, RunStep.Keyed keyed, Lookup.Hit hit) {
        var outcome = new Outcome(
                Outcome.How.CACHED,
                hit.value().outputs(),
                hit.value().annotations(),
                hit.value().warnings(),
                Optional.of(hit.value().source()));
        var commits = AttemptRunner.commits(
                setting.run(),
                setting.step(),
                setting.scene().inputs(),
                hit.outputs(),
                outcome.annotations(),
                true,
                clock.instant());
        try {
            ledger.hit(setting.step().ref(), new FoundValue(keyed, outcome, commits));
        } catch (EsteiraException e) {
            ledger.failReady(setting.step().ref(), Failure.of(e), ids.next());
        }
    }

    private Next dispatch(Scenes.Setting setting, StepKind kind, RunStep.Keyed keyed, Twins seen, boolean worker) {
        var ref = setting.step().ref();
        var twins = Lookup.allowed(kind, setting.question()) ? Optional.of(seen) : Optional.<Twins>empty();
        if (!worker) {
            ledger.dispatch(ref, keyed, Optional.empty(), twins);
            return new Next.Queued();
        }
        var attempt = attempt(setting.step(), kind);
        var begun = ledger.dispatch(ref, keyed, Optional.of(attempt), twins);
        return begun ? new Next.Begun(live(setting, kind, keyed, attempt)) : new Next.Nothing();
    }

    /** Begins the attempt of a queued step, for which a worker has been taken. */
    Next begin(StepRef ref) {
        var setting = scenes.of(ref, StepState.QUEUED);
        if (setting.isEmpty()) {
            return new Next.Nothing();
        }
        var kind = kind(setting.get().step());
        var attempt = attempt(setting.get().step(), kind);
        var keyed = setting.get().step().keyed().orElseThrow();
        return ledger.dispatchQueued(ref, attempt)
                ? new Next.Begun(live(setting.get(), kind, keyed, attempt))
                : new Next.Nothing();
    }

    /** The attempt of a running step as an earlier server left it. */
    Optional<LiveAttempt> recovered(StepRef ref, Attempt attempt) {
        return scenes.of(ref, StepState.RUNNING)
                .map(setting -> live(
                        setting, kind(setting.step()), setting.step().keyed().orElseThrow(), attempt));
    }

    private LiveAttempt live(Scenes.Setting setting, StepKind kind, RunStep.Keyed keyed, Attempt attempt) {
        var scene = scenes.attempt(setting, kind, keyed, attempt.id(), progress);
        return new LiveAttempt(attempt, setting.run(), setting.step(), kind, scene);
    }

    private Attempt attempt(RunStep step, StepKind kind) {
        var how = switch (kind.execution(step.plan().spec())) {
            case Execution.Inline inline -> Attempt.How.INLINE;
            case Execution.Child child -> Attempt.How.CHILD;
            case Execution.Outside outside -> Attempt.How.OUTSIDE;
        };
        var now = clock.instant();
        var begun = how != Attempt.How.CHILD;
        return new Attempt(
                step.ref(),
                step.token() + 1,
                ids.next(),
                how,
                begun ? AttemptState.STARTED : AttemptState.DISPATCHED,
                dev.esteira.kernel.Value.Fields.EMPTY,
                Optional.empty(),
                Optional.<Digest>empty(),
                Attempt.Usage.UNKNOWN,
                now,
                begun ? Optional.of(now) : Optional.empty(),
                Optional.empty());
    }

    StepKind kind(RunStep step) {
        var kind = kinds.get(step.plan().kind());
        if (kind == null || kind.major() != step.plan().major()) {
            throw new EsteiraException(
                    PipelineErrorCode.STEP_KIND_GONE,
                    "Step '" + step.name() + "' is of kind '" + step.plan().kind() + "@"
                            + step.plan().major() + "', which this server does not have.",
                    "Install the plugin that brings it, or submit the pipeline again.");
        }
        return kind;
    }
}
