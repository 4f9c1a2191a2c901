package dev.esteira.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pipeline file that runs in a moment over twenty rows, and one whose SQL takes for ever. */
final class SmallPipeline {

    private SmallPipeline() {}

    /** Writes {@code small.yaml} and its data. */
    static Path write(Path folder) throws IOException {
        var rows = new StringBuilder("k,v\n");
        for (var row = 1; row <= 20; row++) {
            rows.append(row).append(',').append(row * row % 7).append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        return Files.writeString(folder.resolve("small.yaml"), """
                apiVersion: esteira.dev/v1
                kind: Pipeline
                metadata: {name: small}
                spec:
                  steps:
                    rows: {kind: ingest, source: {csv: {path: rows.csv}}, roles: {id: k}}
                    split:
                      kind: split
                      inputs: {data: "${{ steps.rows.outputs.data }}"}
                      strategy: {type: random, train: 0.6, validation: 0.2, test: 0.2}
                """);
    }

    /** Writes {@code slow.yaml}, whose only working step does not end within a test. */
    static Path writeSlow(Path folder) throws IOException {
        write(folder);
        return Files.writeString(folder.resolve("slow.yaml"), """
                apiVersion: esteira.dev/v1
                kind: Pipeline
                metadata: {name: slow}
                spec:
                  steps:
                    rows: {kind: ingest, source: {csv: {path: rows.csv}}, roles: {id: k}}
                    slow:
                      kind: transform
                      inputs: {data: "${{ steps.rows.outputs.data }}"}
                      sql:
                        text: >-
                          select count(*) as n from data a, data b, data c, data d, data e, data f, data g, data h,
                          data i, data j where a.v + b.v + c.v + d.v + e.v + f.v + g.v + h.v + i.v + j.v = 3
                """);
    }
}
