package dev.esteira.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentlyTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void resultsStandInTheOrderOfTheItems(int threads) throws Exception {
        var items = IntStream.range(0, 50).boxed().toList();

        var results = Concurrently.each(items, threads, item -> {
            Thread.sleep(item % 3);
            return item * 2;
        });

        assertThat(results).isEqualTo(items.stream().map(item -> item * 2).toList());
    }

    @Test
    void asManyItemsAsThreadsAreWorkedOnAtATime() throws Exception {
        // Each waits for the other, which a single thread would never see.
        var barrier = new CyclicBarrier(2);

        var arrived = Concurrently.each(List.of(1, 2), 2, item -> {
            try {
                return barrier.await(10, TimeUnit.SECONDS);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw new IOException(e);
            }
        });

        assertThat(arrived).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void oneThreadIsTheCallersOwn() throws Exception {
        assertThat(Concurrently.each(List.of(1, 2), 1, item -> Thread.currentThread()))
                .containsOnly(Thread.currentThread());
    }

    @Test
    void aFailureIsTheCallersAndEndsTheRest() {
        var begun = new ConcurrentLinkedQueue<Integer>();
        var interrupted = new AtomicBoolean();
        var second = new CountDownLatch(1);

        assertThatThrownBy(() ->
                        Concurrently.each(IntStream.range(0, 20).boxed().toList(), 2, item -> {
                            begun.add(item);
                            if (item == 0) {
                                second.await();
                                throw new IOException("no room");
                            }
                            second.countDown();
                            try {
                                Thread.sleep(60_000);
                            } catch (InterruptedException e) {
                                interrupted.set(true);
                                throw e;
                            }
                            return item;
                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("no room");
        assertThat(interrupted).isTrue();
        assertThat(begun).hasSizeLessThan(20);
    }

    @Test
    void anInterruptedCallerLeavesNoWorkBehind() throws Exception {
        var working = new CountDownLatch(2);
        var ended = new CountDownLatch(2);
        var stopped = new AtomicBoolean();
        var caller = Thread.ofPlatform().start(() -> {
            try {
                Concurrently.each(List.of(1, 2), 2, item -> {
                    working.countDown();
                    try {
                        Thread.sleep(60_000);
                    } finally {
                        ended.countDown();
                    }
                    return item;
                });
            } catch (IOException | InterruptedException e) {
                stopped.set(ended.getCount() == 0);
            }
        });

        working.await();
        caller.interrupt();
        caller.join(10_000);

        assertThat(stopped).isTrue();
    }
}
