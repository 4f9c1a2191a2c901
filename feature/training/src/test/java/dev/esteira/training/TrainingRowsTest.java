package dev.esteira.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingRowsTest {

    private static final Map<String, Role> ROLES =
            Map.of("y", Role.LABEL, "k", Role.ID, "w", Role.WEIGHT, "t", Role.TIME);

    @TempDir
    Path folder;

    private DataSession session;
    private int written;

    @BeforeEach
    void open() throws Exception {
        session = new DataEngine(256L << 20).open(folder, 1, List.of());
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void featuresAreTheColumnsWithoutARoleInTheirOrder() throws Exception {
        var rows = read(
                Task.BINARY,
                "VALUES (1, 0.5::DOUBLE, true, 3, true, 2.0::DOUBLE), (2, NULL, false, 4, false, 0.5::DOUBLE) t(k, x, flag, n, y, w)");

        assertThat(rows.names()).containsExactly("x", "flag", "n");
        assertThat(rows.features().cells()).containsExactly(0.5f, 1, 3, Float.NaN, 0, 4);
        assertThat(rows.label().cells()).containsExactly(1, 0);
        assertThat(rows.weight().orElseThrow().cells()).containsExactly(2, 0.5f);
        assertThat(rows.meanLabel()).isCloseTo(0.8, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VALUES (1, 0.5, 'a') t(k, x, y) | LABEL_UNFIT | The label 'y' is a string.",
                "VALUES (1, 0.5, 1), (2, 0.5, NULL) t(k, x, y) | LABEL_UNFIT | The label 'y' is missing in a row.",
                "VALUES (1, 0.5, 1::DOUBLE), (2, 0.5, 'nan'::DOUBLE) t(k, x, y) | LABEL_UNFIT | The label 'y' is missing in a row.",
                "VALUES (1, 0.5, 1::DOUBLE), (2, 0.5, 'inf'::DOUBLE) t(k, x, y) | LABEL_UNFIT | The label 'y' is Infinity in a row.",
                "VALUES (1, 0.5, 1), (2, 0.5, 2) t(k, x, y) | LABEL_UNFIT | The label 'y' is 2.0 in a row, and the task is binary.",
                "VALUES (1, 'EWR', 1), (2, 'JFK', 0) t(k, origin, y) | FEATURE_NOT_NUMERIC | The feature 'origin' is a string, not a number.",
                "VALUES (1, DATE '2026-01-01', 1) t(k, day, y) | FEATURE_NOT_NUMERIC | The feature 'day' is a date, not a number.",
                "VALUES (1, 0.5, 1) t(k, \"a[0]\", y) | FEATURE_NAME_UNFIT | XGBoost's readers refuse the feature name 'a[0]'.",
                "VALUES (1, 'inf'::DOUBLE, 1) t(k, x, y) | FEATURE_NOT_FINITE | The feature 'x' is Infinity in a row",
                "VALUES (1, 1e39::DOUBLE, 1) t(k, x, y) | FEATURE_NOT_FINITE | The feature 'x' is 1.0E39 in a row",
                "VALUES (1, 1) t(k, y) | NO_FEATURES | The rows have no feature to learn from.",
                "VALUES (1, 0.5) t(k, x) | LABEL_UNFIT | The rows have no label.",
                "VALUES (1, 0.5, 1, -1.0::DOUBLE) t(k, x, y, w) | WEIGHT_UNFIT | The weight 'w' is -1.0 in a row.",
                "VALUES (1, 0.5, 1, 1.0::DOUBLE), (2, 0.5, 1, NULL) t(k, x, y, w) | WEIGHT_UNFIT | The weight 'w' is missing in a row.",
                "VALUES (1, 0.5, 1, 0) t(k, x, y, w) | WEIGHT_UNFIT | The weight 'w' is 0 in every row.",
            })
    void rowsThatCannotBeLearntFromAreRefusedByColumn(String query, TrainingErrorCode code, String message) {
        assertThatThrownBy(() -> read(Task.BINARY, query))
                .isInstanceOfSatisfying(EsteiraException.class, error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.remedy()).isPresent();
                })
                .hasMessageContaining(message);
    }

    @Test
    void aLabelOfOneClassIsRefusedWithItsClass() throws Exception {
        var rows = read(Task.BINARY, "VALUES (1, 0.5, 1), (2, 0.7, 1) t(k, x, y)");

        assertThatThrownBy(() -> rows.requireTwoLabels("training"))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(TrainingErrorCode.SINGLE_CLASS_LABEL))
                .hasMessageContaining("All 2 training rows have the label 1.");
    }

    @Test
    void rowsWithoutAWeightDoNotMakeASecondClass() throws Exception {
        var rows = read(Task.BINARY, "VALUES (1, 0.5, 1, 1), (2, 0.7, 0, 0) t(k, x, y, w)");

        assertThatThrownBy(() -> rows.requireTwoLabels("training"))
                .hasMessageContaining("All 1 training rows have the label 1.");
    }

    @Test
    void noRowsAtAllAreSaidAsThat() throws Exception {
        var rows = read(Task.BINARY, "(SELECT 1 AS k, 0.5 AS x, 1 AS y WHERE false)");

        assertThatThrownBy(() -> rows.requireTwoLabels("training")).hasMessageContaining("There are no training rows.");
        assertThat(rows.meanLabel()).isZero();
    }

    @Test
    void aRegressionTakesAnyFiniteNumber() throws Exception {
        var rows = read(Task.REGRESSION, "VALUES (1, 0.5, -7.25::DOUBLE), (2, 0.5, 1e6::DOUBLE) t(k, x, y)");

        assertThat(rows.label().cells()).containsExactly(-7.25f, 1e6f);
        rows.requireValidates(List.of("x"), Task.REGRESSION);
    }

    @Test
    void validationRowsMustBeMadeAsTheTrainingRows() throws Exception {
        var rows = read(Task.BINARY, "VALUES (1, 0.5, 2, 1), (2, 0.7, 3, 0) t(k, x, z, y)");

        rows.requireValidates(List.of("x", "z"), Task.BINARY);
        assertThatThrownBy(() -> rows.requireValidates(List.of("z", "x"), Task.BINARY))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(TrainingErrorCode.VALIDATION_UNFIT))
                .hasMessageContaining("The validation rows have the features x, z, the training rows z, x.");
    }

    @Test
    void validationRowsOfOneClassRankNothing() throws Exception {
        var rows = read(Task.BINARY, "VALUES (1, 0.5, 0), (2, 0.7, 0) t(k, x, y)");

        assertThatThrownBy(() -> rows.requireValidates(List.of("x"), Task.BINARY))
                .hasMessageContaining("All 2 validation rows have the label 0.");
    }

    private TrainingRows read(Task task, String from) throws Exception {
        var roles = new java.util.HashMap<>(ROLES);
        roles.keySet().removeIf(name -> !from.matches("(?s).*[(, ]" + name + "[,) ].*"));
        var dataset = new DatasetWriter(session)
                .write(
                        from.startsWith("(")
                                ? "SELECT * FROM " + from
                                : "SELECT * FROM (" + from.replace(") t(", ")) t("),
                        List.of(),
                        new DatasetOptions(roles, List.of()),
                        session.directory().resolve("d" + written++));
        return TrainingRows.read(session, dataset, task);
    }
}
