package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import java.time.Instant;

/** What is woken in memory after a transaction has reached the disk. All of it is found in rows after a crash. */
interface Wakeups {

    /** A run has new events. */
    void changed(RunRef run);

    /** A step is ready. */
    void ready(StepRef step);

    /** A step is ready at a later moment. */
    void readyAt(StepRef step, Instant due);

    /** The lease of a key for which others wait was given back. */
    void released(WorkspaceName workspace, Digest key);

    /** The live attempts of a run are to be ended. */
    void cancelling(RunRef run);
}
