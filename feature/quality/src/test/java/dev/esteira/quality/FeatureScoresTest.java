package dev.esteira.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.dataset.DataColumns;
import dev.esteira.kernel.Role;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureScoresTest {

    private static final int ROWS = 300;

    private static final String TABLE = """
            SELECT i AS id,
                CASE WHEN i %% 11 <> 0 THEN %s END AS late,
                CASE i %% 7 WHEN 0 THEN NULL WHEN 1 THEN 'nan'::DOUBLE WHEN 2 THEN 0.0::DOUBLE
                    WHEN 3 THEN '-0.0'::DOUBLE WHEN 4 THEN 'inf'::DOUBLE ELSE hash(i) %% 9 - i %% 3 END AS real,
                CASE WHEN i %% 5 <> 0 THEN hash(i + 1) %% 4 + i %% 2 END::BIGINT AS whole,
                (i %% 2 = 0) = (hash(i) %% 3 > 0) AS flag,
                TIMESTAMP '2026-01-01' + to_hours((hash(i) %% 40 + 10 * (i %% 2))::BIGINT) AS moment,
                CASE WHEN i %% 13 <> 0 THEN 'c' || (i %% 2 + 2 * (hash(i) %% 2)) END AS category,
                'row ' || i AS text
            FROM range(%d) t(i)""";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void areasAreThoseOfAllPairsOfRows(int threads) throws Exception {
        try (var checked = new CheckedTable(folder, threads)) {
            checked.input("train", TABLE.formatted("i % 2 = 0", ROWS), Map.of("id", Role.ID, "late", Role.LABEL));
            var table = checked.table("train");
            var scores = FeatureScores.of(table).stream()
                    .collect(Collectors.toMap(FeatureScores.Score::feature, FeatureScores.Score::score));
            var columns = DataColumns.read(table.session(), table.dataset());
            var late = columns.numbers("late");

            assertThat(scores.keySet()).containsExactlyInAnyOrder("real", "whole", "flag", "moment", "category");
            for (var name : new String[] {"real", "whole", "flag"}) {
                var numbers = columns.numbers(name);
                assertThat(scores.get(name)).as(name).isCloseTo(best(late, row -> numbers[row]), within(1e-12));
            }
            var moments = columns.wholes("moment");
            assertThat(scores.get("moment")).isCloseTo(best(late, row -> moments[row]), within(1e-12));
            assertThat(scores.get("category")).isGreaterThan(0.95);
        }
    }

    @Test
    void aLabelOfOneClassLeavesNothingToScore() throws Exception {
        try (var checked = new CheckedTable(folder)) {
            checked.input("train", TABLE.formatted("TRUE", ROWS), Map.of("id", Role.ID, "late", Role.LABEL));

            assertThat(FeatureScores.of(checked.table("train"))).isEmpty();
        }
    }

    @Test
    void aLabelThatIsANumberIsScoredByRSquared() throws Exception {
        try (var checked = new CheckedTable(folder)) {
            checked.input(
                    "train",
                    TABLE.formatted("3 * i::DOUBLE + 2", ROWS),
                    Map.of("late", Role.LABEL, "text", Role.GROUP));
            var scores = FeatureScores.of(checked.table("train"));

            assertThat(scores.getFirst().feature()).isEqualTo("id");
            assertThat(scores.getFirst().score()).isCloseTo(1, within(1e-12));
        }
    }

    /** The larger area with the missing values below all others or above, in the better direction. */
    private static double best(double[] labels, IntToDoubleFunction feature) {
        var areas = new double[] {area(labels, feature, -1e300), area(labels, feature, Double.POSITIVE_INFINITY)};
        return Math.max(Math.max(areas[0], 1 - areas[0]), Math.max(areas[1], 1 - areas[1]));
    }

    private static double area(double[] labels, IntToDoubleFunction feature, double missing) {
        var won = 0.0;
        var pairs = 0;
        for (var positive = 0; positive < labels.length; positive++) {
            for (var negative = 0; negative < labels.length; negative++) {
                if (labels[positive] == 1 && labels[negative] == 0) {
                    pairs++;
                    won += won(feature.applyAsDouble(positive), feature.applyAsDouble(negative), missing);
                }
            }
        }
        return won / pairs;
    }

    private static double won(double one, double other, double missing) {
        if (Double.isNaN(one) || Double.isNaN(other)) {
            var above = missing > 0;
            return Double.isNaN(one) && Double.isNaN(other) ? 0.5 : Double.isNaN(one) == above ? 1 : 0;
        }
        return one == other ? 0.5 : one > other ? 1 : 0;
    }
}
