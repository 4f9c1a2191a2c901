package dev.esteira.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetWriterTest {

    private static final String MIXED = """
            SELECT md5(i::VARCHAR) AS name, i * 0.1::DOUBLE AS x, (i * 7919) % 1000 AS k, i % 3 = 0 AS flag,
                TIMESTAMP '2013-01-01' + to_minutes(i) AS at, DATE '2013-01-01' + (i % 400)::INTEGER AS day,
                (i / 4)::DECIMAL(12, 2) AS price, CASE WHEN i % 5 = 0 THEN NULL ELSE sin(i) END AS s
            FROM range(200000) t(i)""";

    @TempDir
    Path folder;

    @Test
    void writesTheSameBytesWithAnyThreadsAndTimeZone() throws Exception {
        var seen = new HashSet<Map<String, String>>();
        var zone = TimeZone.getDefault();
        try {
            for (var id : List.of("UTC", "America/Sao_Paulo", "Asia/Tokyo")) {
                TimeZone.setDefault(TimeZone.getTimeZone(id));
                for (var threads : List.of(1, 2, 4)) {
                    seen.add(Frames.digests(Frames.write(folder, threads, MIXED, DatasetOptions.NONE)));
                }
            }
        } finally {
            TimeZone.setDefault(zone);
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void writesTheSameBytesWhateverOrderTheRowsComeIn() throws Exception {
        var query =
                "SELECT i % 10 AS a, CASE WHEN i % 2 = 0 THEN 0.0::DOUBLE ELSE -0.0::DOUBLE END AS z, (i % 7)::VARCHAR AS c FROM range(5000) t(i)";
        var forward = Frames.write(folder, 2, query, DatasetOptions.NONE);
        var backward = Frames.write(folder, 2, query + " ORDER BY md5(i::VARCHAR)", DatasetOptions.NONE);
        assertThat(Frames.digests(backward)).isEqualTo(Frames.digests(forward));
    }

    @Test
    void refusesTheNameThatTheEngineNeeds() {
        assertThatThrownBy(() -> Frames.write(folder, 1, "SELECT 1 AS a, 2 AS File_Row_Number", DatasetOptions.NONE))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(DatasetErrorCode.COLUMN_NAME_RESERVED))
                .hasMessageContaining("'File_Row_Number'");
    }

    @Test
    void ordersByTheIdAndBreaksTiesByAllColumns() throws Exception {
        var query = "SELECT * FROM (VALUES (2, 'b', 1), (1, 'z', 2), (1, 'a', 3)) t(n, id, x)";
        var byId = Frames.columns(folder, Frames.write(folder, 1, query, Frames.id("id")));
        assertThat(byId.texts("id")).containsExactly("a", "b", "z");
        var byOrder = Frames.columns(
                folder, Frames.write(folder, 1, query, new DatasetOptions(Map.of("id", Role.ID), List.of("n"))));
        assertThat(byOrder.wholes("x")).containsExactly(3, 2, 1);
    }

    @Test
    void keepsRolesAndLogicalTypesInItsDescription() throws Exception {
        var written = Frames.write(
                folder, 2, MIXED, new DatasetOptions(Map.of("flag", Role.LABEL, "at", Role.TIME), List.of()));
        var read = Dataset.in(written.parquet().getParent());
        assertThat(read).isEqualTo(written);
        assertThat(read.schema().columns())
                .extracting(column -> column.name() + " " + column.type().text() + " " + column.nullable())
                .containsExactly(
                        "name string false",
                        "x number false",
                        "k integer false",
                        "flag boolean false",
                        "at timestamp false",
                        "day date false",
                        "price decimal false",
                        "s number true");
        assertThat(read.schema().withRole(Role.LABEL)).hasSize(1);
        assertThat(read.rows()).isEqualTo(200_000);
    }

    @Test
    void mapsEveryTypeThatHasALogicalOne() throws Exception {
        var query = """
                SELECT 1::UTINYINT AS a, 2::HUGEINT AS b, 1.5::FLOAT AS c, uuid_text::UUID AS d, 'x'::ENUM('x', 'y') AS e,
                    TIMESTAMPTZ '2013-01-01 00:00:00-05' AS f, TIMESTAMP_NS '2013-01-01 00:00:00.123456789' AS g,
                    TIMESTAMP_S '2013-01-01 00:00:01' AS h, 12.345::DECIMAL(38, 3) AS i, 'NaN'::DOUBLE AS j
                FROM (SELECT '00000000-0000-0000-0000-000000000001' AS uuid_text)""";
        var columns = Frames.columns(folder, Frames.write(folder, 1, query, DatasetOptions.NONE));
        assertThat(columns.columns())
                .extracting(column -> column.type())
                .containsExactly(
                        LogicalType.INTEGER,
                        LogicalType.INTEGER,
                        LogicalType.NUMBER,
                        LogicalType.STRING,
                        LogicalType.STRING,
                        LogicalType.TIMESTAMP,
                        LogicalType.TIMESTAMP,
                        LogicalType.TIMESTAMP,
                        LogicalType.DECIMAL,
                        LogicalType.NUMBER);
        assertThat(columns.wholes("f")).containsExactly(1_357_016_400_000_000L);
        assertThat(columns.wholes("g")).containsExactly(1_356_998_400_123_457L);
        assertThat(columns.numbers("i")).containsExactly(12.345);
        assertThat(columns.missing("j").isEmpty()).isTrue();
    }

    @Test
    void refusesTypesWithoutALogicalOne() {
        for (var expression :
                List.of("[1, 2]", "{'a': 1}", "INTERVAL 1 DAY", "'a'::BLOB", "TIME '01:02:03'", "MAP {'a': 1}")) {
            assertThatThrownBy(() -> Frames.write(folder, 1, "SELECT " + expression + " AS odd", DatasetOptions.NONE))
                    .isInstanceOf(EsteiraException.class)
                    .hasMessageContaining("'odd'")
                    .extracting(error -> ((EsteiraException) error).code())
                    .isEqualTo(DatasetErrorCode.COLUMN_TYPE_UNSUPPORTED);
        }
        assertThatThrownBy(() -> Frames.write(folder, 1, "SELECT NULL AS odd", DatasetOptions.NONE))
                .hasMessageContaining("a bare null");
    }

    @Test
    void refusesIntegersBeyond64Bits() {
        assertThatThrownBy(() -> Frames.write(
                        folder,
                        1,
                        "SELECT 170141183460469231731687303715884105727::HUGEINT AS big",
                        DatasetOptions.NONE))
                .extracting(error -> ((EsteiraException) error).code())
                .isEqualTo(DatasetErrorCode.COLUMN_VALUE_OUT_OF_RANGE);
    }

    @Test
    void writesNoRowsAndColumnsOfNothing() throws Exception {
        var empty =
                Frames.write(folder, 2, "SELECT 1 AS a, 'x' AS b, 1.5::DOUBLE AS c WHERE false", DatasetOptions.NONE);
        assertThat(empty.rows()).isZero();
        assertThat(empty.profile().column("a").orElseThrow().min()).isEmpty();
        var nothing = Frames.write(
                folder,
                2,
                "SELECT NULL::VARCHAR AS t, NULL::DOUBLE AS n, NULL::TIMESTAMP AS at FROM range(3)",
                DatasetOptions.NONE);
        assertThat(nothing.rows()).isEqualTo(3);
        assertThat(nothing.profile().columns()).allMatch(column -> column.nulls() == 3 && column.distinct() == 0);
        assertThat(Frames.columns(folder, nothing).texts("t")).containsOnlyNulls();
    }

    @Test
    void takesColumnNamesWithAnyCharacters() throws Exception {
        var dataset = Frames.write(
                folder,
                2,
                "SELECT 1 AS \"a \"\"quoted\"\" name\", 2 AS \"ação'; --\", 3 AS \"数\", 4 AS \"select\"",
                DatasetOptions.NONE);
        assertThat(dataset.schema().names()).containsExactly("a \"quoted\" name", "ação'; --", "数", "select");
        assertThat(Frames.columns(folder, dataset).wholes("ação'; --")).containsExactly(2);
        assertThat(dataset.profile().column("数").orElseThrow().max()).contains(Value.of(3L));
    }

    @Test
    void namesTheNearestColumnWhenOneIsUnknown() {
        assertThatThrownBy(() -> Frames.write(
                        folder, 1, "SELECT 1 AS departure", new DatasetOptions(Map.of(), List.of("departur"))))
                .extracting(error -> ((EsteiraException) error).remedy().orElseThrow())
                .isEqualTo("Did you mean 'departure'?");
        assertThatThrownBy(() -> Frames.write(
                        folder, 1, "SELECT 'x' AS at", new DatasetOptions(Map.of("at", Role.TIME), List.of())))
                .extracting(error -> ((EsteiraException) error).code())
                .isEqualTo(DatasetErrorCode.ROLE_MALFORMED);
    }
}
