package dev.esteira.pipelinespec;

import dev.esteira.document.Pointers;
import dev.esteira.document.ShapeCheck;
import dev.esteira.document.Suggestion;
import dev.esteira.expression.Compiled;
import dev.esteira.expression.ExpressionErrorCode;
import dev.esteira.expression.Expressions;
import dev.esteira.expression.FieldPath;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the conditions of steps and what they read. A condition is what a kind's shape says is one, and every field
 * called {@code assert}, which the format keeps for conditions.
 */
final class ConditionReader {

    private static final String ASSERT = "assert";

    private final Params params;
    private final Expressions whens;
    private final Problems problems;

    ConditionReader(Params params, Problems problems) {
        this.params = params;
        this.whens = RunCondition.expressions(params.declared());
        this.problems = problems;
    }

    /** The conditions of a step by their pointer in the file. */
    SequencedMap<String, String> find(Value.Fields step, Shape.Group shape, String pointer) {
        var found = new LinkedHashMap<String, String>();
        ShapeCheck.conditions(step, shape).forEach((at, text) -> found.put(pointer + at, text));
        asserts(step, pointer, found);
        return found;
    }

    private static void asserts(Value value, String pointer, Map<String, String> found) {
        switch (value) {
            case Value.Sequence(var items) -> {
                for (var index = 0; index < items.size(); index++) {
                    asserts(items.get(index), Pointers.child(pointer, index), found);
                }
            }
            case Value.Fields(var entries) ->
                entries.forEach((name, child) -> {
                    var at = Pointers.child(pointer, name);
                    if (name.equals(ASSERT) && child instanceof Value.Text(var text)) {
                        found.put(at, text);
                    } else {
                        asserts(child, at, found);
                    }
                });
            default -> {}
        }
    }

    /** The step's {@code when}, checked for names and types. */
    Optional<String> when(Value.Fields step, StepKind kind, String pointer) {
        var owned =
                kind.shape().fields().stream().anyMatch(field -> field.name().equals("when"));
        var text = owned ? Optional.<String>empty() : step.text("when");
        text.ifPresent(condition -> {
            var at = Pointers.child(pointer, "when");
            if (Template.is(condition)) {
                problems.value(
                        at,
                        PipelineSpecErrorCode.REFERENCE_MALFORMED,
                        "A condition holds ${{ }}.",
                        "Write params.NAME without it.");
            } else {
                check(condition, at);
            }
        });
        return text;
    }

    private void check(String text, String pointer) {
        if (whens.condition(text) instanceof Compiled.Malformed(var found)) {
            found.forEach(it -> problems.inside(pointer, it.offset(), it.code(), it.message(), it.remedy()));
        }
    }

    /** The values of the parameters that conditions read, by name. */
    Value.Fields params(Map<String, String> conditions) {
        var names = new TreeSet<String>();
        conditions.forEach((pointer, text) -> {
            if (!pointer.endsWith("/when") && !Template.is(text)) {
                Expressions.paths(text)
                        .ifPresentOrElse(
                                paths -> paths.forEach(path -> collect(path, pointer, names)),
                                () -> explain(text, pointer));
            }
        });
        var values = new LinkedHashMap<String, Value>();
        names.forEach(name -> params.values().field(name).ifPresent(value -> values.put(name, value)));
        return new Value.Fields(values);
    }

    /** Reports why a text is no condition at all; names and types are its kind's business. */
    private void explain(String text, String pointer) {
        if (whens.condition(text) instanceof Compiled.Malformed(var found)) {
            found.stream()
                    .filter(it -> it.code() == ExpressionErrorCode.MALFORMED_EXPRESSION)
                    .forEach(it -> problems.inside(pointer, it.offset(), it.code(), it.message(), it.remedy()));
        }
    }

    private void collect(FieldPath path, String pointer, Set<String> names) {
        var declared = params.declared().stream().map(ParamSpec::name).toList();
        if (!path.names().getFirst().equals("params")) {
            return;
        }
        if (path.names().size() == 1) {
            names.addAll(declared);
            return;
        }
        var name = path.names().get(1);
        if (declared.contains(name)) {
            names.add(name);
        } else {
            problems.inside(
                    pointer,
                    path.offset(),
                    PipelineSpecErrorCode.PARAM_UNKNOWN,
                    "There is no parameter '" + name + "'.",
                    Suggestion.of(name, declared, "Declare it under spec.params."));
        }
    }
}
