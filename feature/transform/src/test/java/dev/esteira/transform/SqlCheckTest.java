package dev.esteira.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.Outline;
import dev.esteira.testing.NotedProblems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a query is found before anything runs. */
class SqlCheckTest {

    private static final Value.Fields BIND = Value.Fields.EMPTY.with("late", Value.of(15));
    private static final Value.Fields NONE = Value.Fields.EMPTY;
    private static final SqlOutline OUTLINE = new SqlOutline(Samples.jvm());

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from flights where delay > $late",
                "with late as (select * from flights) select * from late l join WEATHER using (k) where d > $late;",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < $late) select * from n",
                "from flights limit $late",
                "select 'from nowhere' as \"from other\", $late as x from range(3) -- from nothing",
                "select * from (select 1 as a) where exists (select 1 from weather where k = a + $late)",
                "select * from flights pivot (sum(x) for y in ('a', 'b')) where z = $late",
            })
    void queriesOverTheInputsHaveNoProblem(String sql) throws Exception {
        assertThat(inFile(sql, BIND)).isEmpty();
        assertThat(inline(sql, BIND)).isEmpty();
    }

    @Test
    void aSyntaxErrorIsNamedAtItsPlaceInTheFile() throws Exception {
        assertThat(inFile("select a, b\nfrom flights\nwere x = $late", BIND))
                .containsExactly("q.sql:3:6 SQL_MALFORMED syntax error at or near \"x\". Correct the SQL text.");
        assertThat(inline("selec 1", NONE))
                .singleElement()
                .asString()
                .startsWith("/sql/text SQL_MALFORMED Line 1, column 1: ");
    }

    @Test
    void aTableThatIsNoInputIsNamedWithTheNearest() throws Exception {
        assertThat(inFile("select 'é', a\nfrom flihgts, weather", NONE))
                .containsExactly("q.sql:2:6 SQL_MALFORMED The query reads 'flihgts', which is no input of the step."
                        + " Did you mean 'flights'?");
        assertThat(inFile("select 'é' as b from flights, planes", NONE))
                .containsExactly("q.sql:1:31 SQL_MALFORMED The query reads 'planes', which is no input of the step."
                        + " Add it under 'inputs'.");
        assertThat(inline("from 'secrets.csv'", NONE))
                .containsExactly("/sql/text SQL_MALFORMED Line 1, column 6: The query reads 'secrets.csv', which is no"
                        + " input of the step. Add it under 'inputs'.");
    }

    @Test
    void parametersAndValuesMustBeTheSame() throws Exception {
        assertThat(inFile("select * from flights where d > $later", BIND))
                .containsExactly("/sql SQL_PARAMETER_UNKNOWN The SQL text uses $later, which is not bound."
                        + " Did you mean $late?");
        assertThat(inFile("select * from flights", BIND))
                .singleElement()
                .asString()
                .startsWith("/sql SQL_PARAMETER_UNKNOWN The SQL text does not use the bound parameter $late.");
    }

    @Test
    void whatIsNoQueryIsRefused() throws Exception {
        assertThat(inFile("select 1 as a; select 2 as b", NONE))
                .containsExactly("q.sql:1:1 SQL_FORBIDDEN The SQL text holds 2 statements."
                        + " Write one query, beginning with select, with or from.");
        assertThat(inFile("create table x as select 1", NONE))
                .singleElement()
                .asString()
                .startsWith("q.sql:1:1 SQL_FORBIDDEN The SQL text is not a plain query.");
        Files.write(folder.resolve("q.sql"), "select 'é'".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems("path", "q.sql", NONE))
                .containsExactly("q.sql:1:1 SQL_MALFORMED The SQL file is not text in UTF-8. Save it as UTF-8.");
    }

    @Test
    void aTextThatEndsTheEnginesProcessIsAProblemAndNoMore() throws Exception {
        var dying = Files.writeString(folder.resolve("java"), "#!/bin/sh\nkill -SEGV $$\n");
        Files.setPosixFilePermissions(dying, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("q.sql"), "from flights");
        var problems = known().bundle(folder);
        var sql = Value.Fields.EMPTY.with("path", Value.of("q.sql"));

        SqlCheck.check(
                Value.Fields.EMPTY.with("sql", sql),
                problems,
                new SqlOutline(new ChildJvm(dying, List.of(), List.of())));

        assertThat(problems.found())
                .containsExactly(
                        "q.sql:1:1 SQL_MALFORMED The data engine cannot read this query: its process ended with"
                                + " status 139. Write it with less inside of each other, or in two steps.");
    }

    @ParameterizedTest
    @CsvSource({"300, abs(", "20000, ("})
    void aTextTooDeepToReadIsToldSo(int depth, String opening) throws Exception {
        assertThat(inFile("select " + opening.repeat(depth) + "1" + ")".repeat(depth) + " as a", NONE))
                .containsExactly("q.sql:1:1 SQL_MALFORMED The query holds too much inside of each other."
                        + " Write it in several steps, or name parts of it with 'with'.");
    }

    @Test
    @Tag("slow")
    void aQueryThatHasNoEndIsFoundOutWhenItRuns() {
        var endless = IntStream.range(1, 60)
                .mapToObj(number -> ", a" + (number - 1) + " + a" + (number - 1) + " as a" + number)
                .collect(Collectors.joining("", "select delay + $late as a0", " from flights"));
        var problems = known();

        assertThat(SqlCheck.check(step(endless, Map.of()), problems, OUTLINE)).isEmpty();

        assertThat(problems.found()).isEmpty();
    }

    @Test
    void whereNobodyCanBeAskedNothingIsSaid() throws Exception {
        var nobody = new SqlOutline(new ChildJvm(folder.resolve("java"), List.of(), List.of()));
        var problems = known();

        assertThat(SqlCheck.check(step("selec 1", Map.of()), problems, nobody)).isEmpty();

        assertThat(problems.found()).singleElement().asString().startsWith("/sql SQL_PARAMETER_UNKNOWN");
    }

    @Test
    void aFileThatIsNotThereYetIsCheckedLater() throws Exception {
        assertThat(problems("path", "later.sql", NONE)).isEmpty();
    }

    private List<String> inFile(String sql, Value.Fields bind) throws Exception {
        Files.writeString(folder.resolve("q.sql"), sql);
        return problems("path", "q.sql", bind);
    }

    private List<String> inline(String sql, Value.Fields bind) {
        return problems("text", sql, bind);
    }

    private List<String> problems(String field, String value, Value.Fields bind) {
        var problems = new NotedProblems()
                .input("flights", Outline.of(ArtifactType.DATASET))
                .input("weather", Outline.of(ArtifactType.DATASET))
                .bundle(folder);
        var sql = Value.Fields.EMPTY.with(field, Value.of(value)).with("bind", bind);
        assertThat(SqlCheck.check(Value.Fields.EMPTY.with("sql", sql), problems, OUTLINE))
                .isEmpty();
        return problems.found();
    }

    @Test
    void theColumnsOfTheRowsAreKnownWhereThoseOfTheInputsAre() {
        var problems = known();
        var columns = SqlCheck.check(
                step(
                        "select k, count(*) as n, avg(delay) as mean, max(moment) as last, sum(price) as paid, $late as late,"
                                + " day, any_value(sick) as sick from flights join weather using (k) group by k, day",
                        Map.of("roles", Value.Fields.EMPTY.with("id", Value.of("k")))),
                problems,
                OUTLINE);

        assertThat(problems.found()).isEmpty();
        assertThat(columns.orElseThrow().columns())
                .extracting(column -> column.name() + " " + column.type().text()
                        + column.role().map(role -> " " + role.text()).orElse(""))
                .containsExactly(
                        "k string id",
                        "n integer",
                        "mean number",
                        "last timestamp",
                        "paid decimal",
                        "late integer",
                        "day date",
                        "sick boolean");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select k,\\n delya from flights where 1 < $late | {} | q.sql:2:1 SQL_MALFORMED Referenced column \"delya\" not found",
                "select k, length(delay) from flights where 1 < $late | {} | q.sql:1:1 SQL_MALFORMED No function matches",
                "select k, [delay] as list from flights where 1 < $late | {} | q.sql:1:1 COLUMN_TYPE_UNSUPPORTED Column 'list'",
                "select k from flights where 1 < $late | {\"roles\": {\"label\": \"lat\"}} | /roles ROLE_MALFORMED The role label names the column 'lat'",
                "select k as key from flights where 1 < $late | {\"orderBy\": [\"kye\"]} | /orderBy COLUMN_UNKNOWN orderBy names the column 'kye', which the query does not give. Did you mean 'key'?",
            })
    void whatDoesNotFitTheColumnsIsReported(String sql, String more, String problem) throws Exception {
        Files.writeString(folder.resolve("q.sql"), sql.replace("\\n", "\n"));
        var problems = known().bundle(folder);
        var query = Value.Fields.EMPTY.with("path", Value.of("q.sql")).with("bind", BIND);
        var step = new LinkedHashMap<>(Json.parseFields(more).entries());
        step.put("sql", query);

        SqlCheck.check(Value.ofFields(step), problems, OUTLINE);

        assertThat(problems.found()).singleElement().asString().startsWith(problem);
    }

    private static NotedProblems known() {
        return new NotedProblems()
                .input(
                        "flights",
                        Outline.dataset(schema(Map.of(
                                "k", LogicalType.STRING,
                                "delay", LogicalType.NUMBER,
                                "moment", LogicalType.TIMESTAMP,
                                "price", LogicalType.DECIMAL))))
                .input(
                        "weather",
                        Outline.dataset(schema(Map.of(
                                "k", LogicalType.STRING, "day", LogicalType.DATE, "sick", LogicalType.BOOLEAN))));
    }

    private static Schema schema(Map<String, LogicalType> columns) {
        return new Schema(new TreeMap<>(columns)
                .entrySet().stream()
                        .map(column -> new Column(column.getKey(), column.getValue(), true, Optional.empty()))
                        .toList());
    }

    private static Value.Fields step(String sql, Map<String, Value> more) {
        var query = Value.Fields.EMPTY.with("text", Value.of(sql)).with("bind", BIND);
        var fields = new LinkedHashMap<>(more);
        fields.put("sql", query);
        return Value.ofFields(fields);
    }
}
