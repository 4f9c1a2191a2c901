package dev.esteira.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSessionTest {

    @TempDir
    Path folder;

    @Test
    void namesTheVersionThatItRuns() throws Exception {
        try (var session = session()) {
            var version = session.row("SELECT version()", List.of(), row -> row.getString(1));
            assertThat(DataEngine.VERSION).isEqualTo("DuckDB " + version.substring(1));
        }
    }

    @Test
    void reachesNothingOutsideItsFolder() throws Exception {
        var secret = Files.writeString(folder.resolve("secret.csv"), "a\n1\n");
        var open = Files.writeString(folder.resolve("open.csv"), "a\n1\n");
        try (var session = Frames.ENGINE.open(folder.resolve("session"), 1, List.of(open))) {
            long rows = session.row(
                    "SELECT count(*) FROM read_csv(?)", List.of(Value.of(open.toString())), row -> row.getLong(1));
            assertThat(rows).isEqualTo(1);
            for (var sql : List.of(
                    "SELECT * FROM read_csv('" + secret + "')",
                    "SELECT * FROM read_text('/etc/passwd')",
                    "SELECT * FROM read_csv('" + folder.resolve("session/../secret.csv") + "')",
                    "COPY (SELECT 1) TO '" + folder.resolve("out.csv") + "'",
                    "ATTACH '" + folder.resolve("x.db") + "'",
                    "INSTALL httpfs",
                    "SELECT * FROM read_parquet('https://example.org/x.parquet')")) {
                assertThat(code(() -> session.execute(sql))).as(sql).isEqualTo(DatasetErrorCode.SQL_FORBIDDEN);
            }
            assertThatThrownBy(() -> session.execute("SET threads = 8")).isInstanceOf(EsteiraException.class);
            assertThatThrownBy(() -> session.execute("SET TimeZone = 'Asia/Tokyo'"))
                    .isInstanceOf(EsteiraException.class);
        }
    }

    @Test
    void endsTheStatementOfAnInterruptedCaller() throws Exception {
        try (var session = session()) {
            var ended = new CountDownLatch(1);
            var outcome = new AtomicReference<Throwable>();
            var caller = Thread.ofVirtual().start(() -> {
                try {
                    session.execute(
                            "SELECT count(*) FROM range(1000000000) a, range(1000) b WHERE a.range * b.range % 7 = 3");
                } catch (Throwable e) {
                    outcome.set(e);
                } finally {
                    ended.countDown();
                }
            });
            TimeUnit.MILLISECONDS.sleep(200);
            caller.interrupt();
            assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void closesWhileAStatementRuns() throws Exception {
        var session = session();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                session.execute(
                        "SELECT count(*) FROM range(1000000000) a, range(1000) b WHERE a.range * b.range % 7 = 3");
            } catch (InterruptedException | RuntimeException e) {
                Thread.currentThread().interrupt();
            }
        });
        TimeUnit.MILLISECONDS.sleep(100);
        session.close();
        caller.join(5_000);
        assertThat(caller.isAlive()).isFalse();
        session.close();
    }

    @Test
    void saysWhereAQueryIsWrong() throws Exception {
        try (var session = session()) {
            assertThatThrownBy(() -> session.requireQuery("select 1,\n  from from x"))
                    .hasMessageContaining("Line 2")
                    .extracting(error -> ((EsteiraException) error).code())
                    .isEqualTo(DatasetErrorCode.SQL_MALFORMED);
            for (var sql : List.of(
                    "select 1; select 2",
                    "drop table x",
                    "copy (select 1) to 'x'",
                    "select 1) to 'x' --",
                    "set threads = 1",
                    "")) {
                assertThatThrownBy(() -> session.requireQuery(sql)).as(sql).isInstanceOf(EsteiraException.class);
            }
            session.requireQuery("with a as (select 1 as x) select x from a -- the end");
            session.requireQuery("from t select x where y > $1");
        }
    }

    @Test
    void tellsDataFromSyntaxFromMemory() throws Exception {
        try (var session = session()) {
            assertThat(code(() -> session.execute("SELECT nope FROM range(3)")))
                    .isEqualTo(DatasetErrorCode.SQL_MALFORMED);
            assertThat(code(() ->
                            session.execute("SELECT CAST(x AS BIGINT) FROM (SELECT 'a' || range AS x FROM range(2))")))
                    .isEqualTo(DatasetErrorCode.SQL_FAILED);
        }
        try (var small = new DataEngine(64L << 20).open(Frames.fresh(folder), 1, List.of())) {
            assertThat(code(() -> small.execute("SELECT list(range) FROM range(100000000)")))
                    .isEqualTo(DatasetErrorCode.DATA_MEMORY_EXCEEDED);
        }
    }

    @Test
    void keepsTheBitsOfNumbersThatItIsGiven() throws Exception {
        var first = new double[] {0.1, -0.0, Double.NaN, Double.MIN_VALUE, Double.POSITIVE_INFINITY, 1 / 3.0};
        var second = new double[] {1, 2, 3, 4, 5, Double.NaN};
        try (var session = session()) {
            session.create("of \"mine\"", List.of(first, second));
            var rows = session.rows(
                    "SELECT c0, c1, c0 IS NULL, c1 IS NULL FROM \"of \"\"mine\"\"\" ORDER BY i",
                    List.of(),
                    row -> List.of(row.getDouble(1), row.getDouble(2), row.getBoolean(3), row.getBoolean(4)));
            assertThat(rows)
                    .containsExactly(
                            List.of(0.1, 1.0, false, false),
                            List.of(-0.0, 2.0, false, false),
                            List.of(Double.NaN, 3.0, true, false),
                            List.of(Double.MIN_VALUE, 4.0, false, false),
                            List.of(Double.POSITIVE_INFINITY, 5.0, false, false),
                            List.of(1 / 3.0, Double.NaN, false, true));
        }
    }

    @Test
    void bindsNamesByValue() throws Exception {
        var sql = "select $late > 5 as late, '$late' as t, $2x as y, $$ $late $$ as d -- $late\n;";
        var bound = NamedParameters.bind(sql, Map.of("late", Value.of(7L), "2x", Value.of("'; drop table x; --")));
        try (var session = session()) {
            session.requireQuery(bound.sql());
            var row = session.row(
                    bound.sql(),
                    bound.parameters(),
                    r -> r.getBoolean(1) + r.getString(2) + r.getString(3) + r.getString(4));
            assertThat(row).isEqualTo("true$late'; drop table x; -- $late ");
        }
        assertThatThrownBy(() -> NamedParameters.bind("select $lat", Map.of("late", Value.of(1L))))
                .hasMessageContaining("$lat")
                .extracting(error -> ((EsteiraException) error).remedy().orElseThrow())
                .isEqualTo("Did you mean $late?");
        assertThatThrownBy(() -> NamedParameters.bind("select 1", Map.of("late", Value.of(1L))))
                .hasMessageContaining("does not use");
        assertThat(NamedParameters.bind("select 1 ;\n -- done\n", Map.of()).sql())
                .isEqualTo("select 1");
    }

    private DataSession session() throws Exception {
        return Frames.ENGINE.open(Frames.fresh(folder), 2, List.of());
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static ErrorCode code(Work work) throws InterruptedException {
        try {
            work.run();
        } catch (EsteiraException e) {
            return e.code();
        }
        throw new AssertionError("No error");
    }
}
