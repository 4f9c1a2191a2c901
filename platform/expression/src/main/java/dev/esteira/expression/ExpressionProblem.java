package dev.esteira.expression;

import dev.esteira.kernel.ErrorCode;

/**
 * Something wrong in an expression.
 *
 * @param offset of the place in the expression, in code points, from 0
 * @param message one sentence that names the offending part
 * @param remedy what to do, one sentence; empty when the message says it
 */
public record ExpressionProblem(int offset, ErrorCode code, String message, String remedy) {}
