package dev.esteira.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a pipeline that trains on a few rows, to put faults in. */
record SmallPipeline(Path folder) {

    private static final String PIPELINE = """
            apiVersion: esteira.dev/v1
            kind: Pipeline
            metadata: {name: trips}
            spec:
              params:
                rounds: {type: integer, default: 5, minimum: 1, maximum: 100000}
              defaults: {retry: {maxAttempts: 1}}
              steps:
                raw: {kind: ingest, source: {csv: {path: data/trips.csv}}, roles: {label: late, id: id}}
                contract:
                  kind: validate
                  inputs: {data: "${{ steps.raw.outputs.data }}"}
                  contract: trips.contract.yaml
                split:
                  kind: split
                  inputs: {data: "${{ steps.contract.outputs.data }}"}
                  strategy: {type: random, train: 0.6, validation: 0.2, test: 0.2}
                features:
                  kind: transform
                  inputs: {train: "${{ steps.split.outputs.train }}"}
                  fitOn: train
                  ops:
                    - encode: {columns: [city], with: oneHot, unknown: ignore}
                train:
                  kind: train
                  inputs: {train: "${{ steps.features.outputs.train }}"}
                  trainer: {name: xgboost, task: binary, params: {max_depth: 2}, rounds: "${{ params.rounds }}"}
            """;
    private static final String CONTRACT = """
            apiVersion: esteira.dev/v1
            kind: DataContract
            metadata: {name: trips, version: 1.0.0, owner: trips@example.org}
            spec:
              columns:
                id: {type: integer, nullable: false}
                distance: {type: number, nullable: false}
                city: {type: string, nullable: false}
                late: {type: integer, nullable: false}
              checks:
                - {id: key, check: cols.unique, columns: [id], severity: error}
            """;

    /** A good one. */
    static SmallPipeline in(Path folder) throws IOException {
        var pipeline = new SmallPipeline(Files.createDirectories(folder));
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(pipeline.file(), PIPELINE);
        Files.writeString(folder.resolve("trips.contract.yaml"), CONTRACT);
        Files.writeString(pipeline.rows(), rows(300));
        return pipeline;
    }

    Path file() {
        return folder.resolve("trips.pipeline.yaml");
    }

    Path rows() {
        return folder.resolve("data/trips.csv");
    }

    Path contract() {
        return folder.resolve("trips.contract.yaml");
    }

    /** Changes a file of the folder. */
    SmallPipeline replace(Path file, String part, String by) throws IOException {
        var text = Files.readString(file);
        if (!text.contains(part)) {
            throw new AssertionError(file + " does not hold " + part);
        }
        Files.writeString(file, text.replace(part, by));
        return this;
    }

    /** Rows in which the label depends on the distance, and on nothing else. */
    static String rows(int count) {
        var cities = new String[] {"rio", "poa", "sampa"};
        var text = new StringBuilder("id,distance,city,late\n");
        for (var id = 0; id < count; id++) {
            var distance = (id * 37) % 101;
            var late = distance > 50 == (id % 7 != 0) ? 1 : 0;
            text.append(id)
                    .append(',')
                    .append(distance)
                    .append(".5,")
                    .append(cities[id % 3])
                    .append(',');
            text.append(late).append('\n');
        }
        return text.toString();
    }

    /** A file of bytes that are written one to a character. */
    static Path bytes(Path file, String text) throws IOException {
        return Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
