package dev.esteira.pipelinespec;

import dev.esteira.document.Pointers;
import dev.esteira.document.ShapeCheck;
import dev.esteira.document.Suggestion;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the declarations of parameters and gives each its value in a run. */
final class Params {

    static final String POINTER = "/spec/params";

    private final Problems problems;
    private final List<ParamSpec> declared = new ArrayList<>();
    private final Map<String, Value> values = new LinkedHashMap<>();

    private Params(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads declarations and values.
     *
     * @param given by name; texts are read by the declared type
     * @param stage before the check a value may still be missing
     */
    static Params read(Value.Fields declarations, Value.Fields given, Stage stage, Problems problems) {
        var params = new Params(problems);
        if (declarations.entries().size() > PipelineShape.MAX_PARAMS) {
            problems.value(
                    POINTER,
                    PipelineSpecErrorCode.PARAM_DECLARATION_MALFORMED,
                    "There are more than " + PipelineShape.MAX_PARAMS + " parameters.",
                    "Put what belongs together into one file of its own.");
            return params;
        }
        declarations
                .entries()
                .forEach((name, declaration) -> declaration
                        .asFields()
                        .ifPresent(fields -> params.declare(name, fields).ifPresent(params.declared::add)));
        params.declared.forEach(param -> params.bind(param, given.field(param.name()), stage));
        params.refuseUnknown(given, declarations);
        return params;
    }

    List<ParamSpec> declared() {
        return declared;
    }

    /** The value of every parameter that has a right one, in the order of the file. */
    Value.Fields values() {
        return Value.ofFields(values);
    }

    private Optional<ParamSpec> declare(String name, Value.Fields fields) {
        var pointer = Pointers.child(POINTER, name);
        if (!PipelineShape.WORD.matcher(name).matches()) {
            problems.key(
                    pointer,
                    PipelineSpecErrorCode.STEP_NAME_MALFORMED,
                    "The parameter name '" + name + "' cannot be used in an expression.",
                    "Use up to 63 letters, digits and underscores, not starting with a digit.");
            return Optional.empty();
        }
        var type = fields.text("type").flatMap(LogicalType::of);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        var before = problems.count();
        checkBounds(pointer, type.get(), fields);
        var minimum = fields.field("minimum");
        var maximum = fields.field("maximum");
        var bare = new ParamSpec(name, type.get(), Optional.empty(), minimum, maximum, fields.text("description"));
        if (problems.count() > before) {
            return Optional.empty();
        }
        var fallback = fields.field("default").flatMap(value -> typed(bare, value, "default", pointer + "/default"));
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new ParamSpec(name, type.get(), fallback, minimum, maximum, bare.description()));
    }

    private void checkBounds(String pointer, LogicalType type, Value.Fields fields) {
        for (var bound : List.of("minimum", "maximum")) {
            if (fields.field(bound).isPresent() && !type.numeric()) {
                problems.key(
                        Pointers.child(pointer, bound),
                        PipelineSpecErrorCode.PARAM_DECLARATION_MALFORMED,
                        "A " + type.text() + " has no " + bound + ".",
                        "Remove it, or declare a number.");
            }
        }
        var minimum = fields.number("minimum");
        var maximum = fields.number("maximum");
        if (minimum.isPresent() && maximum.isPresent() && minimum.get() > maximum.get()) {
            problems.value(
                    Pointers.child(pointer, "minimum"),
                    PipelineSpecErrorCode.PARAM_DECLARATION_MALFORMED,
                    "The minimum " + shown(fields, "minimum") + " is above the maximum " + shown(fields, "maximum")
                            + ".",
                    "Swap them.");
        }
    }

    private static String shown(Value.Fields fields, String name) {
        return CanonicalJson.text(fields.field(name).orElse(Value.NOTHING));
    }

    private void bind(ParamSpec param, Optional<Value> given, Stage stage) {
        var pointer = Pointers.child(POINTER, param.name());
        if (given.isPresent()) {
            typed(param, fromText(param.type(), given.get()), "value given", pointer)
                    .ifPresent(value -> values.put(param.name(), value));
        } else if (param.fallback().isPresent()) {
            values.put(param.name(), param.fallback().get());
        } else if (stage == Stage.CHECK) {
            problems.key(
                    pointer,
                    PipelineSpecErrorCode.PARAM_MISSING,
                    "The parameter '" + param.name() + "' has no default and was not given.",
                    "Give it: -p " + param.name() + "=…");
        }
    }

