package dev.esteira.pipeline;

import java.util.List;
import java.util.Optional;

/** What becomes of a step once the steps before it have ended. Pure. */
final class StepRules {

    /** How a step depends on one before it. */
    enum Edge {
        /** It takes an output. */
        DATA,
        /** It takes an output where there is one. */
        OPTIONAL,
        /** It only comes later. */
        CONTROL
    }

    /** A step before this one and how that ended, if it did. */
    record Before(String step, Edge edge, StepState state) {}

    /**
     * What follows.
     *
     * @param because the step that decided it, empty for {@link StepState#READY}
     */
    record Next(StepState state, Optional<String> because) {}

    private StepRules() {}

    /** What follows, empty while a step before it has not ended. */
    static Optional<Next> next(List<Before> before) {
        if (before.stream().anyMatch(one -> !one.state().ended())) {
            return Optional.empty();
        }
        for (var one : before) {
            if (one.state() != StepState.SUCCEEDED && one.state() != StepState.SKIPPED) {
                return Optional.of(new Next(StepState.UPSTREAM_FAILED, Optional.of(one.step())));
            }
        }
        for (var one : before) {
            if (one.state() == StepState.SKIPPED && one.edge() == Edge.DATA) {
                return Optional.of(new Next(StepState.SKIPPED, Optional.of(one.step())));
            }
        }
        return Optional.of(new Next(StepState.READY, Optional.empty()));
    }

    /** The state in which a run ends whose steps ended like this. */
    static RunState runEnd(boolean cancelling, List<StepState> steps) {
        if (cancelling) {
            return RunState.CANCELLED;
        }
        var failed = steps.stream().anyMatch(state -> state != StepState.SUCCEEDED && state != StepState.SKIPPED);
        return failed ? RunState.FAILED : RunState.SUCCEEDED;
    }
}
