package dev.esteira.spi;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** How a step is carried out. */
public sealed interface Execution {

    /** Inside the server: light, by our own code alone, ends when interrupted. */
    record Inline(Body body) implements Execution {}

    /** In a process of its own, which outlives the server: whatever can crash, leak or hang. */
    record Child(ChildBody body) implements Execution {}

    /** A change of the world outside, done at most once. */
    record Outside(OutsideBody body) implements Execution {}

    /** The work of an {@link Inline} step. */
    @FunctionalInterface
    interface Body {

        /**
         * Does the work.
         *
         * @throws dev.esteira.kernel.EsteiraException when it cannot be done; the code's owner decides whether it is tried again
         */
        StepResult run(StepContext context) throws IOException, InterruptedException;
    }

    /** The work of a {@link Child} step, in a few moments; a restart of the server may lie between any two. */
    interface ChildBody {

        /** Writes what the process needs into the attempt's folder and says how to start it. */
        Launch prepare(StepContext context) throws IOException, InterruptedException;

        /**
         * Looks at a complete line that the process added to its {@code progress} file; called in order, again from the
         * start after a restart.
         */
        void observe(StepContext context, String line);

        /** Makes the outputs of a process that ended with exit status 0. */
        StepResult collect(StepContext context) throws IOException, InterruptedException;

        /**
         * Ends elsewhere what the attempt began there, because it ends without a result that counts. The process has
         * ended or never began; {@link #prepare} may have been cut short, and {@link #collect} may have been done.
         * Called before the end is written, so again when the server died in between: does nothing the second time.
         *
         * @throws dev.esteira.kernel.EsteiraException when a store of this server is not usable right now; tried again
         *     for a while. Other errors are logged, and the attempt ends all the same
         */
        default void abandon(StepContext context, Unfinished end) {}
    }

    /**
     * How an attempt ended that has no result that counts.
     *
     * @param message one sentence for people
     * @param at when the server saw it
     */
    record Unfinished(Reason reason, String message, Instant at) {

        /** Why there is no result. */
        public enum Reason {
            /** The process or the work around it failed. */
            FAILED,
            /** It took longer than its timeout. */
            TIMED_OUT,
            /** Somebody cancelled it. */
            CANCELLED,
            /** Nobody knows how it ended; mostly it is tried again. */
            LOST
        }
    }

    /** The work of an {@link Outside} step. */
    interface OutsideBody {

        /**
         * Makes the change under a key that the other side can be asked for.
         *
         * @param key the same for every attempt of this step of this run
         */
        StepResult perform(StepContext context, String key) throws IOException, InterruptedException;

        /** Asks the other side, after a crash, whether the change under that key was made. */
        Probe probe(StepContext context, String key) throws IOException, InterruptedException;
    }

    /** What is known of a change after a crash. */
    sealed interface Probe {

        /** It was made, with this result. */
        record Done(StepResult result) implements Probe {}

        /** It was not made and may be made now. */
        record Absent() implements Probe {}

        /** Nobody can tell: a person decides. */
        record Unknown(String reason) implements Probe {}
    }

    /** The child's body, empty when this runs otherwise. */
    default Optional<ChildBody> child() {
        return this instanceof Child(var body) ? Optional.of(body) : Optional.empty();
    }
}
