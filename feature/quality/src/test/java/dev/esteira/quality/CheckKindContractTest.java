package dev.esteira.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.document.ShapeCheck;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of check promises, asked of all kinds of the registry. */
class CheckKindContractTest {

    private static final Map<String, Role> ROLES =
            Map.of("id", Role.ID, "moment", Role.TIME, "late", Role.LABEL, "who", Role.GROUP);

    private static final String ROWS = """
            SELECT i AS id, TIMESTAMP '2026-01-01' + to_hours(i::INT) AS moment, i %% 3 = 0 AS late, i %% 11 AS who,
                CASE WHEN i %% 5 = 0 THEN NULL WHEN i %% 7 = 0 THEN 'nan'::DOUBLE ELSE i * 0.5 END AS x,
                CASE WHEN i %% 4 = 0 THEN NULL ELSE 'port' || i %% 6 END AS port
            FROM range(%d, %d) t(i)""";

    /** The same columns, and nothing in them. */
    private static final String MISSING = """
            SELECT NULL::BIGINT AS id, NULL::TIMESTAMP AS moment, NULL::BOOLEAN AS late, NULL::BIGINT AS who,
                NULL::DOUBLE AS x, NULL::VARCHAR AS port
            FROM range(7)""";

    private static final AtomicInteger TABLES = new AtomicInteger();

    @TempDir
    Path folder;

    /** One check of a kind as people write it. */
    record Written(Class<? extends CheckKind> type, String name, String rest) {

        private String json(String id) {
            return "{\"id\": \"" + id + "\", \"check\": \"" + name + "\"" + rest.replace('\'', '"') + "}";
        }

