package dev.esteira.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UlidSourceTest {

    /** The time part of the ULID specification's example, 01ARYZ6S41. */
    private static final Instant EXAMPLE = Instant.ofEpochMilli(1469918176385L);

    @Test
    void beginsWithTheTimeAsTheSpecificationShows() {
        var ids = new UlidSource(InstantSource.fixed(EXAMPLE), random(1));

        assertThat(ids.next()).hasSize(26).startsWith("01aryz6s41").matches("[0-9a-hjkmnp-tv-z]{26}");
    }

    @Test
    void sortsLaterOnesLaterEvenWithinAMillisecond() {
        var ids = new UlidSource(InstantSource.fixed(EXAMPLE), random(2));
        var made = IntStream.range(0, 10_000).mapToObj(i -> ids.next()).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void doesNotGoBackWithTheClock() {
        var now = new Instant[] {EXAMPLE};
        var ids = new UlidSource(() -> now[0], random(3));
        var first = ids.next();
        now[0] = EXAMPLE.minusSeconds(60);

        assertThat(ids.next()).isGreaterThan(first);
    }

    @Test
    void carriesFromTheLowHalfToTheHighOne() {
        var ids = new UlidSource(InstantSource.fixed(EXAMPLE), () -> 0xFF_FFFF_FFFFL - (1L << 39));
        var made = new ArrayList<String>();
        IntStream.range(0, 3).forEach(i -> made.add(ids.next()));

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void givesDifferentIdsToThreads() throws InterruptedException {
        var ids = new UlidSource(InstantSource.fixed(EXAMPLE), random(4));
        var made = new HashSet<String>();
        var threads = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofPlatform()
                        .start(() -> IntStream.range(0, 1000).forEach(j -> {
                            var id = ids.next();
                            synchronized (made) {
                                made.add(id);
                            }
                        })))
                .toList();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(made).hasSize(4000);
    }

    private static RandomGenerator random(long seed) {
        return new Random(seed);
    }
}
