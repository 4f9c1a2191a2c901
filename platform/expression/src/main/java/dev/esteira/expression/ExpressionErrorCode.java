package dev.esteira.expression;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of expressions that people write. */
public enum ExpressionErrorCode implements ErrorCode {
    MALFORMED_EXPRESSION("An expression is not CEL, or is longer or deeper than allowed."),
    UNKNOWN_NAME("An expression uses a name that does not exist there; the nearest one is named."),
    EXPRESSION_TYPE(
            "The types in an expression do not fit each other, or its result is of another type than asked for.");

    private final String description;

    ExpressionErrorCode(String description) {
        this.description = description;
    }

    @Override
    public FaultOwner owner() {
        return FaultOwner.CALLER;
    }

    @Override
    public int status() {
        return 400;
    }

    @Override
    public String description() {
        return description;
    }
}
