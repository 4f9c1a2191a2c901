package dev.esteira.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FittingTest {

    private static final double NAN = Double.NaN;
    private static final List<Column> FEATURES = List.of(
            column("x", LogicalType.NUMBER), column("minute", LogicalType.INTEGER), column("port", LogicalType.STRING));
    private static final TableRows ROWS = new TableRows(
            6,
            Map.of("x", new double[] {1, NAN, 3, 10, NAN, 4}, "minute", new double[] {0, 360, 720, 1080, 1440, 90}),
            Map.of("port", new @Nullable String[] {"JFK", "EWR", null, "JFK", "LGA", "JFK"}));
    private static final double[] LABELS = {1, 0, 1, 0, 1, 1};

    @Test
    void aMedianStandsForAMissingNumberAndAnIndicatorSaysSo() {
        var fitted = fit("[{\"impute\": {\"columns\": [\"x\"], \"with\": \"median\", \"indicator\": true}}]");

        assertThat(numbers(fitted, "x")).containsExactly(1, 3.5, 3, 10, 3.5, 4);
        assertThat(numbers(fitted, "x_missing")).containsExactly(0, 1, 0, 0, 1, 0);
    }

    @Test
    void standardScalingIsByMeanAndPopulationDeviation() {
        var fitted = fit("[{\"scale\": {\"columns\": [\"minute\"]}}]");

        var mean = (0 + 360 + 720 + 1080 + 1440 + 90) / 6.0;
        assertThat(numbers(fitted, "minute")[1]).isCloseTo((360 - mean) / 520.6966, within(1e-4));
    }

    @Test
    void aConstantColumnIsOnlyShifted() {
        var rows = new TableRows(2, Map.of("x", new double[] {7, 7}), Map.of());
        var fitted = Fitting.fit(
                operations("[{\"scale\": {\"columns\": [\"x\"], \"with\": \"minMax\"}}]"),
                rows,
                List.of(column("x", LogicalType.NUMBER)),
                null,
                count -> new int[2]);

        assertThat(new Evaluator(rows, Map.of())
                        .numbers(fitted.transform().outputs().get("x")))
                .containsExactly(0, 0);
    }

    @Test
    void numbersAreHeldBetweenBoundsAndMissingOnesStayMissing() {
        var given = fit("[{\"clip\": {\"columns\": [\"x\"], \"between\": [2, 5]}}]");
        var learnt = fit("[{\"clip\": {\"columns\": [\"x\"], \"quantiles\": [0.25, 0.75]}}]");

        assertThat(numbers(given, "x")).containsExactly(2, NAN, 3, 5, NAN, 4);
        // Of 1, 3, 4 and 10.
        assertThat(numbers(learnt, "x")).containsExactly(2.5, NAN, 3, 5.5, NAN, 4);
    }

    @Test
    void categoriesBecomeColumnsInTheOrderOfTheirCodePoints() {
        var fitted = fit("[{\"encode\": {\"columns\": [\"port\"], \"with\": \"oneHot\"}}]");

        assertThat(fitted.transform().names()).containsExactly("x", "minute", "port=EWR", "port=JFK", "port=LGA");
        assertThat(numbers(fitted, "port=JFK")).containsExactly(1, 0, 0, 1, 0, 1);
        var unseen = new TableRows(1, Map.of(), Map.of("port", new @Nullable String[] {"BOS"}));
        assertThat(new Evaluator(unseen, Map.of())
                        .numbers(fitted.transform().outputs().get("port=JFK")))
                .containsExactly(0);
    }

    @Test
    void aTargetEncodingIsTheSmoothedMeanAndTrainingRowsDoNotKnowTheirOwnLabel() {
        var fitted =
                fit("[{\"encode\": {\"columns\": [\"port\"], \"with\": \"target\", \"smoothing\": 2, \"folds\": 2}}]");

        var mean = 4 / 6.0;
        assertThat(fitted.transform().tables().get("port").get("JFK")).isCloseTo((2 + 2 * mean) / 5, within(1e-12));
        assertThat(numbers(fitted, "port")[2])
                .as("a missing category is its own")
                .isCloseTo((1 + 2 * mean) / 3, within(1e-12));
        // Row 0 is in fold 0; the other fold has rows 1, 3, 5 with the labels 0, 0, 1, of which JFK has two.
        assertThat(fitted.crossFitted().get("port")[0]).isCloseTo((1 + 2 / 3.0) / 4, within(1e-12));
    }

    @Test
    void aScaledTargetEncodingStaysCrossFitted() {
        var fitted = fit("[{\"encode\": {\"columns\": [\"port\"], \"with\": \"target\", \"folds\": 2}},"
                + " {\"scale\": {\"columns\": [\"port\"]}}]");

        assertThat(fitted.crossFitted()).containsOnlyKeys("port");
        assertThat(fitted.crossFitted().get("port")).isNotEqualTo(numbers(fitted, "port"));
    }

    @Test
    void aPlaceInAPeriodBecomesSineAndCosine() {
        var fitted = fit("[{\"cyclical\": {\"columns\": {\"minute\": 1440}}}]");

        assertThat(fitted.transform().names()).containsExactly("x", "minute_sin", "minute_cos", "port");
        assertThat(numbers(fitted, "minute_sin")[1]).isCloseTo(1, within(1e-12));
        assertThat(numbers(fitted, "minute_cos")[2]).isCloseTo(-1, within(1e-12));
    }

    @Test
    void columnsAreDerivedAndDropped() {
        var fitted = fit(
                "[{\"derive\": {\"columns\": {\"ratio\": {\"divide\": [\"minute\", \"x\"]}, \"root\": {\"sqrt\": \"minute\"}}}},"
                        + " {\"drop\": {\"columns\": [\"port\", \"m*\"]}}]");

        assertThat(fitted.transform().names()).containsExactly("x", "ratio", "root");
        assertThat(numbers(fitted, "ratio")).containsExactly(0, NAN, 240, 108, NAN, 22.5);
    }

    @Test
    void theNearestNameIsOfferedForAColumnThatIsNotThere() {
        assertThatThrownBy(() -> fit("[{\"impute\": {\"columns\": [\"minut\"]}}]"))
                .isInstanceOfSatisfying(EsteiraException.class, error -> {
                    assertThat(error.code()).isEqualTo(TransformErrorCode.UNKNOWN_COLUMN);
                    assertThat(error.remedy()).contains("Did you mean 'minute'?");
                });
    }

    @Test
    void aTextCannotBeScaled() {
        assertThatThrownBy(() -> fit("[{\"scale\": {\"columns\": [\"port\"]}}]"))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(TransformErrorCode.COLUMN_TYPE_UNFIT));
    }

    @Test
    void aFittedTransformReadBackIsTheSameToTheByte() {
        var fitted = fit(
                "[{\"impute\": {\"columns\": [\"x\"]}}, {\"encode\": {\"columns\": [\"port\"], \"with\": \"target\"}},"
                        + " {\"cyclical\": {\"columns\": {\"minute\": 1440}}}]");
        var document = CanonicalJson.text(fitted.transform().toValue());

        var read = Transform.of(Json.parse(document).asFields().orElseThrow());

        assertThat(read).isEqualTo(fitted.transform());
        assertThat(CanonicalJson.text(read.toValue())).isEqualTo(document);
    }

    @Test
    void whatIsLearntFromInfiniteValuesIsRefusedByTheColumn() {
        var rows = new TableRows(2, Map.of("x", new double[] {7, Double.POSITIVE_INFINITY}), Map.of());

        assertThatThrownBy(() -> Fitting.fit(
                        operations("[{\"scale\": {\"columns\": [\"x\"]}}]"),
                        rows,
                        List.of(column("x", LogicalType.NUMBER)),
                        null,
                        count -> new int[2]))
                .isInstanceOfSatisfying(EsteiraException.class, error -> {
                    assertThat(error.code()).isEqualTo(TransformErrorCode.FIT_NOT_FINITE);
                    assertThat(error.explanation()).contains("'x'");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"add\": [\"%1$s\", \"%1$s\"]}", "{\"ln\": \"%s\"}", "{\"add\": [\"%s\", 1]}"})
    void aColumnDerivedFromItselfAgainAndAgainIsRefusedBeforeItGrows(String formula) {
        var columns = IntStream.range(0, 300)
                .mapToObj(index -> "\"x" + index + "\": " + formula.formatted(index == 0 ? "x" : "x" + (index - 1)))
                .collect(Collectors.joining(", "));

        assertThatThrownBy(() -> fit("[{\"derive\": {\"columns\": {" + columns + "}}}]"))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(TransformErrorCode.TRANSFORM_TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"derive\": {\"columns\": {\"sum\": {\"add\": [\"x\", \"minute\", \"x\"]}}}}",
                "{\"derive\": {\"columns\": {\"sum\": {\"add\": []}}}}",
                "{\"impute\": {\"columns\": [\"x\"], \"with\": \"constant\"}}",
                "{\"impute\": {\"columns\": [\"x\"], \"value\": 3}}"
            })
    void anOperationThatWouldIgnoreOrLackAValueIsMalformed(String operation) {
        assertThatThrownBy(() -> fit("[" + operation + "]"))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(TransformErrorCode.OPERATION_MALFORMED));
    }

    private static double[] numbers(Fitted fitted, String name) {
        var transform = fitted.transform();
        return new Evaluator(ROWS, transform.tables())
                .numbers(transform.outputs().get(name));
    }

    private static Fitted fit(String operations) {
        return Fitting.fit(operations(operations), ROWS, FEATURES, LABELS, count -> new int[] {0, 1, 0, 1, 0, 1});
    }

    private static List<Operation> operations(String json) {
        return Json.parse(json).items().stream().map(OperationReader::read).toList();
    }

    private static Column column(String name, LogicalType type) {
        return new Column(name, type, true, Optional.empty());
    }
}
