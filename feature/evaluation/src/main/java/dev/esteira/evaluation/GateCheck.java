package dev.esteira.evaluation;

import dev.esteira.expression.Compiled;
import dev.esteira.expression.Expressions;
import dev.esteira.expression.Outcome;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Quantity;
import dev.esteira.kernel.Value;
import dev.esteira.quality.Severity;
import dev.esteira.quality.Verdict;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A check of a gate: an assertion about the report, or a bound on the model's size.
 *
 * @param maxBytes of {@code model.size}
 */
record GateCheck(String id, Severity severity, Optional<String> assertion, Optional<Long> maxBytes) {

    static final Shape.Group SHAPE = Shape.Group.of(
            Shape.Field.required("id", new Shape.Scalar(LogicalType.STRING), "Its name, unique in the gate."),
            Shape.Field.optional(
                    "assert",
                    new Shape.Condition(),
                    "A CEL expression over 'report' and 'params' that is true when all is well."),
            Shape.Field.optional("check", new Shape.Choice(List.of("model.size")), "A check from the registry."),
            Shape.Field.optional("max", new Shape.Size(), "The largest size of the model's files, e.g. 20MiB."),
            Shape.Field.optional(
                    "severity",
                    new Shape.Choice(Severity.texts()),
                    "What follows when it fails; error unless said otherwise."),
            Shape.Field.optional("description", new Shape.Scalar(LogicalType.STRING), "Why it is asked."));

    /** What a check found. */
    record Result(GateCheck check, Verdict verdict, String observed) {

        /** Whether it stops the model: an error that failed or that nobody can decide. */
        boolean blocks() {
            return check.severity == Severity.ERROR && (verdict == Verdict.FAIL || verdict == Verdict.UNDECIDED);
        }
    }

    static GateCheck of(Value.Fields item) {
        return new GateCheck(
                item.text("id").orElseThrow(),
                item.text("severity").map(Severity::of).orElse(Severity.ERROR),
                item.text("assert"),
                item.text("max").map(Quantity::bytes));
    }

    /** What would pass, in words. */
    String expected() {
        return assertion.orElseGet(() -> "at most " + mebibytes(maxBytes.orElse(0L)));
    }

    Result judge(Expressions expressions, Map<String, Value> values, Map<String, String> absences, Artifact model) {
        return assertion.isPresent()
                ? assertion(assertion.get(), expressions, values, absences)
                : new Result(
                        this,
                        model.size() <= maxBytes.orElse(0L) ? Verdict.PASS : Verdict.FAIL,
                        mebibytes(model.size()));
    }

    private Result assertion(
            String text, Expressions expressions, Map<String, Value> values, Map<String, String> absences) {
        return switch (expressions.condition(text)) {
            case Compiled.Malformed(var problems) ->
                new Result(this, Verdict.UNDECIDED, problems.getFirst().message());
            case Compiled.Ready(var expression) ->
                switch (expression.evaluate(values, absences)) {
                    case Outcome.Undecided(var reason) -> new Result(this, Verdict.UNDECIDED, reason);
                    case Outcome.Decided(var value) ->
                        new Result(
                                this,
                                value.asFlag().orElse(false) ? Verdict.PASS : Verdict.FAIL,
                                Reading.of(expression, values, absences));
                };
        };
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MiB", bytes / 1024.0 / 1024.0);
    }
}
