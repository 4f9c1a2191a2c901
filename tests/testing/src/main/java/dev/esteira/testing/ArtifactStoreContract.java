package dev.esteira.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.Digest;
import dev.esteira.spi.ArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every artifact store promises. Each store has a test that extends this. */
public abstract class ArtifactStoreContract {

    private static final byte[] WORDS = "some words".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(WORDS);

    /** A folder of the test's own. */
    @TempDir
    protected Path folder;

    private final ManualClock clock = new ManualClock();
    private ArtifactStore store;

    /** An empty store, started, that reads this clock. */
    protected abstract ArtifactStore open(InstantSource moments) throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = open(clock);
    }

    @Test
    final void keepsAContentOnceUnderItsDigest() throws IOException {
        assertThat(store.contains(DIGEST)).isFalse();
        assertThat(put(WORDS)).isEqualTo(new ArtifactStore.Stored(DIGEST, WORDS.length));
        assertThat(put(WORDS)).isEqualTo(new ArtifactStore.Stored(DIGEST, WORDS.length));
        assertThat(store.contains(DIGEST)).isTrue();
        assertThat(all()).containsOnlyKeys(DIGEST);
        try (var content = store.open(DIGEST)) {
            assertThat(content.readAllBytes()).isEqualTo(WORDS);
        }
        assertThat(store.local(DIGEST)).hasBinaryContent(WORDS);
    }

    @Test
    final void keepsAnEmptyContentAndALargeOne() throws IOException {
        var large = new byte[3_000_001];
        large[large.length - 1] = 1;
        assertThat(put(new byte[0]).size()).isZero();
        assertThat(put(large).digest()).isEqualTo(Digest.of(large));
        assertThat(store.local(Digest.of(large))).hasBinaryContent(large);
    }

    @Test
    final void takesAFileAndLeavesNoneBehind() throws IOException {
        var file = Files.write(folder.resolve("made"), WORDS);
        assertThat(store.adopt(file)).isEqualTo(new ArtifactStore.Stored(DIGEST, WORDS.length));
        assertThat(file).doesNotExist();
        Files.write(file, WORDS);
        store.adopt(file);
        assertThat(file).doesNotExist();
        assertThat(store.local(DIGEST)).hasBinaryContent(WORDS);
        assertThatThrownBy(() -> store.adopt(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    final void saysThatAContentIsNotThere() {
        assertThatThrownBy(() -> store.local(DIGEST)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.open(DIGEST).close()).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    final void showsNothingOfAContentThatCouldNotBeRead() throws IOException {
        var torn = new SequenceInputStream(new ByteArrayInputStream(new byte[300_000]), new TornStream());
        assertThatThrownBy(() -> store.put(torn))
                .isInstanceOf(IOException.class)
                .hasMessage("torn");
        assertThat(all()).isEmpty();
        assertThat(store.contains(Digest.of(new byte[300_000]))).isFalse();
    }

    @Test
    final void deletesAContentOnceAndForgetsIt() throws IOException {
        put(WORDS);
        store.delete(DIGEST);
        store.delete(DIGEST);
        assertThat(store.contains(DIGEST)).isFalse();
        assertThat(store.deleteStoredBefore(DIGEST, Instant.MAX)).isFalse();
        assertThat(put(WORDS).digest()).isEqualTo(DIGEST);
    }

    @Test
    final void sparesWhatWasStoredAgain() throws IOException {
        put(WORDS);
        var later = clock.advance(Duration.ofHours(1));
        put(WORDS);
        assertThat(all()).containsEntry(DIGEST, later);
        assertThat(store.deleteStoredBefore(DIGEST, later)).isFalse();
        assertThat(store.contains(DIGEST)).isTrue();
        assertThat(store.deleteStoredBefore(DIGEST, later.plusSeconds(1))).isTrue();
        assertThat(store.contains(DIGEST)).isFalse();
    }

    @Test
    final void takesTheSameContentFromSeveralThreads() throws Exception {
        Callable<ArtifactStore.Stored> once = () -> put(WORDS);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var calls = IntStream.range(0, 16).mapToObj(number -> once).toList();
            for (var call : threads.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo(new ArtifactStore.Stored(DIGEST, WORDS.length));
            }
        }
        assertThat(all()).containsOnlyKeys(DIGEST);
        assertThat(store.local(DIGEST)).hasBinaryContent(WORDS);
    }

    private ArtifactStore.Stored put(byte[] content) throws IOException {
        return store.put(new ByteArrayInputStream(content));
    }

    private Map<Digest, Instant> all() throws IOException {
        var all = new HashMap<Digest, Instant>();
        store.forEach(all::put);
        return all;
    }

    private static final class TornStream extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("torn");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("torn");
        }
    }
}
