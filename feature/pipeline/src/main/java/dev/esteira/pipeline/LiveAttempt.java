package dev.esteira.pipeline;

import dev.esteira.spi.StepKind;
import org.jspecify.annotations.Nullable;

/** An attempt that is being carried out by a thread of this process. Thread-safe. */
final class LiveAttempt {

    /** Why it is to end before its time. */
    enum Ending {
        CANCELLED,
        TIMED_OUT,
        /** The server stops: what outlives it goes on. */
        STOPPING
    }

    private final Attempt attempt;
    private final RunStep step;
    private final PipelineRun run;
    private final StepKind kind;
    private final AttemptScene scene;
    private @Nullable Thread thread;
    private @Nullable Ending ending;
    private boolean settled;

    LiveAttempt(Attempt attempt, PipelineRun run, RunStep step, StepKind kind, AttemptScene scene) {
        this.attempt = attempt;
        this.run = run;
        this.step = step;
        this.kind = kind;
        this.scene = scene;
    }

    Attempt attempt() {
        return attempt;
    }

    RunStep step() {
        return step;
    }

    PipelineRun run() {
        return run;
    }

    StepKind kind() {
        return kind;
    }

    AttemptScene scene() {
        return scene;
    }

    /** The current thread works on it from now on. */
    synchronized void begin() {
        thread = Thread.currentThread();
        if (ending != null) {
            thread.interrupt();
        }
    }

    /** The current thread does no more. */
    synchronized void leave() {
        thread = null;
        Thread.interrupted();
    }

    /** Asks it to end; the first reason counts. */
    synchronized void end(Ending why) {
        if (ending == null) {
            ending = why;
            scene.cancel();
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    synchronized @Nullable Ending ending() {
        return ending;
    }

    /** Claims the right to write how it ended; true for one caller only. */
    synchronized boolean settle() {
        var first = !settled;
        settled = true;
        return first;
    }
}