        private Written misspelt() {
            var wrong = rest;
            for (var column : List.of("port", "x", "id", "who", "moment")) {
                wrong = wrong.replace("'" + column + "'", "'" + column + "z'");
            }
            return new Written(type, name, wrong);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Written> written() {
        return List.of(
                new Written(RowChecks.NotNull.class, "col.not_null", ", 'column': 'x'"),
                new Written(RowChecks.Range.class, "col.range", ", 'column': 'x', 'between': [0, 30]"),
                new Written(RowChecks.InSet.class, "col.in_set", ", 'column': 'port', 'set': ['port1', 'port2']"),
                new Written(RowChecks.Regex.class, "col.regex", ", 'column': 'port', 'pattern': 'port[0-4]'"),
                new Written(RowChecks.Length.class, "col.length", ", 'column': 'port', 'max': 4"),
                new Written(RowChecks.Type.class, "col.type", ", 'column': 'port', 'type': 'integer'"),
                new Written(RowChecks.Finite.class, "col.finite", ", 'column': 'x'"),
                new Written(Predicate.class, "row.predicate", ", 'expression': 'x < id or port is null'"),
                new Written(
                        SchemaCheck.class, "tbl.schema", ", 'columns': {'x': {'type': 'number', 'nullable': false}}"),
                new Written(TableChecks.RowCount.class, "tbl.row_count", ", 'min': 1"),
                new Written(TableChecks.Unique.class, "col.unique", ", 'column': 'who'"),
                new Written(TableChecks.Unique.class, "cols.unique", ", 'columns': ['who', 'port']"),
                new Written(TableChecks.Statistic.class, "col.mean", ", 'column': 'id', 'between': [0, 10]"),
                new Written(TableChecks.Statistic.class, "col.std", ", 'column': 'id', 'max': 10"),
                new Written(TableChecks.Quantile.class, "col.quantile", ", 'column': 'id', 'q': 0.9, 'max': 10"),
                new Written(
                        TableChecks.References.class,
                        "tbl.references",
                        ", 'columns': ['port'], 'to': {'reference': 'ports', 'columns': ['name']}"),
                new Written(
                        TableChecks.ContinuousTime.class, "tbl.continuous_time", ", 'column': 'moment', 'step': '1h'"),
                new Written(PartChecks.ClassBalance.class, "ml.class_balance", ", 'minShare': 0.2"),
                new Written(PartChecks.SingleFeatureLeakage.class, "ml.single_feature_leakage", ", 'maxScore': 0.9"),
                new Written(PartChecks.SplitOverlap.class, "ml.split_overlap", ""),
                new Written(PartChecks.GroupLeakage.class, "ml.group_leakage", ""),
                new Written(PartChecks.TimeLeakage.class, "ml.time_leakage", ""),
                new Written(
                        PartChecks.NewCategory.class, "ml.new_category", ", 'columns': ['port'], 'maxShare': 0.01"));
    }

    @Test
    void everyKindIsAsked() {
        var kinds = CheckRegistry.builtIn();
        assertThat(written()).extracting(Written::name).containsExactlyInAnyOrderElementsOf(kinds.names());
        assertThat(written())
                .allSatisfy(check -> assertThat(kinds.kind(check.name())).get().isInstanceOf(check.type()));
    }

    @ParameterizedTest
    @MethodSource("written")
    void saysWhatItAsks(Written check) {
        var kind = CheckRegistry.builtIn().kind(check.name()).orElseThrow();
        assertThat(kind.name()).matches("[a-z]+\\.[a-z_]+");
        assertThat(kind.documentation()).matches("[A-Z].*\\.");
        assertThat(kind.parameters())
                .allSatisfy(field -> assertThat(field.documentation()).endsWith("."));
        var shape = CheckRegistry.shape(kind);
        assertThat(shape.fields()).extracting(field -> field.name()).doesNotHaveDuplicates();
        assertThat(ShapeCheck.problems(Json.parse(check.json("a")), shape)).isEmpty();
    }

    @Test
    void refuseAColumnThatIsNotThereAndNameTheNearest() throws Exception {
        try (var checked = table(1, ROWS.formatted(0, 10))) {
            var schema = checked.table("train").schema();
            for (var check : written()) {
                // That a column is missing is what the check of a schema finds.
                if (check.rest().contains("'column") && check.type() != SchemaCheck.class) {
                    var problems = new ArrayList<String>();
                    for (var spec : specs(check.misspelt())) {
                        spec.kind()
                                .check(
                                        spec,
                                        schema,
                                        (pointer, code, message, remedy) ->
                                                problems.add(pointer + " " + message + " " + remedy));
                    }
                    assertThat(problems)
                            .as(check.name())
                            .isNotEmpty()
                            .allMatch(line -> line.matches("/column(s/\\d+)? .*Did you mean '.*"));
                }
            }
        }
    }

    @Test
    void judgeRowsMissingValuesAndNoRowsAtAll() throws Exception {
        for (var query : List.of(ROWS.formatted(0, 60), MISSING, ROWS.formatted(0, 0))) {
            try (var checked = table(1, query)) {
                for (var result : checked.ask(all())) {
                    var finding = result.finding();
                    assertThat(finding.observed()).as(result.check().id()).isNotBlank();
                    assertThat(finding.expected()).as(result.check().id()).isNotBlank();
                    assertThat(finding.failing()).as(result.check().id()).isBetween(0L, finding.checked());
                    finding.value()
                            .ifPresent(value ->
                                    assertThat(value).as(result.check().id()).isFinite());
                }
            }
        }
    }

    @Test
    void findTheSameAgainWithMoreThreadsAndBesideOtherChecks() throws Exception {
        try (var single = table(1, ROWS.formatted(0, 60));
                var several = table(4, ROWS.formatted(0, 60))) {
            var together = single.ask(all());
            for (var check : written()) {
                var alone = "[" + check.json(check.name()) + "]";
                var expected = findings(together, check.name());
                assertThat(findings(single.ask(alone), check.name())).isEqualTo(expected);
                assertThat(findings(several.ask(alone), check.name())).isEqualTo(expected);
            }
        }
    }

    /** A condition of one row: wherever the rows are cut in two, the counts of both parts add up. */
    @Test
    void askEachRowByItself() throws Exception {
        try (var checked = table(1, ROWS.formatted(0, 30))) {
            var table = checked.table("train");
            for (var check : written()) {
                for (var spec : specs(check)) {
                    if (spec.kind() instanceof CheckKind.OfRows kind) {
                        var applicable = kind.applicable(spec, table.schema());
                        assertThat(count(table, "(" + applicable + ") IS NULL")).isZero();
                        assertAddsUp(table, applicable);
                        assertAddsUp(table, Examination.failing(spec, kind, table));
                    }
                }
            }
        }
    }

    /** By group means: the same check, asked of the rows of each group alone. */
    @Test
    void judgeEachGroupLikeItsRowsAlone() throws Exception {
        try (var checked = table(1, ROWS.formatted(0, 60))) {
            for (var check : written()) {
                var kind = CheckRegistry.builtIn().kind(check.name()).orElseThrow();
                if (kind instanceof CheckKind.OfParts || !named(kind, "groupBy")) {
                    continue;
                }
                var grouped = checked.ask(
                        "[" + with(check, "'groupBy': ['port', 'late']").json("a") + "]");
                for (var result : grouped) {
                    assertThat(result.groups()).as(check.name()).hasSize(8);
                    for (var group : result.groups()) {
                        var where = group.name()
                                .replaceAll("port = (port\\d)", "port = \\\\u0027$1\\\\u0027")
                                .replace("port missing", "port is null")
                                .replace(", ", " and ");
                        var alone = checked.ask(
                                "[" + with(check, "'where': '" + where + "'").json("a") + "]");
                        assertThat(alone.getFirst().finding())
                                .as(check.name() + " " + group.name())
                                .isEqualTo(group.finding());
                    }
                }
            }
        }
    }

    private static boolean named(CheckKind kind, String field) {
        return CheckRegistry.shape(kind).fields().stream()
                .anyMatch(known -> known.name().equals(field));
    }

    private static Written with(Written check, String field) {
        return new Written(check.type(), check.name(), check.rest() + ", " + field);
    }

    private static void assertAddsUp(Table table, String condition) throws InterruptedException {
        var whole = count(table, condition);
        for (var cut = 0; cut <= 30; cut += 5) {
            var parts = count(table, "id < " + cut + " AND (" + condition + ")")
                    + count(table, "id >= " + cut + " AND (" + condition + ")");
            assertThat(parts).as(condition).isEqualTo(whole);
        }
    }

    /** What the one scan measures is one number each, of no rows too. */
    @Test
    void measureByAggregatesOfTheOneScan() throws Exception {
        for (var query : List.of(ROWS.formatted(0, 20), MISSING, ROWS.formatted(0, 0))) {
            try (var checked = table(1, query)) {
                var table = checked.table("train");
                for (var check : written()) {
                    for (var spec : specs(check)) {
                        if (spec.kind() instanceof CheckKind.OfTable kind) {
                            assertMeasures(table, spec, kind);
                        }
                    }
                }
            }
        }
    }

    private static void assertMeasures(Table table, CheckSpec spec, CheckKind.OfTable kind)
            throws InterruptedException {
        for (var aggregate : kind.aggregates(spec, table.schema())) {
            var rows = table.ask("SELECT " + aggregate + " FROM " + table.relation(), row -> {
                assertThat(row.getMetaData().getColumnCount()).isEqualTo(1);
                return row.getDouble(1);
            });
            assertThat(rows).as(aggregate).hasSize(1);
        }
    }

    private static String all() {
        return written().stream()
                .map(check -> check.json(check.name()))
                .toList()
                .toString();
    }

    private static long count(Table table, String condition) throws InterruptedException {
        return table.askOne("SELECT count(*) FROM " + table.relation() + " WHERE " + condition, row -> row.getLong(1));
    }

    private CheckedTable table(int threads, String query) throws Exception {
        return new CheckedTable(folder.resolve("table" + TABLES.incrementAndGet()), threads)
                .reference("ports", "SELECT 'port' || i AS name FROM range(4) t(i)")
                .input("train", query, ROLES)
                .input("test", query, ROLES);
    }

    private static List<Finding> findings(List<Examination.Result> results, String id) {
        return results.stream()
                .filter(result -> result.check().id().equals(id))
                .map(Examination.Result::finding)
                .toList();
    }

    private static List<CheckSpec> specs(Written check) {
        var problems = new LinkedHashMap<String, String>();
        var items = List.<Value>of(Json.parse(check.json("a")));
        var specs = new CheckReader(CheckRegistry.builtIn())
                .read(items, (pointer, code, message, remedy) -> problems.put(pointer, message));
        assertThat(problems).isEmpty();
        return specs;
    }
}
