package dev.esteira.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Counts the workers that are busy and keeps the steps that wait for one, first come first served. Thread-safe. */
final class Slots {

    private final int limit;
    private final Deque<StepRef> waiting = new ArrayDeque<>();
    private int busy;

    Slots(int limit) {
        this.limit = limit;
    }

    /** Takes a worker if one is free and nobody waits longer. */
    synchronized boolean tryTake() {
        if (busy >= limit || !waiting.isEmpty()) {
            return false;
        }
        busy++;
        return true;
    }

    /** Takes one more, free or not: for what goes on since before a restart. */
    synchronized void take() {
        busy++;
    }

    /** Lets a step wait; answers with a step that may go on at once with a worker taken for it. */
    synchronized Optional<StepRef> enqueue(StepRef step) {
        waiting.addLast(step);
        return next();
    }

    /** Gives a worker back; answers with the step that has it now. */
    synchronized Optional<StepRef> give() {
        busy--;
        return next();
    }

    /** How many steps are served before one that waits; empty when it does not wait. */
    synchronized Optional<Integer> ahead(StepRef step) {
        var before = 0;
        for (var other : waiting) {
            if (other.equals(step)) {
                return Optional.of(before);
            }
            before++;
        }
        return Optional.empty();
    }

    int limit() {
        return limit;
    }

    private Optional<StepRef> next() {
        if (busy >= limit) {
            return Optional.empty();
        }
        var step = Optional.ofNullable(waiting.pollFirst());
        if (step.isPresent()) {
            busy++;
        }
        return step;
    }
}
