package dev.esteira.evaluation;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of evaluations and gates. */
public enum EvaluationErrorCode implements ErrorCode {
    GATE_FAILED(FaultOwner.DATA, 422, "A check of a gate failed or could not be decided; the decision says which."),
    EVALUATION_INPUT_MISSING(
            FaultOwner.CALLER, 400, "A step lacks an input that its kind needs, or has it in another type."),
    EVALUATION_METRIC_UNKNOWN(
            FaultOwner.CALLER, 400, "A step asks for a metric that does not exist or belongs to another task."),
    EVALUATION_COLUMN_UNKNOWN(
            FaultOwner.CALLER,
            422,
            "An evaluation needs a column that the rows do not have: the label, or one to slice by."),
    EVALUATION_COLUMN_UNFIT(
            FaultOwner.CALLER,
            422,
            "A column of an evaluation is of the wrong type: a label that is no number, or one that gives no slices."),
    EVALUATION_FEATURES_UNFIT(FaultOwner.CALLER, 422, "The transform does not make the columns that the model takes."),
    GATE_CHECK_MALFORMED(
            FaultOwner.CALLER,
            400,
            "A check of a gate is neither a valid assertion nor a check of the gate's registry.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    EvaluationErrorCode(FaultOwner owner, int status, String description) {
        this.owner = owner;
        this.status = status;
        this.description = description;
    }

    @Override
    public FaultOwner owner() {
        return owner;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String description() {
        return description;
    }
}
