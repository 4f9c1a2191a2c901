package dev.esteira.dataset;

import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Small helpers of these tests. */
final class Frames {

    static final DataEngine ENGINE = new DataEngine(512L << 20);
    static final Path FLIGHTS =
            Path.of("../../examples/flights/data").toAbsolutePath().normalize();
    private static final AtomicInteger FOLDERS = new AtomicInteger();

    private Frames() {}

    static Value.Fields json(String text) {
        return Json.parseFields(text.replace('\'', '"'));
    }

    static Path fresh(Path folder) {
        return folder.resolve("fresh" + FOLDERS.incrementAndGet());
    }

    static Dataset write(Path folder, int threads, String query, DatasetOptions options)
            throws IOException, InterruptedException {
        var place = fresh(folder);
        try (var session = ENGINE.open(place, threads, List.of())) {
            return new DatasetWriter(session).write(query, List.of(), options, place.resolve("out"));
        }
    }

    static DatasetOptions id(String column) {
        return new DatasetOptions(Map.of(column, Role.ID), List.of());
    }

    /** The digests of the three files of a data set. */
    static Map<String, String> digests(Dataset dataset) throws IOException {
        var digests = new HashMap<String, String>();
        for (var name : List.of(Dataset.DATA_FILE, Dataset.DESCRIPTION_FILE, Dataset.PROFILE_FILE)) {
            digests.put(
                    name,
                    Digest.of(Files.readAllBytes(dataset.parquet().resolveSibling(name)))
                            .hex());
        }
        return digests;
    }

    static DataColumns columns(Path folder, Dataset dataset) throws IOException, InterruptedException {
        try (var session = ENGINE.open(fresh(folder), 2, List.of(dataset.parquet()))) {
            return DataColumns.read(session, dataset);
        }
    }
}
