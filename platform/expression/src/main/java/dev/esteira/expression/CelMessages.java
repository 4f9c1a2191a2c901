package dev.esteira.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.NearestName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the language's messages into sentences for people. */
final class CelMessages {

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.+?)' \\(in container.*");
    private static final Pattern UNDEFINED = Pattern.compile("undefined field '(.+?)'");
    private static final Pattern EXPECTED = Pattern.compile("expected type '(.+?)' but found '(.+?)'");
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '(.+?)' applied to '(.*?)(?:\\((.*?)\\))' \\(candidates.*");
    private static final Pattern RUNTIME_OVERLOAD = Pattern.compile("No matching overload for function '(.+?)'");
    private static final Pattern OWNER = Pattern.compile("([A-Za-z_][A-Za-z0-9_.]*)\\s*$");
    private static final Pattern OPERATOR = Pattern.compile("!?_?([^A-Za-z_@]+|in)_");

    private final String text;
    private final ExpressionType.Struct variables;

    CelMessages(String text, ExpressionType.Struct variables) {
        this.text = text;
        this.variables = variables;
    }

    /** The problems; of several syntax errors the first, since the others follow from it. */
    List<ExpressionProblem> problems(Collection<CelIssue> issues) {
        var problems = issues.stream().map(this::problem).toList();
        var syntax = problems.stream()
                .filter(problem -> problem.code() == ExpressionErrorCode.MALFORMED_EXPRESSION)
                .findFirst();
        return syntax.map(List::of).orElse(problems);
    }

    static CelAbstractSyntaxTree tree(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("An expression without errors has a tree", e);
        }
    }

    private ExpressionProblem problem(CelIssue issue) {
        var offset = offset(issue.getSourceLocation());
        var message = issue.getMessage();
        var undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            var name = undeclared.group(1);
            return unknown(
                    offset,
                    "There is no '" + name + "' here.",
                    name,
                    variables.fields().keySet());
        }
        var undefined = UNDEFINED.matcher(message);
        if (undefined.matches()) {
            return undefinedField(offset, undefined.group(1));
        }
        var overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return new ExpressionProblem(offset, ExpressionErrorCode.EXPRESSION_TYPE, overloadSentence(overload), "");
        }
        var expected = EXPECTED.matcher(message);
        if (expected.matches()) {
            var given = "Here stands " + typeName(expected.group(2)) + ", not " + typeName(expected.group(1)) + ".";
            return new ExpressionProblem(offset, ExpressionErrorCode.EXPRESSION_TYPE, given, "");
        }
        if (message.startsWith("expected type") || message.contains("does not support field selection")) {
            return new ExpressionProblem(offset, ExpressionErrorCode.EXPRESSION_TYPE, sentence(message), "");
        }
        var single = message.startsWith("token recognition error at: '=");
        return new ExpressionProblem(
                offset,
                ExpressionErrorCode.MALFORMED_EXPRESSION,
                "The expression is not CEL here: " + syntax(message) + ".",
                single ? "Write == to compare." : "");
    }

    private ExpressionProblem undefinedField(int offset, String field) {
        var before = text.substring(0, text.offsetByCodePoints(0, offset));
        var owner = OWNER.matcher(before);
        var path = owner.find() ? owner.group(1) : "";
        ExpressionType type = variables;
        for (var step : path.split("\\.", -1)) {
            type = type instanceof ExpressionType.Struct(var fields)
                    ? fields.getOrDefault(step, ExpressionType.DYNAMIC)
                    : ExpressionType.DYNAMIC;
        }
        var known = type instanceof ExpressionType.Struct(var fields) ? fields.keySet() : List.<String>of();
        var at = offset + (text.codePointAt(text.offsetByCodePoints(0, offset)) == '.' ? 1 : 0);
        return unknown(at, "There is no '" + (path.isEmpty() ? "" : path + ".") + field + "'.", field, known);
    }

    private static ExpressionProblem unknown(int offset, String message, String name, Collection<String> known) {
        var remedy = NearestName.of(name, known)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElseGet(() -> known.isEmpty() ? "" : "Known here: " + String.join(", ", known) + ".");
        return new ExpressionProblem(offset, ExpressionErrorCode.UNKNOWN_NAME, message, remedy);
    }

    private static String overloadSentence(Matcher overload) {
        var types = Arrays.stream(overload.group(3).split(", "))
                .filter(type -> !type.isEmpty())
                .map(CelMessages::typeName)
                .collect(Collectors.joining(" and "));
        return "'" + operator(overload.group(1)) + "' does not work on " + (types.isEmpty() ? "nothing" : types) + ".";
    }

    /** A sentence about a function that met values it cannot take. */
    static String runtimeOverload(String message) {
        var matcher = RUNTIME_OVERLOAD.matcher(message);
        return matcher.find()
                ? "'" + operator(matcher.group(1)) + "' does not work on the values it met."
                : "A function does not work on the values it met.";
    }

    private static String operator(String function) {
        var matcher = OPERATOR.matcher(function);
        return matcher.matches() ? matcher.group(1) : function;
    }

    private int offset(CelSourceLocation at) {
        var lines = text.split("\n", -1);
        var offset = Math.max(0, at.getColumn());
        for (var line = 0; line < at.getLine() - 1 && line < lines.length; line++) {
            offset += lines[line].codePointCount(0, lines[line].length()) + 1;
        }
        return Math.min(offset, Math.max(0, text.codePointCount(0, text.length()) - 1));
    }

    private static String syntax(String message) {
        if (message.startsWith("token recognition error at: '=")) {
            return "a single '=' stands for nothing";
        }
        if (message.contains("'<EOF>'")) {
            return "it ends too early";
        }
        return message.replaceAll("\\s+", " ")
                .replaceAll(" expecting \\{.*", "")
                .replaceAll("[.]$", "");
    }

    private static String sentence(String message) {
        var line = syntax(message);
        return line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1) + ".";
    }

    static String typeName(LogicalType type) {
        return switch (type) {
            case STRING -> "a text";
            case INTEGER -> "an integer";
            case NUMBER, DECIMAL -> "a number";
            case BOOLEAN -> "true or false";
            case DATE -> "a date";
            case TIMESTAMP -> "a timestamp";
        };
    }

    /** What a result should have been, after "no". */
    static String kindName(LogicalType type) {
        return switch (type) {
            case STRING -> "text";
            case INTEGER -> "integer";
            case NUMBER, DECIMAL -> "finite number";
            case BOOLEAN -> "truth value";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
        };
    }

    static String typeName(String type) {
        return switch (type) {
            case "string" -> "a text";
            case "int", "uint" -> "an integer";
            case "double" -> "a number";
            case "bool" -> "true or false";
            case "google.protobuf.Timestamp" -> "a timestamp";
            case "google.protobuf.Duration" -> "a duration";
            case "null_type" -> "null";
            default -> {
                if (type.startsWith("list")) {
                    yield "a list";
                }
                yield type.startsWith("map") || type.startsWith("esteira.") ? "a map" : type;
            }
        };
    }
}
