package dev.esteira.pipeline;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.spi.Commit;
import dev.esteira.spi.Execution;
import dev.esteira.spi.StepResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries an attempt out and writes how it ended. Used by the thread of the attempt. */
final class AttemptRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);

    private final Ledger ledger;
    private final Artifacts artifacts;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Path lease;
    private final Stall stall;
    private final ProgressBoard progress;

    AttemptRunner(
            Ledger ledger,
            Artifacts artifacts,
            EngineSettings settings,
            InstantSource clock,
            Path lease,
            Stall stall,
            ProgressBoard progress) {
        this.ledger = ledger;
        this.artifacts = artifacts;
        this.settings = settings;
        this.clock = clock;
        this.lease = lease;
        this.stall = stall;
        this.progress = progress;
    }

    /**
     * Carries it out.
     *
     * @param recovered whether an earlier server may have started its child
     */
    void run(LiveAttempt live, boolean recovered) {
        live.begin();
        try {
            carryOut(live, recovered);
        } catch (InterruptedException e) {
            interrupted(live);
        } catch (ChildRun.LostException e) {
            lost(live, e.explanation());
        } catch (ChildRun.FailedException e) {
            failed(live, e.failure());
        } catch (Throwable e) {
            note(live, e);
            failed(live, Failure.of(e));
        } finally {
            live.leave();
            if (live.ending() != LiveAttempt.Ending.STOPPING) {
                removeFolder(live.scene().folder(), live.attempt().id());
            }
        }
    }

    private void carryOut(LiveAttempt live, boolean recovered)
            throws IOException, InterruptedException, ChildRun.LostException, ChildRun.FailedException {
        switch (live.kind().execution(live.step().plan().spec())) {
            case Execution.Inline(var body) -> commit(live, body.run(live.scene()), false);
            case Execution.Child(var body) -> {
                var child = new ChildRun(live, body, ledger, settings);
                commit(live, child.run(recovered, lease), false);
            }
            case Execution.Outside(var body) -> outside(live, body);
        }
    }

    /** An effect that an earlier attempt wanted to make is asked for before it is made. */
    private void outside(LiveAttempt live, Execution.OutsideBody body) throws IOException, InterruptedException {
        var effect = new StepRef(
                live.run().workspace(), live.run().root(), live.step().name());
        var key = effect.toString();
        if (ledger.intended(effect)) {
            switch (body.probe(live.scene(), key)) {
                case Execution.Probe.Done(var result) -> {
                    commit(live, result, true);
                    return;
                }
                case Execution.Probe.Absent() -> ledger.absent(effect);
                case Execution.Probe.Unknown(var reason) -> {
                    unknown(live, reason);
                    return;
                }
            }
        }
        ledger.intend(effect, live.attempt().number());
        StepResult result;
        try {
            result = body.perform(live.scene(), key);
        } catch (EsteiraException | IOException e) {
            note(live, e);
            afterFailedEffect(live, body, effect, Failure.of(e));
            return;
        }
        commit(live, result, true);
    }

    /** An effect that ended with an error may have been made all the same. */
    private void afterFailedEffect(LiveAttempt live, Execution.OutsideBody body, StepRef effect, Failure failure)
            throws IOException, InterruptedException {
        switch (body.probe(live.scene(), effect.toString())) {
            case Execution.Probe.Done(var result) -> commit(live, result, true);
            case Execution.Probe.Absent() -> {
                ledger.absent(effect);
                failed(live, failure);
            }
            case Execution.Probe.Unknown(var reason) -> unknown(live, failure.message() + " " + reason);
        }
    }

    private void unknown(LiveAttempt live, String reason) {
        if (live.settle()) {
            var failure = Failure.of(
                    Cause.LOST,
                    PipelineErrorCode.EFFECT_UNKNOWN,
                    "Nobody can tell whether step '" + live.step().name() + "' made its change: " + reason,
                    "Look at the other side, then say whether it was made.");
            write(live, () -> ledger.awaitDecision(live.attempt(), failure));
        }
    }

    private void commit(LiveAttempt live, StepResult result, boolean effect) {
        switch (result) {
            case StepResult.Succeeded(var outputs, var warnings) -> {
                requireOutputs(live, outputs);
                var outcome = outcome(live, outputs, warnings);
                var commits = commits(live, outputs, outcome, false);
                if (live.settle()) {
                    take(live, outcome, commits, outputs.values(), effect);
                }
            }
            case StepResult.Refused refused -> {
                if (live.settle()) {
                    var kept = outcome(live, refused.outputs(), 0);
                    write(
                            live,
                            () -> ledger.fail(
                                    live.attempt(),
                                    end(live, AttemptState.ERRORED, Optional.of(Failure.of(refused))),
                                    Optional.of(kept),
                                    refused.outputs().values()));
                }
            }
        }
    }

    private void take(
            LiveAttempt live, Outcome outcome, List<Commit> commits, Collection<Artifact> outputs, boolean effect) {
        write(live, () -> {
            var end = end(live, AttemptState.COMMITTED, Optional.empty());
            var finished = new Ledger.Finished(live.attempt(), outcome, commits, outputs, end, effect);
            try {
                var kind = live.kind();
                ledger.commit(
                        finished, kind.cached() && live.step().plan().cache().enabled());
            } catch (EsteiraException e) {
                if (Stall.mayPass(e)) {
                    throw e;
                }
                note(live, e);
                var failed = new Attempt.End(
                        AttemptState.ERRORED, end.annotations(), Optional.of(Failure.of(e)), end.log(), end.usage());
                abandon(
                        live,
                        new Execution.Unfinished(
                                Execution.Unfinished.Reason.FAILED,
                                Failure.of(e).message(),
                                clock.instant()));
                ledger.fail(live.attempt(), failed, Optional.empty(), List.of());
            }
        });
    }

    private static void requireOutputs(LiveAttempt live, Map<String, Artifact> outputs) {
        for (var name : live.step().plan().outputs()) {
            if (!outputs.containsKey(name)) {
                throw new EsteiraException(
                        PipelineErrorCode.OUTPUT_MISSING,
                        "Step '" + live.step().name() + "' ended without its output '" + name + "'.",
                        "Report it; the step kind promised that output.");
            }
        }
    }

    private static Outcome outcome(LiveAttempt live, Map<String, Artifact> outputs, int warnings) {
        return new Outcome(
                Outcome.How.RAN, Lookup.digests(outputs), live.scene().annotations(), warnings, Optional.empty());
    }

    private List<Commit> commits(LiveAttempt live, Map<String, Artifact> outputs, Outcome outcome, boolean cached) {
        return commits(
                live.run(),
                live.step(),
                live.scene().inputs(),
                outputs,
                outcome.annotations(),
                cached,
                clock.instant());
    }

    /** One commit for each output, in the order of their names. */
    static List<Commit> commits(
            PipelineRun run,
            RunStep step,
            Map<String, Artifact> inputs,
            Map<String, Artifact> outputs,
            Value.Fields annotations,
            boolean cached,
            Instant at) {
        var all = new ArrayList<Commit>();
        for (var name : Lookup.sorted(outputs)) {
            all.add(new Commit(
                    run.workspace(),
                    run.pipeline(),
                    run.id(),
                    step.name(),
                    name,
                    java.util.Objects.requireNonNull(outputs.get(name)),
                    inputs,
                    annotations,
                    cached,
                    at));
        }
        return all;
    }

    private void interrupted(LiveAttempt live) {
        var ending = live.ending();
        if (ending == LiveAttempt.Ending.STOPPING) {
            return;
        }
        if (ending == LiveAttempt.Ending.TIMED_OUT) {
            failed(live, ChildRun.timedOut(live));
        } else if (ending == LiveAttempt.Ending.CANCELLED) {
            settle(live, AttemptState.KILLED, cancelled(live));
        } else {
            failed(live, Failure.of(new IllegalStateException("The step was interrupted by nobody")));
        }
    }

    static Failure cancelled(LiveAttempt live) {
        return new Failure(
                Cause.CANCELLED,
                FaultOwner.CALLER,
                "CANCELLED",
                "Step '" + live.step().name() + "' was cancelled.",
                "");
    }

    private void failed(LiveAttempt live, Failure failure) {
        settle(live, AttemptState.ERRORED, failure);
    }

    private void lost(LiveAttempt live, String why) {
        if (live.ending() == LiveAttempt.Ending.CANCELLED) {
            settle(live, AttemptState.KILLED, cancelled(live));
            return;
        }
        settle(
                live,
                AttemptState.LOST,
                Failure.of(Cause.LOST, PipelineErrorCode.ATTEMPT_LOST, why + ".", "Nothing: it is tried again."));
    }

    /** Writes an end without a result, unless somebody wrote one. */
    void settle(LiveAttempt live, AttemptState state, Failure failure) {
        if (!live.settle()) {
            return;
        }
        var unfinished = new Execution.Unfinished(reason(state, failure), failure.message(), clock.instant());
        write(live, () -> {
            abandon(live, unfinished);
            ledger.fail(live.attempt(), end(live, state, Optional.of(failure)), Optional.empty(), List.of());
        });
    }

    private static Execution.Unfinished.Reason reason(AttemptState state, Failure failure) {
        return switch (state) {
            case KILLED -> Execution.Unfinished.Reason.CANCELLED;
            case LOST -> Execution.Unfinished.Reason.LOST;
            case DISPATCHED, STARTED, COMMITTING, COMMITTED, ERRORED, FENCED ->
                failure.cause().equals(Cause.TIMEOUT)
                        ? Execution.Unfinished.Reason.TIMED_OUT
                        : Execution.Unfinished.Reason.FAILED;
        };
    }

    /** Before the end is in the rows: whatever dies in between, the attempt is found again and this is done again. */
    private static void abandon(LiveAttempt live, Execution.Unfinished end) {
        try {
            live.kind().execution(live.step().plan().spec()).child().ifPresent(body -> body.abandon(live.scene(), end));
        } catch (RuntimeException e) {
            if (e instanceof EsteiraException known && Stall.mayPass(known)) {
                throw known;
            }
            LOG.error(
                    "What attempt {} of step {} began elsewhere could not be ended",
                    live.attempt().id(),
                    live.attempt().step(),
                    e);
        }
    }

    /**
     * The end of an attempt must reach the rows, after what it showed last: a full disk or an unreachable database is
     * waited out.
     */
    private void write(LiveAttempt live, Runnable work) {
        while (true) {
            try {
                progress.flush(live.attempt().step());
                work.run();
                return;
            } catch (EsteiraException e) {
                if (!Stall.mayPass(e)) {
                    LOG.error(
                            "The end of attempt {} of step {} cannot be written; it is found again at the next start",
                            live.attempt().id(),
                            live.attempt().step(),
                            e);
                    return;
                }
                stall.begin(e);
                if (live.ending() == LiveAttempt.Ending.STOPPING) {
                    return;
                }
            }
            try {
                Thread.interrupted();
                Thread.sleep(Stall.PAUSE);
            } catch (InterruptedException e) {
                LOG.debug("Woken while waiting to write the end of an attempt");
            }
        }
    }

    /** Stores the log, which a full disk refuses like everything else. */
    private Attempt.End end(LiveAttempt live, AttemptState state, Optional<Failure> failure) {
        return new Attempt.End(state, live.scene().annotations(), failure, storedLog(live), usage(live));
    }

    /** An end counts without its log. */
    private Optional<ArtifactStore.Stored> storedLog(LiveAttempt live) {
        try {
            var log = live.scene().folder().writtenLog();
            if (log.isEmpty()) {
                return Optional.empty();
            }
            try (var content = Files.newInputStream(log.get())) {
                return Optional.of(artifacts.store().put(content));
            }
        } catch (IOException e) {
            LOG.warn("The log of attempt {} cannot be kept: {}", live.attempt().id(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Attempt.Usage usage(LiveAttempt live) {
        try {
            return live.attempt().how() == Attempt.How.CHILD
                    ? new Shim(live.scene().folder()).usage()
                    : Attempt.Usage.UNKNOWN;
        } catch (IOException e) {
            return Attempt.Usage.UNKNOWN;
        }
    }

    /** Errors that nobody expected leave their stack trace in the step's log, for whoever reports them. */
    private static void note(LiveAttempt live, Throwable error) {
        try {
            if (error instanceof EsteiraException known) {
                live.scene().log(known.code().name() + ": " + known.explanation());
            } else {
                var trace = new StringWriter();
                error.printStackTrace(new PrintWriter(trace));
                live.scene().log(trace.toString());
            }
        } catch (UncheckedIOException e) {
            LOG.warn(
                    "The log of attempt {} cannot be written: {}",
                    live.attempt().id(),
                    e.getMessage());
        }
    }

    static void removeFolder(AttemptFolder folder, String attempt) {
        try {
            folder.remove();
        } catch (IOException e) {
            LOG.warn("The folder of attempt {} cannot be removed: {}", attempt, e.getMessage());
        }
    }
}
