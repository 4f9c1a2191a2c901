package dev.esteira.pipeline;

import dev.esteira.expression.Outcome;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.pipelinespec.RunCondition;

/** Decides the conditions of steps. */
final class Conditions {

    private Conditions() {}

    /** @throws EsteiraException CONDITION_UNDECIDED */
    static boolean holds(StepPlan.Condition condition, Value.Fields params) {
        return switch (RunCondition.evaluate(condition.text(), params, condition.metadata(), condition.profile())) {
            case Outcome.Decided(var value) -> value.asFlag().orElse(false);
            case Outcome.Undecided(var reason) ->
                throw new EsteiraException(
                        PipelineErrorCode.CONDITION_UNDECIDED,
                        "The condition '" + condition.text() + "' cannot be decided: " + reason,
                        "Ask with has() for what may be missing.");
        };
    }
}
