package dev.esteira.store;

import dev.esteira.kernel.Digest;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.store.SweepStore.Item;
import dev.esteira.store.SweepStore.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes artifacts and contents that nothing reaches any more: first the artifacts, then the contents that no artifact
 * and no other row names, then the files that no workspace has. What was stored, noted or asked for within the grace
 * period stays, so that work which has stored its files and not yet its rows loses nothing. One sweep at a time.
 */
public final class ContentSweep {

    private static final int BATCH = 500;

    private final Database main;
    private final List<Database> others;
    private final ArtifactStore files;
    private final InstantSource clock;
    private final SweepStore store = new SweepStore();

    /**
     * @param main holds the contents' rows
     * @param others refer to contents of {@code main} too
     */
    public ContentSweep(Database main, List<Database> others, ArtifactStore files, InstantSource clock) {
        this.main = main;
        this.others = List.copyOf(others);
        this.files = files;
        this.clock = clock;
    }

    /** Says what {@link #sweep} would remove in its first pass, and removes nothing. */
    public SweepReport inspect(Duration grace) throws IOException {
        var before = clock.instant().minus(grace);
        var trees = candidates(Kind.TREE, before);
        var blobs = candidates(Kind.BLOB, before);
        var sizes = new ArrayList<Long>();
        for (var digest : unknownFiles(before)) {
            sizes.add(size(digest));
        }
        return report(trees.size(), blobs.size(), sizes);
    }

    /**
     * Removes what nothing reaches. A sweep that ends half way has removed less, and harmed nothing.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    public synchronized SweepReport sweep(Duration grace) throws IOException, InterruptedException {
        var before = clock.instant().minus(grace);
        var trees = remove(Kind.TREE, before);
        var blobs = remove(Kind.BLOB, before);
        var sizes = new ArrayList<Long>();
        for (var digest : unknownFiles(before)) {
            throwIfInterrupted();
            var size = size(digest);
            if (files.deleteStoredBefore(digest, before)) {
                sizes.add(size);
            }
        }
        return report(trees, blobs, sizes);
    }

    private static SweepReport report(long trees, long blobs, Iterable<Long> sizes) {
        var count = 0L;
        var bytes = 0L;
        for (var size : sizes) {
            count++;
            bytes += size;
        }
        return new SweepReport(trees, blobs, count, bytes);
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The sweep was interrupted");
        }
    }

    private long remove(Kind kind, Instant before) throws InterruptedException {
        var removed = 0L;
        @Nullable Item last = null;
        while (true) {
            throwIfInterrupted();
            var batch = batch(kind, before, last);
            if (batch.isEmpty()) {
                return removed;
            }
            last = batch.getLast();
            var unreached = unreachedElsewhere(kind, batch);
            removed += main.write(tx -> store.remove(tx, kind, unreached, before));
        }
    }

    private Set<Item> candidates(Kind kind, Instant before) {
        var all = new HashSet<Item>();
        for (var batch = batch(kind, before, null); !batch.isEmpty(); batch = batch(kind, before, batch.getLast())) {
            all.addAll(unreachedElsewhere(kind, batch));
        }
        return all;
    }

    private List<Item> batch(Kind kind, Instant before, @Nullable Item after) {
        return main.read(tx -> store.unreachable(tx, kind, before, after, BATCH));
    }

    private List<Item> unreachedElsewhere(Kind kind, List<Item> items) {
        var left = new ArrayList<>(items);
        for (var other : others) {
            left.removeAll(other.read(tx -> store.reached(tx, kind, items)));
        }
        return left;
    }

    private List<Digest> unknownFiles(Instant before) throws IOException {
        var old = new ArrayList<Digest>();
        files.forEach((digest, stored) -> {
            if (stored.isBefore(before)) {
                old.add(digest);
            }
        });
        var unknown = new ArrayList<Digest>();
        for (var start = 0; start < old.size(); start += BATCH) {
            var part = old.subList(start, Math.min(old.size(), start + BATCH));
            unknown.addAll(main.read(tx -> store.unknown(tx, part)));
        }
        return unknown;
    }

    private long size(Digest digest) throws IOException {
        return Files.size(files.local(digest));
    }
}
