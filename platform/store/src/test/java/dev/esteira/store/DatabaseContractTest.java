package dev.esteira.store;

import static dev.esteira.store.Probes.count;
import static dev.esteira.store.Probes.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every database promises. */
class DatabaseContractTest {

    @TempDir
    private Path folder;

    private Database open(DatabaseKind kind) {
        return kind.open(folder, Probes.CHAIN);
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatWasWritten(DatabaseKind kind) {
        try (var database = open(kind)) {
            assertThat((int) database.write(insert(1))).isEqualTo(1);
            var words = database.read(tx -> tx.query("SELECT words FROM probe", row -> row.text("words")));
            assertThat(words).containsExactly("w1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsEveryKindOfArgument(DatabaseKind kind) {
        var at = Instant.parse("2026-03-04T05:06:07.123456Z");
        try (var database = open(kind)) {
            database.change(tx -> {
                var sql = "INSERT INTO probe (workspace, id, words, bytes) VALUES (?, ?, ?, ?)";
                tx.update(sql, "default", at, Optional.of("text"), new byte[] {0, 1, -1});
                tx.update(sql, "default", true, null, Optional.empty());
            });
            database.read(tx -> {
                var rows = tx.query(
                        "SELECT id, words, bytes FROM probe ORDER BY id DESC",
                        row -> List.of(
                                row.instant("id"),
                                row.optionalText("words"),
                                row.optionalBytes("bytes").isPresent()));
                assertThat(rows)
                        .containsExactly(
                                List.of(at, Optional.of("text"), true),
                                List.of(Row.instantOf(1), Optional.empty(), false));
                return true;
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsNothingOfAUnitThatFails(DatabaseKind kind) {
        try (var database = open(kind)) {
            database.write(insert(1));
            assertThatThrownBy(() -> database.change(tx -> {
                        insert(2).in(tx);
                        throw new IllegalArgumentException("no");
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no");
            assertThat(count(database)).isEqualTo(1);
            database.write(insert(3));
            assertThat(count(database)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsThatAKeyIsTaken(DatabaseKind kind) {
        try (var database = open(kind)) {
            database.write(insert(1));
            assertThatThrownBy(() -> database.write(insert(1)))
                    .isInstanceOfSatisfying(EsteiraException.class, error -> {
                        assertThat(error.code()).isEqualTo(StoreErrorCode.DATABASE_FAILED);
                        assertThat(database.dialect().uniqueViolation((SQLException) error.getCause()))
                                .isTrue();
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesAnSqlErrorThroughCodeThatCannotThrowIt(DatabaseKind kind) {
        try (var database = open(kind)) {
            assertThatThrownBy(() -> database.change(
                            tx -> SqlTx.within(tx, inner -> inner.update("INSERT INTO nowhere VALUES (1)"))))
                    .isInstanceOfSatisfying(
                            EsteiraException.class,
                            error -> assertThat(error.code()).isEqualTo(StoreErrorCode.DATABASE_FAILED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesAndDoublesNothingWithManyWriters(DatabaseKind kind) throws Exception {
        var writers = 8;
        var each = 25;
        try (var database = open(kind);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<java.util.concurrent.Future<?>>();
            for (var writer = 0; writer < writers; writer++) {
                answers.add(threads.submit(() -> {
                    for (var unit = 0; unit < each; unit++) {
                        database.change(tx -> {
                            // Read then write: two units that see the same count would collide or lose one.
                            var next = tx.whole("SELECT coalesce(max(id), 0) + 1 FROM probe");
                            insert(next).in(tx);
                        });
                    }
                }));
            }
            for (var answer : answers) {
                answer.get();
            }
            var ids = database.read(tx -> tx.query("SELECT id FROM probe ORDER BY id", row -> row.whole("id")));
            assertThat(ids)
                    .isEqualTo(IntStream.rangeClosed(1, writers * each)
                            .mapToObj(id -> (long) id)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void wakesOnlyAfterACommit(DatabaseKind kind) {
        var woken = Collections.synchronizedList(new ArrayList<String>());
        try (var database = open(kind)) {
            database.change(tx -> {
                insert(1).in(tx);
                tx.afterCommit(() -> woken.add(count(database) + " row"));
            });
            assertThatThrownBy(() -> database.change(tx -> {
                        tx.afterCommit(() -> woken.add("never"));
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(woken).containsExactly("1 row");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsOnOneSnapshot(DatabaseKind kind) throws Exception {
        try (var database = open(kind);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            database.write(insert(1));
            var looked = new CountDownLatch(1);
            var written = new CountDownLatch(1);
            var counts = threads.submit(() -> database.read(tx -> {
                var first = tx.whole("SELECT count(*) FROM probe");
                looked.countDown();
                await(written);
                return List.of(first, tx.whole("SELECT count(*) FROM probe"));
            }));
            looked.await();
            database.write(insert(2));
            written.countDown();
            assertThat(counts.get()).containsExactly(1L, 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesToWriteWhileReading(DatabaseKind kind) {
        try (var database = open(kind)) {
            assertThatThrownBy(() -> database.read(insert(1))).isInstanceOf(EsteiraException.class);
            assertThat(count(database)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAUnitInsideAUnit(DatabaseKind kind) {
        try (var database = open(kind)) {
            assertThatThrownBy(() -> database.change(tx -> count(database)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("calls the database that runs it");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesATransactionThatHasEnded(DatabaseKind kind) {
        try (var database = open(kind)) {
            var kept = database.write(tx -> tx);
            assertThatThrownBy(() -> kept.update("DELETE FROM probe")).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesUnitsAfterItWasClosed(DatabaseKind kind) {
        var database = open(kind);
        database.close();
        database.close();
        assertThatThrownBy(() -> count(database))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(StoreErrorCode.DATABASE_CLOSED));
    }

    @ParameterizedTest
    @EnumSource
    void changesManyRowsInOneBatch(DatabaseKind kind) {
        try (var database = open(kind)) {
            var rows = IntStream.range(0, 25_000)
                    .mapToObj(id -> new Object[] {(long) id, "words"})
                    .toList();
            var sql = "INSERT INTO probe (workspace, id, words) VALUES ('default', ?, ?)";
            assertThat((long) database.write(tx -> tx.batch(sql, rows))).isEqualTo(25_000);
            assertThat(count(database)).isEqualTo(25_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void comparesPatternsAlike(DatabaseKind kind) {
        try (var database = open(kind)) {
            var words = List.of("alpha", "Alpha", "al*ha", "al\\ha", "al%ha", "beta");
            database.change(tx -> {
                var id = 0L;
                for (var word : words) {
                    tx.update("INSERT INTO probe (workspace, id, words) VALUES ('default', ?, ?)", id++, word);
                }
            });
            assertThat(like(database, "al_ha")).containsExactly("al%ha", "al*ha", "al\\ha", "alpha");
            assertThat(like(database, "al*%")).containsExactly("al*ha");
            assertThat(like(database, "al\\%")).containsExactly("al\\ha");
            assertThat(like(database, "%")).hasSize(6).isSorted();
            var anyCase = database.read(tx -> tx.query(
                    "SELECT words FROM probe WHERE " + tx.dialect().likeAnyCase("words") + " ORDER BY words",
                    row -> row.text("words"),
                    "ALPHA"));
            assertThat(anyCase).containsExactly("Alpha", "alpha");
        }
    }

    private static List<String> like(Database database, String pattern) {
        return database.read(tx -> tx.query(
                "SELECT words FROM probe WHERE " + tx.dialect().like("words") + " ORDER BY words",
                row -> row.text("words"),
                tx.dialect().likePattern(pattern)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
