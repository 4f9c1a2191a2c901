package dev.esteira.pipelinespec;

import dev.esteira.expression.Compiled;
import dev.esteira.expression.ExpressionType;
import dev.esteira.expression.Expressions;
import dev.esteira.expression.Outcome;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The {@code when} of a step: a CEL condition over {@code params}, {@code metadata} (name, description, owner, labels)
 * and {@code run} (profile: the name given at submit, else an empty text).
 */
public final class RunCondition {

    private static final ExpressionType TEXT = ExpressionType.of(LogicalType.STRING);

    /** The one form in which values of timestamp parameters are kept. */
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    private RunCondition() {}

    /**
     * Evaluates a condition that was checked when the file was submitted.
     *
     * @param params every parameter with its value in the run
     * @param metadata see {@link Metadata#toValue()}
     * @param profile the run's profile, empty for none
     */
    public static Outcome evaluate(String condition, Value.Fields params, Value.Fields metadata, String profile) {
        return switch (compiled(condition, params)) {
            case Compiled.Ready(var expression) ->
                expression.evaluate(Map.of(
                        "params", params,
                        "metadata", metadata,
                        "run", Value.Fields.EMPTY.with("profile", Value.of(profile))));
            case Compiled.Malformed(var problems) ->
                new Outcome.Undecided(problems.getFirst().message());
        };
    }

    /** Values of timestamps and texts look alike: what reads as an instant is one, where the condition allows it. */
    private static Compiled compiled(String condition, Value.Fields params) {
        var types = new TreeMap<String, ExpressionType>();
        params.entries()
                .forEach((name, value) -> types.put(
                        name,
                        value.asText()
                                        .filter(text -> INSTANT.matcher(text).matches())
                                        .isPresent()
                                ? ExpressionType.of(LogicalType.TIMESTAMP)
                                : ExpressionType.of(value)));
        var asInstants = new Expressions(variables(new ExpressionType.Struct(types))).condition(condition);
        return asInstants instanceof Compiled.Ready
                ? asInstants
                : new Expressions(variables(ExpressionType.of(params))).condition(condition);
    }

    static Expressions expressions(List<ParamSpec> params) {
        var types = new TreeMap<String, ExpressionType>();
        params.forEach(param -> types.put(param.name(), ExpressionType.of(param.type())));
        return new Expressions(variables(new ExpressionType.Struct(types)));
    }

    private static Map<String, ExpressionType> variables(ExpressionType params) {
        return Map.of(
                "params",
                params,
                "metadata",
                new ExpressionType.Struct(Map.of(
                        "name", TEXT, "description", TEXT, "owner", TEXT, "labels", new ExpressionType.MapOf(TEXT))),
                "run",
                new ExpressionType.Struct(Map.of("profile", TEXT)));
    }
}
