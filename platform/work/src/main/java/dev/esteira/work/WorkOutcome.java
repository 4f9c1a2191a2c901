package dev.esteira.work;

import dev.esteira.store.Action;
import java.time.Instant;

/** How work ended that did not fail. */
public sealed interface WorkOutcome {

    /** What is written in the transaction that notes the end; refused with it when another has taken the work over. */
    Action rows();

    /** It is done and forgotten. */
    record Done(Action rows) implements WorkOutcome {}

    /** It is to be done again, e.g. a timer that repeats. */
    record Again(Instant due, Action rows) implements WorkOutcome {}

    /** Done, with nothing more to write. */
    static WorkOutcome done() {
        return new Done(tx -> {});
    }

    /** Again at a moment, with nothing more to write. */
    static WorkOutcome again(Instant due) {
        return new Again(due, tx -> {});
    }
}
