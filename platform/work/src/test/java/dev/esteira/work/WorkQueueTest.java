package dev.esteira.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Database;
import dev.esteira.store.DatabaseKind;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import dev.esteira.testing.SequentialIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkQueueTest {

    private static final WorkspaceName WORKSPACE = WorkspaceName.DEFAULT;
    private static final RetryPolicy THRICE = new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofSeconds(15));

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @FunctionalInterface
    private interface Body {
        WorkOutcome perform(WorkItem item) throws IOException, InterruptedException;
    }

    private WorkKind kind(Body body) {
        return new WorkKind() {
            @Override
            public String name() {
                return "note";
            }

            @Override
            public RetryPolicy retry() {
                return THRICE;
            }

            @Override
            public WorkOutcome perform(WorkItem item) throws IOException, InterruptedException {
                seen.add(item.payload() + item.attempt());
                return body.perform(item);
            }
        };
    }

    private WorkQueue queue(Database database, String node, Body body) {
        return new WorkQueue(database, List.of(kind(body)), clock, new SequentialIds(), node);
    }

    private static void submit(Database database, WorkQueue queue, String... payloads) {
        database.change(tx -> {
            for (var payload : payloads) {
                queue.submit(tx, WorkRequest.now(WORKSPACE, "note", payload));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void doesWorkOnceAndForgetsIt(DatabaseKind database) throws Exception {
        try (var main = database.open(folder, MigrationChain.MAIN)) {
            var queue = queue(main, "one", item -> WorkOutcome.done());
            submit(main, queue, "a", "b");
            assertThat(queue.runDue()).isEqualTo(2);
            assertThat(queue.runDue()).isZero();
            assertThat(seen).containsExactlyInAnyOrder("a1", "b1");
            assertThat(queue.nearest()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void triesAgainByThePolicyUntilItEnds(DatabaseKind database) throws Exception {
        try (var main = database.open(folder, MigrationChain.MAIN)) {
            var queue = queue(main, "one", item -> {
                throw new IOException("no");
            });
            submit(main, queue, "a");
            assertThat(queue.runDue()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(9));
            assertThat(queue.runDue()).isZero();
            clock.advance(Duration.ofSeconds(1));
            assertThat(queue.runDue()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(15));
            assertThat(queue.runDue()).isEqualTo(1);
            clock.advance(Duration.ofDays(1));
            assertThat(queue.runDue()).isZero();
            assertThat(seen).containsExactly("a1", "a2", "a3");
            assertThat(queue.givenUp()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesUpWorkThatNeverLivesToNoteItsEnd(DatabaseKind database) throws Exception {
        try (var main = database.open(folder, MigrationChain.MAIN)) {
            var queue = queue(main, "one", item -> {
                throw new StackOverflowError();
            });
            submit(main, queue, "a");
            for (var attempt = 1; attempt <= 3; attempt++) {
                assertThatThrownBy(queue::runDue).isInstanceOf(StackOverflowError.class);
                clock.advance(Duration.ofDays(1));
            }
            queue.runDue();
            assertThat(seen).containsExactly("a1", "a2", "a3");
            assertThat(queue.givenUp()).isEqualTo(1);
            assertThat(queue.nearest()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderOfAKeyAcrossFailures(DatabaseKind database) throws Exception {
        try (var main = database.open(folder, MigrationChain.MAIN)) {
            var queue = queue(main, "one", item -> {
                if (item.payload().equals("a") && item.attempt() == 1) {
                    throw new IOException("no");
                }
                return WorkOutcome.done();
            });
            main.change(tx -> {
                for (var payload : List.of("a", "b", "c")) {
                    queue.submit(tx, WorkRequest.now(WORKSPACE, "note", payload).inOrderOf("k"));
                }
            });
            queue.runDue();
            assertThat(seen).containsExactly("a1");
            assertThat(queue.nearest()).contains(clock.instant().plusSeconds(10));
            clock.advance(Duration.ofSeconds(10));
            queue.runDue();
            assertThat(seen).containsExactly("a1", "a2", "b1", "c1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimerIsSetOnceAndRepeats(DatabaseKind database) throws Exception {
        try (var main = database.open(folder, MigrationChain.MAIN)) {
            var queue =
                    queue(main, "one", item -> WorkOutcome.again(clock.instant().plus(Duration.ofHours(1))));
            var timer = WorkRequest.timer(
                    WORKSPACE, "note", "hourly", clock.instant().plus(Duration.ofHours(1)));
            assertThat((boolean) main.write(tx -> queue.submit(tx, timer))).isTrue();
            assertThat((boolean) main.write(tx -> queue.submit(tx, timer))).isFalse();
            assertThat(queue.runDue()).isZero();
            for (var hour = 1; hour <= 3; hour++) {
                clock.advance(Duration.ofHours(1));
                assertThat(queue.runDue()).isEqualTo(1);
            }
            assertThat(seen).containsExactly("1", "1", "1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimerIsBroughtForwardAndNotPutOff(DatabaseKind database) throws Exception {
        try (var main = database.open(folder, MigrationChain.MAIN)) {
            var queue = queue(main, "one", item -> {
                throw new IOException("no");
            });
            for (var hours : List.of(6, 2, 4)) {
                var due = clock.instant().plus(Duration.ofHours(hours));
                main.change(tx -> queue.schedule(tx, WorkRequest.timer(WORKSPACE, "note", "timer", due)));
            }
            assertThat(queue.nearest()).contains(clock.instant().plus(Duration.ofHours(2)));
            for (var attempt = 0; attempt < 3; attempt++) {
                clock.advance(Duration.ofHours(2));
                queue.runDue();
            }
            assertThat(queue.givenUp()).isEqualTo(1);
            main.change(tx -> queue.schedule(tx, WorkRequest.timer(WORKSPACE, "note", "timer", clock.instant())));
            assertThat(queue.runDue()).isEqualTo(1);
            assertThat(queue.givenUp()).isZero();
            assertThat(seen).containsExactly("1", "2", "3", "1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsTheResultOfAProcessThatWasTakenForDead(DatabaseKind database) throws Exception {
        try (var main = database.open(folder, MigrationChain.MAIN)) {
            var second = queue(main, "two", item -> WorkOutcome.done());
            var first = queue(main, "one", item -> {
                if (item.attempt() == 1) {
                    // Silent for longer than its lease: another process does the work meanwhile.
                    clock.advance(Duration.ofSeconds(31));
                    assertThat(second.runDue()).isEqualTo(1);
                }
                return new WorkOutcome.Done(tx -> seen.add("never"));
            });
            submit(main, first, "a");
            assertThat(first.runDue()).isEqualTo(1);
            assertThat(seen).containsExactly("a1", "a2");
            assertThat(first.nearest()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesUpAtOnceWhatItsDeadPredecessorHeld(DatabaseKind database) throws Exception {
        try (var main = database.open(folder, MigrationChain.MAIN)) {
            var dead = queue(main, "one", item -> WorkOutcome.done());
            submit(main, dead, "a");
            assertThat(dead.take()).isPresent();
            var queue = queue(main, "one", item -> WorkOutcome.done());
            assertThat(queue.runDue()).isZero();
            assertThat(queue.recover()).isEqualTo(1);
            assertThat(queue.runDue()).isEqualTo(1);
            assertThat(seen).containsExactly("a1");
        }
    }

    @Test
    void threadsWakeUpForWorkAndStopInOrder() throws Exception {
        try (var main = DatabaseKind.SQLITE.open(folder, MigrationChain.MAIN)) {
            var done = new CountDownLatch(20);
            var queue = new WorkQueue(
                    main,
                    List.of(kind(item -> {
                        done.countDown();
                        return WorkOutcome.done();
                    })),
                    InstantSource.system(),
                    new SequentialIds(),
                    "one");
            var threads = new WorkThreads(queue, 3, Duration.ofSeconds(10));
            threads.start();
            for (var number = 0; number < 20; number++) {
                submit(main, queue, "n" + number + "-");
            }
            // Far below the longest sleep, so the submissions themselves must have woken it.
            assertThat(done.await(4, TimeUnit.SECONDS)).isTrue();
            threads.close();
            threads.close();
            assertThat(queue.nearest()).isEmpty();
            assertThat(seen).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void aStopInterruptsWhatTakesTooLongAndKeepsItForTheNextStart() throws Exception {
        try (var main = DatabaseKind.SQLITE.open(folder, MigrationChain.MAIN)) {
            var entered = new CountDownLatch(1);
            var queue = queue(main, "one", item -> {
                entered.countDown();
                Thread.sleep(60_000);
                return WorkOutcome.done();
            });
            var threads = new WorkThreads(queue, 1, Duration.ofMillis(50));
            threads.start();
            submit(main, queue, "a");
            entered.await();
            threads.close();
            var next = queue(main, "one", item -> WorkOutcome.done());
            assertThat(next.runDue()).isEqualTo(1);
            assertThat(seen).containsExactly("a1", "a1");
        }
    }
}
