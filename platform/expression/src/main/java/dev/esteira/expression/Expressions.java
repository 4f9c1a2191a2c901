package dev.esteira.expression;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.esteira.kernel.LogicalType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles CEL expressions over declared variables. Making one is cheap: the language is loaded with the first
 * expression. Thread-safe.
 */
public final class Expressions {

    private final ExpressionType.Struct variables;
    private @Nullable CelCompiler compiler;

    /** @param variables what expressions may name, with what is known of each */
    public Expressions(Map<String, ExpressionType> variables) {
        this.variables = new ExpressionType.Struct(variables);
    }

    /** Compiles an expression that is true or false. */
    public Compiled condition(String text) {
        return compile(text, LogicalType.BOOLEAN);
    }

    /** Compiles an expression of at most 4 000 characters; its result, where known, must be of the type asked for. */
    public Compiled compile(String text, LogicalType asked) {
        if (text.isBlank()) {
            return malformed(0, ExpressionErrorCode.MALFORMED_EXPRESSION, "The expression is empty.", "Write one.");
        }
        if (text.codePointCount(0, text.length()) > CelEnvironment.MAX_LENGTH) {
            return malformed(
                    0,
                    ExpressionErrorCode.MALFORMED_EXPRESSION,
                    "The expression has more than " + CelEnvironment.MAX_LENGTH + " characters.",
                    "Split it.");
        }
        var result = compiler().compile(text);
        if (result.hasError()) {
            return new Compiled.Malformed(new CelMessages(text, variables).problems(result.getErrors()));
        }
        var tree = CelMessages.tree(result);
        if (!fits(tree.getResultType(), asked)) {
            return malformed(
                    0,
                    ExpressionErrorCode.EXPRESSION_TYPE,
                    "The expression gives "
                            + CelMessages.typeName(tree.getResultType().name()) + ", not " + CelMessages.typeName(asked)
                            + ".",
                    asked == LogicalType.BOOLEAN ? "Compare it with something." : "");
        }
        return new Compiled.Ready(new Expression(text, tree, variables, asked));
    }

    /**
     * What an expression reads, by its form alone: without knowing any name or type. Empty when it is not CEL, which
     * compiling it explains.
     */
    public static Optional<List<FieldPath>> paths(String text) {
        if (text.isBlank() || text.codePointCount(0, text.length()) > CelEnvironment.MAX_LENGTH) {
            return Optional.empty();
        }
        var result = CelEnvironment.parser().parse(text);
        return result.hasError() ? Optional.empty() : Optional.of(PathCollector.paths(CelMessages.tree(result)));
    }

    private static boolean fits(CelType type, LogicalType asked) {
        return switch (type.kind()) {
            case DYN, ANY -> true;
            case BOOL -> asked == LogicalType.BOOLEAN;
            case STRING -> asked == LogicalType.STRING || asked == LogicalType.DATE;
            case INT -> asked.numeric();
            case DOUBLE -> asked == LogicalType.NUMBER || asked == LogicalType.DECIMAL;
            case TIMESTAMP -> asked == LogicalType.TIMESTAMP;
            default -> type.kind() == CelKind.NULL_TYPE;
        };
    }

    private static Compiled malformed(int offset, ExpressionErrorCode code, String message, String remedy) {
        return new Compiled.Malformed(List.of(new ExpressionProblem(offset, code, message, remedy)));
    }

    private synchronized CelCompiler compiler() {
        var made = compiler;
        if (made == null) {
            made = CelEnvironment.compiler(variables);
            compiler = made;
        }
        return made;
    }
}