    /** Values on a command line are texts: the same words as in the file. */
    private static Value fromText(LogicalType type, Value given) {
        if (!(given instanceof Value.Text(var text))) {
            return given;
        }
        return switch (type) {
            case INTEGER -> text.matches("[-+]?\\d{1,18}") ? Value.of(Long.parseLong(text)) : given;
            case NUMBER ->
                text.matches("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?")
                                && Double.isFinite(Double.parseDouble(text))
                        ? Value.of(Double.parseDouble(text))
                        : given;
            case BOOLEAN -> text.matches("true|false") ? Value.of(Boolean.parseBoolean(text)) : given;
            case STRING, DATE, TIMESTAMP, DECIMAL -> given;
        };
    }

    /** The value in the one form of its type; empty, with a problem, when it is of another or out of bounds. */
    private Optional<Value> typed(ParamSpec param, Value value, String what, String pointer) {
        var wrong = ShapeCheck.problems(value, new Shape.Scalar(param.type()));
        if (!wrong.isEmpty()) {
            problems.value(
                    pointer,
                    PipelineSpecErrorCode.PARAM_MALFORMED,
                    "The " + what + " of the parameter '" + param.name() + "' is " + shown(value) + ", not "
                            + ShapeCheck.describe(new Shape.Scalar(param.type())) + ".",
                    wrong.getFirst().remedy());
            return Optional.empty();
        }
        var normal = normal(param.type(), value);
        if (outside(param, normal)) {
            problems.value(
                    pointer,
                    PipelineSpecErrorCode.PARAM_MALFORMED,
                    "The " + what + " of the parameter '" + param.name() + "' is " + shown(value) + ", which is "
                            + bounds(param) + ".",
                    "");
            return Optional.empty();
        }
        return Optional.of(normal);
    }

    private static Value normal(LogicalType type, Value value) {
        return switch (type) {
            case INTEGER -> value.asWhole().<Value>map(Value::of).orElse(value);
            case NUMBER -> value.asNumber().<Value>map(Value::of).orElse(value);
            case TIMESTAMP -> value.asText().map(Params::utc).orElse(value);
            case STRING, BOOLEAN, DATE, DECIMAL -> value;
        };
    }

    private static Value utc(String text) {
        try {
            return Value.of(OffsetDateTime.parse(text)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toInstant()
                    .toString());
        } catch (DateTimeException e) {
            return Value.of(text);
        }
    }

    private static boolean outside(ParamSpec param, Value value) {
        if (!param.type().numeric()) {
            return false;
        }
        var number = decimal(value);
        return param.minimum()
                        .filter(bound -> number.compareTo(decimal(bound)) < 0)
                        .isPresent()
                || param.maximum()
                        .filter(bound -> number.compareTo(decimal(bound)) > 0)
                        .isPresent();
    }

    private static BigDecimal decimal(Value value) {
        return new BigDecimal(value.asText().orElseGet(() -> CanonicalJson.text(value)));
    }

    private static String bounds(ParamSpec param) {
        var minimum = param.minimum().map(CanonicalJson::text);
        var maximum = param.maximum().map(CanonicalJson::text);
        if (minimum.isPresent() && maximum.isPresent()) {
            return "not between " + minimum.get() + " and " + maximum.get();
        }
        return minimum.map(bound -> "below " + bound).orElseGet(() -> "above " + maximum.orElse(""));
    }

    private static String shown(Value value) {
        return value.asText().map(text -> "'" + text + "'").orElseGet(() -> CanonicalJson.text(value));
    }

    private void refuseUnknown(Value.Fields given, Value.Fields declarations) {
        for (var name : given.entries().keySet()) {
            if (!declarations.entries().containsKey(name)) {
                problems.key(
                        POINTER,
                        PipelineSpecErrorCode.PARAM_UNKNOWN,
                        "A value was given for '" + name + "', which is no parameter of this pipeline.",
                        Suggestion.of(name, declarations.entries().keySet(), "It has none."));
            }
        }
    }
}
