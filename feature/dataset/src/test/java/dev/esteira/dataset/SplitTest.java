package dev.esteira.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.Outline;
import dev.esteira.spi.StepSpec;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.NotedProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    private static final String SHARES = "'train': 0.6, 'validation': 0.2, 'test': 0.2";
    private static final String ROWS =
            "SELECT 'r' || i AS id, (i * 7 %% %2$d)::VARCHAR AS g, i %% 4 AS c, TIMESTAMP '2013-01-01' + to_hours(i) AS at FROM range(%1$d) t(i)";

    private Path folder = Path.of("");

    @BeforeEach
    @BeforeProperty
    void makeFolder() throws Exception {
        folder = Files.createTempDirectory("split");
    }

    @AfterEach
    @AfterProperty
    void removeFolder() throws Exception {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 3)
    void everyRowIsInExactlyOnePart(@ForAll @IntRange(min = 60, max = 3000) int rows, @ForAll long seed)
            throws Exception {
        for (var strategy : List.of(
                "{'type': 'random', " + SHARES + "}",
                "{'type': 'stratified', 'column': 'c', " + SHARES + "}",
                "{'type': 'time', 'column': 'at', " + SHARES + "}",
                "{'type': 'group', 'groupBy': 'id', " + SHARES + "}")) {
            var parts = split(ROWS.formatted(rows, 50), strategy, seed, 2);
            var all = new ArrayList<String>();
            for (var part : parts.values()) {
                all.addAll(Arrays.asList(part.texts("id")));
            }
            assertThat(all).hasSize(rows).doesNotHaveDuplicates();
        }
    }

    @Property(tries = 3)
    void whereARowGoesDependsNeitherOnOrderNorOnThreads(
            @ForAll @IntRange(min = 60, max = 2000) int rows, @ForAll long seed) throws Exception {
        var query = ROWS.formatted(rows, 40);
        for (var strategy : List.of(
                "{'type': 'random', " + SHARES + "}",
                "{'type': 'stratified', 'column': 'c', " + SHARES + "}",
                "{'type': 'group', 'groupBy': 'g', 'train': 0.4, 'validation': 0.3, 'test': 0.3}")) {
            var one = digests(query, strategy, seed, 1);
            assertThat(digests(query + " ORDER BY md5(i::VARCHAR)", strategy, seed, 4))
                    .isEqualTo(one);
        }
    }

    @Property(tries = 3)
    void groupsStayTogether(@ForAll @IntRange(min = 500, max = 3000) int rows, @ForAll long seed) throws Exception {
        var parts = split(ROWS.formatted(rows, 97), "{'type': 'group', 'groupBy': 'g', " + SHARES + "}", seed, 2);
        var seen = new HashSet<String>();
        for (var part : parts.values()) {
            var groups = Set.copyOf(Arrays.asList(part.texts("g")));
            assertThat(seen).doesNotContainAnyElementsOf(groups);
            seen.addAll(groups);
        }
    }

    @Property(tries = 3)
    void sharesAreKept(@ForAll long seed) throws Exception {
        var random = split(ROWS.formatted(5000, 50), "{'type': 'random', " + SHARES + "}", seed, 2);
        assertThat(random.get("train").rows()).isBetween(2_800, 3_200);
        assertThat(random.get("test").rows()).isBetween(840, 1_160);
        var stratified =
                split(ROWS.formatted(5000, 50), "{'type': 'stratified', 'column': 'c', " + SHARES + "}", seed, 2);
        for (var value = 0; value < 4; value++) {
            var wanted = value;
            var count = Arrays.stream(stratified.get("train").wholes("c"))
                    .filter(c -> c == wanted)
                    .count();
            assertThat(count).isBetween(749L, 751L);
        }
        var time = split(ROWS.formatted(5000, 50), "{'type': 'time', 'column': 'at', " + SHARES + "}", seed, 2);
        assertThat(time.get("train").rows()).isEqualTo(3_000);
        assertThat(time.get("validation").rows()).isEqualTo(1_000);
    }

    @Test
    void anAddedRowMovesNoOther() throws Exception {
        var strategy = "{'type': 'random', " + SHARES + "}";
        var before = split(ROWS.formatted(1000, 50), strategy, 7, 2);
        var after = split(ROWS.formatted(1001, 50), strategy, 7, 2);
        for (var part : Split.PARTS) {
            assertThat(after.get(part).texts("id")).contains(before.get(part).texts("id"));
        }
    }

    @Test
    void equalRowsGoToTheSamePart() throws Exception {
        var query = "SELECT (i % 200)::VARCHAR AS id, i % 200 % 2 AS c FROM range(1000) t(i)";
        for (var strategy : List.of(
                "{'type': 'random', " + SHARES + "}", "{'type': 'stratified', 'column': 'c', " + SHARES + "}")) {
            var parts = split(query, strategy, 7, 2);
            var train = Set.copyOf(Arrays.asList(parts.get("train").texts("id")));
            assertThat(train)
                    .doesNotContainAnyElementsOf(Arrays.asList(parts.get("test").texts("id")));
        }
    }

    @Test
    void timeCutsAtTheBoundariesWithAGap() throws Exception {
        var strategy =
                "{'type': 'time', 'column': 'at', 'boundaries': ['2013-01-03', '2013-01-04T00:00:00Z'], 'gap': '2h'}";
        var parts = split(ROWS.formatted(100, 50), strategy, 7, 2);
        assertThat(parts.get("train").rows()).isEqualTo(46);
        assertThat(parts.get("validation").rows()).isEqualTo(22);
        assertThat(parts.get("test").rows()).isEqualTo(28);
        assertThat(parts.get("test").wholes("at")).contains(1_357_257_600_000_000L);
    }

    @Test
    void timeKeepsAGroupInItsFirstPart() throws Exception {
        var query = "SELECT i AS id, i AS at, (i % 90)::VARCHAR AS g FROM range(100) t(i)";
        var parts = split(query, "{'type': 'time', 'column': 'at', 'boundaries': [50, 80], 'groupBy': 'g'}", 7, 2);
        assertThat(parts.get("train").rows()).isEqualTo(50);
        assertThat(parts.get("validation").rows()).isEqualTo(30);
        assertThat(parts.get("test").rows()).isEqualTo(10);
    }

    @Test
    void dividesTheFlightsAsTheExampleSays() throws Exception {
        var flights = attempt(
                        "{'source': {'parquet': {'path': 'flights.parquet'}}, 'orderBy': ['time_hour'], 'roles': {'label': 'arr_delay', 'time': 'time_hour'}}")
                .bundle(Frames.FLIGHTS)
                .run(new IngestKind(Frames.ENGINE));
        var next = attempt(
                        "{'strategy': {'type': 'time', 'column': 'time_hour', 'boundaries': ['2013-09-01T04:00:00Z', '2013-11-01T04:00:00Z']}}")
                .input("data", flights.get("data"));
        var parts = next.run(new SplitKind(Frames.ENGINE));
        assertThat(parts.values().stream()
                        .mapToLong(part -> part.summary().whole("rows").orElseThrow())
                        .sum())
                .isEqualTo(336_776);
        var test = Dataset.read(next, parts.get("test"));
        assertThat(test.orderBy()).containsExactly("time_hour");
        assertThat(test.schema().withRole(Role.LABEL)).hasSize(1);
    }

    @Test
    void refusesAnEmptyPartAndMissingTimes() {
        assertThatThrownBy(() -> split(
                        ROWS.formatted(100, 50),
                        "{'type': 'time', 'column': 'at', 'boundaries': ['2014-01-01', '2015-01-01']}",
                        7,
                        1))
                .hasMessageContaining("'validation' would have no rows (train 100, validation 0, test 0, left out 0)")
                .extracting(error -> ((EsteiraException) error).code())
                .isEqualTo(DatasetErrorCode.SPLIT_PART_EMPTY);
        assertThatThrownBy(() -> split(
                        "SELECT i::VARCHAR AS id, CASE WHEN i > 5 THEN DATE '2013-01-01' + i::INTEGER END AS at FROM range(50) t(i)",
                        "{'type': 'time', 'column': 'at', " + SHARES + "}",
                        7,
                        1))
                .hasMessageContaining("6 of 50 rows have no value in 'at'");
    }

    @Test
    void saysWhatIsWrongWithAStrategy() {
        assertProblem("{'type': 'random', 'train': 0.6, 'validation': 0.2, 'test': 0.3}", "sum to 1.1");
        assertProblem("{'type': 'random', 'train': 0.6, 'validation': 0.4}", "lacks the share 'test'");
        assertProblem("{'type': 'random', 'column': 'at', " + SHARES + "}", "has no field 'column'");
        assertProblem("{'type': 'stratified', " + SHARES + "}", "lacks the field 'column'");
        assertProblem("{'type': 'time', 'column': 'at', 'boundaries': ['2013-02-01', '2013-01-01']}", "not before");
        assertProblem("{'type': 'time', 'column': 'at', 'boundaries': ['2013-02-01']}", "has 1 boundaries");
        assertProblem("{'type': 'time', 'column': 'at', 'boundaries': ['soon', 'later']}", "no date or timestamp");
        assertProblem("{'type': 'time', 'column': 'id', " + SHARES + "}", "of type string");
        assertProblem("{'type': 'group', 'groupBy': 'gg', " + SHARES + "}", "Did you mean 'g'?");
    }

    private void assertProblem(String strategy, String what) {
        var schema = new Schema(List.of(
                column("id", LogicalType.STRING),
                column("g", LogicalType.STRING),
                column("at", LogicalType.TIMESTAMP)));
        var problems = new NotedProblems().bundle(folder).input("data", Outline.dataset(schema));
        var outlines = new SplitKind(Frames.ENGINE)
                .check(
                        new StepSpec("split", Frames.json("{'strategy': " + strategy + "}"), Value.Fields.EMPTY),
                        problems);
        assertThat(problems.found())
                .singleElement()
                .asString()
                .startsWith("/strategy ")
                .contains(what);
        assertThat(outlines).containsOnlyKeys("train", "validation", "test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "false; {'type': 'time', 'column': 'at', 'boundaries': ['2013-09-01', '2013-11-01']}",
                "false; {'type': 'time', 'column': 'at', 'train': 0.6, 'validation': 0.2, 'test': 0.2, 'groupBy': 'g'}",
                "true; {'type': 'random', 'train': 0.6, 'validation': 0.2, 'test': 0.2}",
                "true; {'type': 'stratified', 'column': 'c', 'train': 0.6, 'validation': 0.2, 'test': 0.2}",
                "true; {'type': 'group', 'groupBy': 'g', 'train': 0.6, 'validation': 0.2, 'test': 0.2}"
            },
            quoteCharacter = '"')
    void onlyASplitByChanceIsSeeded(boolean seeded, String strategy) {
        var spec = new StepSpec("split", Frames.json("{'strategy': " + strategy + "}"), Value.Fields.EMPTY);
        assertThat(new SplitKind(Frames.ENGINE).seeded(spec)).isEqualTo(seeded);
    }

    @Test
    void anotherSeedMovesRowsOfASplitByChanceAlone() throws Exception {
        var random = "{'type': 'random', " + SHARES + "}";
        var time = "{'type': 'time', 'column': 'at', " + SHARES + "}";
        var query = ROWS.formatted(500, 50);
        assertThat(digests(query, random, 1, 1)).isNotEqualTo(digests(query, random, 2, 1));
        assertThat(digests(query, time, 1, 1)).isEqualTo(digests(query, time, 2, 1));
    }

    private static Column column(String name, LogicalType type) {
        return new Column(name, type, true, Optional.empty());
    }

    private FolderAttempt attempt(String fields) throws IOException {
        return new FolderAttempt(folder, Frames.json(fields), Value.Fields.EMPTY);
    }

    private Map<String, Artifact> parts(FolderAttempt attempt, String query, long seed, int threads) throws Exception {
        var dataset = Frames.write(folder, threads, query, Frames.id("id"));
        return attempt.threads(threads)
                .seed(seed)
                .input("data", DatasetWriter.publish(attempt, dataset))
                .run(new SplitKind(Frames.ENGINE));
    }

    private List<String> digests(String query, String strategy, long seed, int threads) throws Exception {
        var attempt = attempt("{'strategy': " + strategy + "}");
        return parts(attempt, query, seed, threads).entrySet().stream()
                .map(part -> part.getKey() + part.getValue().digest())
                .sorted()
                .toList();
    }

    private Map<String, DataColumns> split(String query, String strategy, long seed, int threads) throws Exception {
        var attempt = attempt("{'strategy': " + strategy + "}");
        var read = new LinkedHashMap<String, DataColumns>();
        for (var part : parts(attempt, query, seed, threads).entrySet()) {
            read.put(part.getKey(), Frames.columns(folder, Dataset.read(attempt, part.getValue())));
        }
        return read;
    }
}
