package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

    @TempDir
    private Path folder;

    @Test
    void unitsThatWaitShareOneCommitAndAFailingOneIsRolledBackAlone() throws Exception {
        try (var database = DatabaseKind.SQLITE.open(folder, Probes.CHAIN);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var entered = new CountDownLatch(1);
            var free = new CountDownLatch(1);
            var answers = new ArrayList<Future<?>>();
            answers.add(threads.submit(() -> database.write(tx -> {
                entered.countDown();
                await(free);
                return Probes.insert(0).in(tx);
            })));
            entered.await();
            for (var id = 1; id <= 100; id++) {
                var unit = Probes.insert(id == 50 ? 0 : id);
                answers.add(threads.submit(() -> database.write(unit)));
            }
            // All of them wait behind the first before it goes on.
            while (((SqliteDatabase) database).waitingWrites() < 100) {
                Thread.sleep(1);
            }
            free.countDown();
            for (var index = 0; index < answers.size(); index++) {
                if (index == 50) {
                    assertThatThrownBy(answers.get(index)::get).hasRootCauseInstanceOf(java.sql.SQLException.class);
                } else {
                    answers.get(index).get();
                }
            }
            assertThat(Probes.count(database)).isEqualTo(100);
            assertThat(database.figures()).satisfies(figures -> {
                assertThat(figures.units()).isEqualTo(100);
                assertThat(figures.failures()).isEqualTo(1);
                assertThat(figures.commits()).isEqualTo(1);
            });
        }
    }

    @Test
    void unitsBehindOneThatEndsTheTransactionOnItsSecondRunAreStillWritten() throws Exception {
        try (var database = DatabaseKind.SQLITE.open(folder, Probes.CHAIN);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var entered = new CountDownLatch(1);
            var free = new CountDownLatch(1);
            var first = threads.submit(() -> database.write(tx -> {
                entered.countDown();
                await(free);
                return Probes.insert(0).in(tx);
            }));
            entered.await();
            var runs = new AtomicInteger();
            var later = behind(threads, database, 1, tx -> {
                if (runs.incrementAndGet() == 2) {
                    return endTransaction(tx);
                }
                return Probes.insert(1).in(tx);
            });
            var behind = behind(threads, database, 2, Probes.insert(2));
            var ending = behind(threads, database, 3, GroupCommitTest::endTransaction);
            free.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(behind.get(30, TimeUnit.SECONDS)).isNotNull();
            assertThatThrownBy(() -> later.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("ended");
            assertThatThrownBy(() -> ending.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("ended");
            assertThat(Probes.count(database)).isEqualTo(2);
        }
    }

    /** Has a unit wait as the n-th behind the one that runs. */
    private static <T> Future<T> behind(ExecutorService threads, Database database, int position, Unit<T> unit)
            throws InterruptedException {
        var answer = threads.submit(() -> database.write(unit));
        while (((SqliteDatabase) database).waitingWrites() < position) {
            Thread.sleep(1);
        }
        return answer;
    }

    /** What SQLite does by itself on a full disk. */
    private static int endTransaction(SqlTx tx) throws SQLException {
        SqliteConnections.execute(tx.connection(), "ROLLBACK");
        throw new IllegalStateException("ended");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
