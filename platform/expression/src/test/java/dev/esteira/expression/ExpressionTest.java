package dev.esteira.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTest {

    private static final Expressions EXPRESSIONS = new Expressions(Map.of(
            "report",
            ExpressionType.DYNAMIC,
            "params",
            new ExpressionType.Struct(Map.of(
                    "minAuc", ExpressionType.of(LogicalType.NUMBER),
                    "rounds", ExpressionType.of(LogicalType.INTEGER),
                    "until", ExpressionType.of(LogicalType.TIMESTAMP),
                    "day", ExpressionType.of(LogicalType.DATE),
                    "team", ExpressionType.of(LogicalType.STRING)))));

    private static final Map<String, Value> VALUES = Map.of(
            "params",
                    fields(Map.of(
                            "minAuc", Value.of(0.68),
                            "rounds", Value.of(400),
                            "until", Value.of("2013-11-01T04:00:00Z"),
                            "day", Value.of("2013-11-01"),
                            "team", Value.of("operations"))),
            "report",
                    fields(Map.of(
                            "roc_auc", Value.of(0.71),
                            "brier", Value.of(1L),
                            "constant", fields(Map.of("brier", Value.of(0.187))),
                            "nothing", Value.NOTHING,
                            "slices",
                                    new Value.Sequence(List.of(
                                            fields(Map.of("rows", Value.of(5000L), "roc_auc", Value.of(0.7))),
                                            fields(Map.of("rows", Value.of(900L))))))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report.roc_auc >= params.minAuc",
                "report.roc_auc > 0 && report.roc_auc < 1",
                "report.brier == 1 && report.brier == 1.0",
                "params.rounds > 399.5 && params.rounds <= 400",
                "params.minAuc + 1 > 1.6 && 1 - params.minAuc > 0.3 && 2 * params.minAuc > 1 && params.rounds / 0.5 == 800",
                "report.brier - 0.005 > 0.9",
                "!has(report.baseline) || report.roc_auc >= report.baseline.roc_auc - 0.005",
                "!has(report.nothing)",
                "has(report.constant) && has(report.constant.brier)",
                "report.slices.filter(s, s.rows >= 1000).all(s, s.roc_auc >= 0.55)",
                "report.slices.exists(s, s.roc_auc >= 0.55)",
                "!report.slices.all(s, s.roc_auc >= 0.9)",
                "report.slices.size() == 2 && size(report.slices) == 2",
                "params.until > timestamp('2013-10-31T00:00:00Z')",
                "params.day >= '2013-10-31'",
                "params.team in ['operations', 'sales'] && params.team.startsWith('op')",
                "report.missing > 1 || true",
                "!(report.missing > 1 && false)"
            })
    void decidesTrue(String text) {
        assertThat(compiled(text).evaluate(VALUES)).isEqualTo(new Outcome.Decided(Value.of(true)));
    }

    @Test
    void namesTheAbsentMetricAndTheReasonTheCallerGives() {
        var expression = compiled("report.slices.all(s, s.roc_auc >= 0.55)");

        assertThat(expression.evaluate(VALUES))
                .isEqualTo(new Outcome.Undecided("report.slices[1].roc_auc does not exist."));
        assertThat(expression.evaluate(
                        VALUES, Map.of("/report/slices/1/roc_auc", "the slice carrier = OO has one class only")))
                .isEqualTo(new Outcome.Undecided(
                        "report.slices[1].roc_auc does not exist: the slice carrier = OO has one class only."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    report.baseline.roc_auc > 0.5    | report.baseline does not exist.
                    report.nothing > 0.5             | report.nothing does not exist.
                    1 / (params.rounds - 400) > 1    | The expression divides a whole number by zero.
                    report.roc_auc > 'a'             | '>' does not work on the values it met.
                    report.roc_auc                   | The expression gives no truth value.
                    """)
    void staysUndecidedWithAReason(String text, String reason) {
        assertThat(compiled(text).evaluate(VALUES)).isEqualTo(new Outcome.Undecided(reason));
    }

    @Test
    void stopsAfterTooManyIterations() {
        var items = new Value.Sequence(Collections.nCopies(400, Value.of(1)));
        var values = Map.<String, Value>of("report", fields(Map.of("list", items)));
        var nested = "report.list.all(a, report.list.all(b, report.list.all(c, a + b + c > 0)))";

        assertThat(compiled(nested).evaluate(values))
                .isEqualTo(new Outcome.Undecided("The expression needs more than 100000 iterations."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    params.minAux > 1       | 7  | UNKNOWN_NAME         | There is no 'params.minAux'. | Did you mean 'minAuc'?
                    parms.minAuc > 1        | 0  | UNKNOWN_NAME         | There is no 'parms' here. | Did you mean 'params'?
                    params.team > 1         | 12 | EXPRESSION_TYPE      | '>' does not work on a text and an integer. |
                    params.team && true     | 12 | EXPRESSION_TYPE      | '&&' does not work on a text and true or false. |
                    params.minAuc           | 0  | EXPRESSION_TYPE      | The expression gives a number, not true or false. | Compare it with something.
                    params.rounds = 3       | 14 | MALFORMED_EXPRESSION | The expression is not CEL here: a single '=' stands for nothing. | Write == to compare.
                    report.roc_auc >=       | 16 | MALFORMED_EXPRESSION | The expression is not CEL here: it ends too early. |
                    nosuch(params.rounds)   | 6  | UNKNOWN_NAME         | There is no 'nosuch' here. | Known here: params, report.
                    """)
    void namesPlaceAndFaultOfAMalformedExpression(
            String text, int offset, ExpressionErrorCode code, String message, String remedy) {
        assertThat(EXPRESSIONS.condition(text))
                .isEqualTo(new Compiled.Malformed(
                        List.of(new ExpressionProblem(offset, code, message, remedy == null ? "" : remedy))));
    }

    @Test
    void reportsEveryTypeProblem() {
        assertThat(EXPRESSIONS.condition("params.team > 1 && params.nope"))
                .isInstanceOfSatisfying(
                        Compiled.Malformed.class,
                        it -> assertThat(it.problems()).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n "})
    void refusesAnEmptyExpression(String text) {
        assertThat(EXPRESSIONS.condition(text)).isInstanceOf(Compiled.Malformed.class);
    }

    @Test
    void refusesALongAndADeepExpression() {
        assertThat(EXPRESSIONS.condition("true" + " && true".repeat(1000))).isInstanceOf(Compiled.Malformed.class);
        assertThat(EXPRESSIONS.condition("(".repeat(300) + "true" + ")".repeat(300)))
                .isInstanceOf(Compiled.Malformed.class);
    }

    @Test
    void countsPlacesOverSeveralLinesAndOutsideTheBasicPlane() {
        assertThat(EXPRESSIONS.condition("params.team == '𝛼' &&\n  nope"))
                .isInstanceOfSatisfying(
                        Compiled.Malformed.class,
                        it -> assertThat(it.problems().getFirst().offset()).isEqualTo(24));
    }

    @Test
    void tellsWhatItReads() {
        var expression = compiled("(!has(report.baseline) || report.interval.roc_auc.low > params.minAuc)"
                + " && report.slices.filter(s, s.rows > 9).all(s, s.roc_auc > 0.5) && report['f1'] > 0");

        assertThat(expression.paths().stream().map(FieldPath::text))
                .containsExactly(
                        "report.baseline",
                        "report.interval.roc_auc.low",
                        "params.minAuc",
                        "report.slices",
                        "report.slices[].rows",
                        "report.slices[].roc_auc",
                        "report.f1");
        assertThat(expression.paths().getFirst().tested()).isTrue();
        assertThat(expression.variables()).containsExactly("report", "params");
    }

    @Test
    void tellsWhatAnExpressionReadsWithoutKnowingNames() {
        assertThat(Expressions.paths("report.a > params.b || nothing").orElseThrow().stream()
                        .map(FieldPath::text))
                .containsExactly("report.a", "params.b", "nothing");
        assertThat(Expressions.paths("report.a >")).isEmpty();
    }

    @Test
    void takesTheTypesThatValuesShow() {
        var expressions = new Expressions(Map.of("params", ExpressionType.of(VALUES.get("params"))));

        assertThat(expressions.condition("params.minAuc > 0 && params.rounds > 1 && params.team != ''"))
                .isInstanceOf(Compiled.Ready.class);
        assertThat(expressions.condition("params.nope")).isInstanceOf(Compiled.Malformed.class);
    }

    @Test
    void givesOtherTypesThanTruth() {
        assertThat(EXPRESSIONS.compile("params.rounds * 2", LogicalType.INTEGER))
                .isInstanceOfSatisfying(
                        Compiled.Ready.class,
                        it -> assertThat(it.expression().evaluate(VALUES))
                                .isEqualTo(new Outcome.Decided(Value.of(800))));
        assertThat(EXPRESSIONS.compile("params.minAuc", LogicalType.INTEGER)).isInstanceOf(Compiled.Malformed.class);
    }

    @Property(tries = 200)
    void mixesIntegersAndDoublesAsDoubles(
            @ForAll @IntRange(min = -1000, max = 1000) int whole,
            @ForAll @DoubleRange(min = 0.5, max = 9) double real) {
        var values = Map.<String, Value>of("report", fields(Map.of("a", Value.of(whole), "b", Value.of(real))));

        assertThat(number("report.a + report.b", values)).isEqualTo(whole + real);
        assertThat(number("report.b - report.a", values)).isEqualTo(real - whole);
        assertThat(number("report.a * report.b", values)).isEqualTo(whole * real);
        assertThat(number("report.a / report.b", values)).isEqualTo(whole / real);
    }

    private static double number(String text, Map<String, Value> values) {
        var compiled = (Compiled.Ready) EXPRESSIONS.compile(text, LogicalType.NUMBER);
        var outcome = (Outcome.Decided) compiled.expression().evaluate(values);
        return outcome.value().asNumber().orElseThrow();
    }

    private static Expression compiled(String text) {
        return switch (EXPRESSIONS.condition(text)) {
            case Compiled.Ready(var expression) -> expression;
            case Compiled.Malformed(var problems) -> throw new AssertionError(text + ": " + problems);
        };
    }

    private static Value fields(Map<String, Value> entries) {
        return Value.ofFields(new LinkedHashMap<>(entries));
    }
}
