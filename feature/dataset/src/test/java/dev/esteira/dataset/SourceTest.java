package dev.esteira.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.spi.StepSpec;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.NotedProblems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {

    private static final CsvSource PLAIN = new CsvSource("t.csv", ",", true, List.of(), Map.of());

    @TempDir
    Path folder;

    @Test
    void readsTheColumnsOfAParquetFileAsTheEngineDoes() throws Exception {
        for (var table : List.of("flights", "weather", "planes", "airlines")) {
            var file = Frames.FLIGHTS.resolve(table + ".parquet");
            var outline = new ParquetSource(table).outline(file).orElseThrow();
            try (var session = Frames.ENGINE.open(Frames.fresh(folder), 1, List.of(file))) {
                var query = new ParquetSource(table).query(session, file);
                assertThat(outline).isEqualTo(new DatasetWriter(session).schema(query, List.of(), DatasetOptions.NONE));
            }
        }
    }

    @Test
    void readsTheColumnsOfEveryTypeAsTheEngineDoes() throws Exception {
        var file = folder.resolve("types.parquet");
        var query = """
                SELECT 1::TINYINT a, 1::UINTEGER b, 1::UBIGINT c, 1.5::FLOAT d, true e, 'x' f, DATE '2020-01-01' g,
                    TIMESTAMP '2020-01-01' h, TIMESTAMPTZ '2020-01-01 00:00:00Z' i, TIMESTAMP_NS '2020-01-01' j,
                    TIMESTAMP_MS '2020-01-01' k, 1.5::DECIMAL(4, 1) l, 1.5::DECIMAL(18, 2) m, 1.5::DECIMAL(38, 2) n,
                    '00000000-0000-0000-0000-000000000001'::UUID o, 'y'::ENUM('y') p, '{}'::JSON q""";
        try (var session = Frames.ENGINE.open(folder, 1, List.of())) {
            session.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
            var read = new DatasetWriter(session)
                    .schema("SELECT * FROM read_parquet('" + file + "')", List.of(), DatasetOptions.NONE);
            assertThat(new ParquetSource("types").outline(file)).contains(read);
            session.execute("COPY (SELECT [1] AS l) TO '" + file + "' (FORMAT parquet)");
            assertThatThrownBy(() -> new ParquetSource("types").outline(file)).hasMessageContaining("'l'");
            session.execute("COPY (SELECT 'a'::BLOB AS b) TO '" + file + "' (FORMAT parquet)");
            assertThatThrownBy(() -> new ParquetSource("types").outline(file)).hasMessageContaining("'b'");
        }
    }

    @Test
    void saysThatAParquetFileIsCutShortDamagedOrNone() throws Exception {
        var whole = Files.readAllBytes(Frames.FLIGHTS.resolve("planes.parquet"));
        assertParquetError(Arrays.copyOf(whole, whole.length / 2), "is cut short");
        assertParquetError(Arrays.copyOf(whole, whole.length - 1), "is cut short");
        assertParquetError(new byte[0], "is not a Parquet file");
        assertParquetError("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8), "is not a Parquet file");
        var noFooter = whole.clone();
        Arrays.fill(noFooter, whole.length - 8, whole.length - 4, (byte) 0x7f);
        assertParquetError(noFooter, "is damaged");
        var scrambled = whole.clone();
        for (var at = 200; at < whole.length / 2; at++) {
            scrambled[at] = (byte) (at * 31);
        }
        assertParquetError(scrambled, "is damaged");
    }

    @Test
    void neverFailsOtherwiseOnAScrambledFooter() throws Exception {
        var whole = Files.readAllBytes(Frames.FLIGHTS.resolve("airlines.parquet"));
        var random = new Random(5);
        var file = folder.resolve("scrambled.parquet");
        for (var round = 0; round < 500; round++) {
            var bytes = whole.clone();
            for (var change = 0; change < 4; change++) {
                bytes[whole.length - 9 - random.nextInt(300)] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            try {
                new ParquetSource("scrambled").outline(file);
            } catch (EsteiraException e) {
                assertThat(e.explanation()).isNotEmpty();
            }
        }
    }

    @Test
    void findsTheTypesOfACsvFromAllValues() throws Exception {
        var dataset = csv("""
                id,n,x,flag,day,at,zip,text,empty
                1,10,1.5,true,2013-01-01,2013-01-01T05:00:00Z,01234,"a, ""b""\nc",
                2,,2e3,FALSE,2013-01-02,2013-01-01 00:00:00-05:00,00001,"",
                """, PLAIN);
        assertThat(dataset.schema().columns())
                .extracting(column -> column.type())
                .containsExactly(
                        LogicalType.INTEGER,
                        LogicalType.INTEGER,
                        LogicalType.NUMBER,
                        LogicalType.BOOLEAN,
                        LogicalType.DATE,
                        LogicalType.TIMESTAMP,
                        LogicalType.STRING,
                        LogicalType.STRING,
                        LogicalType.STRING);
        var columns = Frames.columns(folder, dataset);
        assertThat(columns.missing("n").get(1)).isTrue();
        assertThat(columns.wholes("at")).containsExactly(1_357_016_400_000_000L, 1_357_016_400_000_000L);
        assertThat(columns.texts("text")).containsExactly("a, \"b\"\nc", "");
        assertThat(columns.texts("empty")).containsOnlyNulls();
    }

    @Test
    void holdsACsvToTheTypesGiven() throws Exception {
        var source = new CsvSource(
                "t.csv",
                ";",
                true,
                List.of("NA"),
                Map.of("a", LogicalType.STRING, "b", LogicalType.NUMBER, "c", LogicalType.DECIMAL));
        var dataset = csv("a;b;c\n1;NA;1.25\n2;3;10\n", source);
        assertThat(dataset.schema().columns())
                .extracting(column -> column.type())
                .containsExactly(LogicalType.STRING, LogicalType.NUMBER, LogicalType.DECIMAL);
        assertThatThrownBy(() -> csv("a;b;c\n1;2;3\n2;x;3\n", source))
                .hasMessageContaining("'t.csv', row 2: column 'b' holds 'x'")
                .extracting(error -> ((EsteiraException) error).code())
                .isEqualTo(DatasetErrorCode.CSV_VALUE_MISFIT);
        assertThatThrownBy(() -> csv(
                        "a;delay;c\n1;2;3\n",
                        new CsvSource("t.csv", ";", true, List.of(), Map.of("dely", LogicalType.NUMBER))))
                .extracting(error -> ((EsteiraException) error).remedy().orElseThrow())
                .isEqualTo("Did you mean 'delay'?");
    }

    @Test
    void namesTheLineOfAMalformedCsv() {
        assertCsvError("a,b,c\n1,2,3\n4,5\n", "'t.csv:3' has 2 fields where 3 are expected.");
        assertCsvError("a,b,c\n1,2,3\n4,5,6,7\n", "'t.csv:3' has 4 fields where 3 are expected.");
        assertCsvError("a,b\n1,\"x\n2,y\n", "'t.csv:2' has a quote that is not closed");
        assertCsvError("", "'t.csv' is empty");
        assertCsvError("a,,c\n1,2,3\n", "Column 2 of 't.csv' has no name");
        assertCsvError("a,A\n1,2\n", "Two columns of 't.csv' are called 'A'");
        assertCsvError("a,b\r\n1,2\n3,4\r\n", "line ends");
        var latin = "a,b\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> csv(latin, PLAIN)).hasMessageContaining("not UTF-8");
    }

    @Test
    void readsCsvWithoutHeaderWithBomAndWithoutRows() throws Exception {
        var bare = csv("1,x\n2,y\n", new CsvSource("t.csv", ",", false, List.of(), Map.of()));
        assertThat(bare.schema().names()).containsExactly("column1", "column2");
        assertThat(bare.rows()).isEqualTo(2);
        assertThat(csv("\ufeffa,b\r\n1,2\r\n", PLAIN).schema().names()).containsExactly("a", "b");
        assertThat(csv("a,b\n", PLAIN).rows()).isZero();
    }

    @Test
    void ingestsTheTablesOfTheExample() throws Exception {
        var kind = new IngestKind(Frames.ENGINE);
        for (var table : List.of("flights", "weather", "planes")) {
            var fields = Frames.json("{'source': {'parquet': {'path': '" + table + ".parquet'}}}");
            var outputs = new FolderAttempt(folder, fields, Value.Fields.EMPTY)
                    .bundle(Frames.FLIGHTS)
                    .run(kind);
            assertThat(outputs).containsOnlyKeys("data");
        }
    }

    @Test
    void checksTheSourceBeforeAnythingRuns() throws Exception {
        var kind = new IngestKind(Frames.ENGINE);
        var good = new NotedProblems().bundle(Frames.FLIGHTS);
        var outlines = kind.check(
                spec("{'source': {'parquet': {'path': 'flights.parquet'}}, 'roles': {'time': 'time_hour'}}"), good);
        assertThat(good.found()).isEmpty();
        assertThat(outlines.get("data").schema().orElseThrow().withRole(Role.TIME))
                .hasSize(1);
        var bad = new NotedProblems().bundle(Frames.FLIGHTS);
        kind.check(
                spec(
                        "{'source': {'parquet': {'path': 'flights.parquet'}}, 'roles': {'label': 'arr_dely'}, 'orderBy': ['x']}"),
                bad);
        assertThat(bad.found()).hasSize(2);
        assertThat(bad.found().getFirst()).contains("/roles ROLE_MALFORMED").contains("Did you mean 'arr_delay'?");
        var none = new NotedProblems().bundle(Frames.FLIGHTS);
        kind.check(spec("{'source': {'parquet': {'path': 'README.md'}}}"), none);
        assertThat(none.found()).singleElement().asString().contains("/source/parquet/path SOURCE_UNREADABLE");
    }

    private static StepSpec spec(String fields) {
        return new StepSpec("step", Frames.json(fields), Value.Fields.EMPTY);
    }

    private void assertParquetError(byte[] bytes, String what) throws Exception {
        var file = Files.write(folder.resolve("broken.parquet"), bytes);
        var place = Frames.fresh(folder);
        try (var session = Frames.ENGINE.open(place, 1, List.of(file))) {
            assertThatThrownBy(() -> new ParquetSource("data/broken.parquet")
                            .load(session, file, DatasetOptions.NONE, place.resolve("out")))
                    .hasMessageContaining("'data/broken.parquet' " + what)
                    .extracting(error -> ((EsteiraException) error).code())
                    .isEqualTo(DatasetErrorCode.SOURCE_UNREADABLE);
        }
    }

    private void assertCsvError(String text, String what) {
        assertThatThrownBy(() -> csv(text, PLAIN))
                .isInstanceOf(EsteiraException.class)
                .hasMessageContaining(what);
    }

    private Dataset csv(String text, CsvSource source) throws Exception {
        return csv(text.getBytes(StandardCharsets.UTF_8), source);
    }

    private Dataset csv(byte[] bytes, CsvSource source) throws Exception {
        var file = Files.write(folder.resolve("t.csv"), bytes);
        var place = Frames.fresh(folder);
        try (var session = Frames.ENGINE.open(place, 2, List.of(file))) {
            return source.load(session, file, DatasetOptions.NONE, place.resolve("data"));
        }
    }
}
