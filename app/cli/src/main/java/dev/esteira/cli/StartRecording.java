package dev.esteira.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the launcher records, so that later starts find it in the AOT cache: help, the plan of an example, and a small
 * belt that runs once and then comes from the cache, in one process.
 */
public final class StartRecording {

    private static final int ROWS = 600;

    private static final String PIPELINE = """
            apiVersion: esteira.dev/v1
            kind: Pipeline
            metadata: {name: recording}
            spec:
              reproducibility: {level: seeded, seed: 1}
              steps:
                rows: {kind: ingest, source: {csv: {path: rows.csv}}}
                examples:
                  kind: transform
                  inputs: {rows: "${{ steps.rows.outputs.data }}"}
                  sql: {text: "SELECT id, width, kind, width + length > 10 AS label FROM rows"}
                  orderBy: [id]
                  roles: {id: id, label: label}
                split:
                  kind: split
                  inputs: {data: "${{ steps.examples.outputs.data }}"}
                  strategy: {type: random, train: 0.6, validation: 0.2, test: 0.2}
                hygiene:
                  kind: validate
                  inputs: {train: "${{ steps.split.outputs.train }}", test: "${{ steps.split.outputs.test }}"}
                  checks:
                    - {id: balance, check: ml.class_balance, minShare: 0.05}
                    - {id: there, check: col.not_null, column: width}
                    - {id: leakage, check: ml.single_feature_leakage, maxScore: 1.0}
                features:
                  kind: transform
                  inputs: {train: "${{ steps.split.outputs.train }}", validation: "${{ steps.split.outputs.validation }}"}
                  fitOn: train
                  ops:
                    - impute: {columns: [width], with: median}
                    - encode: {columns: [kind], with: oneHot, unknown: ignore}
                train:
                  kind: train
                  inputs: {train: "${{ steps.features.outputs.train }}", validation: "${{ steps.features.outputs.validation }}"}
                  trainer:
                    name: xgboost
                    task: binary
                    params: {max_depth: 3}
                    rounds: 5
                    earlyStopping: {metric: logloss, rounds: 3}
                evaluate:
                  kind: evaluate
                  inputs:
                    data: "${{ steps.split.outputs.test }}"
                    model: "${{ steps.train.outputs.model }}"
                    transform: "${{ steps.features.outputs.transform }}"
                  metrics: [roc_auc, average_precision, log_loss, brier]
                  intervals: {method: bootstrap, rounds: 20, level: 0.95}
                  slices: [kind]
                gates:
                  kind: gate
                  inputs: {report: "${{ steps.evaluate.outputs.report }}", model: "${{ steps.train.outputs.model }}"}
                  checks:
                    - {id: useful, assert: "report.interval.roc_auc.low >= 0.5", severity: warn}
                register:
                  kind: register
                  inputs:
                    model: "${{ steps.train.outputs.model }}"
                    transform: "${{ steps.features.outputs.transform }}"
                    decision: "${{ steps.gates.outputs.decision }}"
                  model: {name: recording, aliases: [challenger]}
            """;

    private StartRecording() {}

    /**
     * Ends the process with 0 when every command did.
     *
     * @param arguments a folder that may be written, and a pipeline file to plan
     */
    public static void main(String[] arguments) throws IOException {
        var pipeline = write(Path.of(arguments[0])).toString();
        var terminal = Terminal.ofProcess();
        var commands = List.of(
                List.of("--help"), List.of("plan", arguments[1]), List.of("run", pipeline), List.of("run", pipeline));
        var failed = 0;
        for (var command : commands) {
            failed |= CommandLines.of(terminal, System.getenv()).execute(command.toArray(String[]::new));
        }
        terminal.flush();
        // Found, and not called: the cache is written at the JVM's own end.
        ProcessEnd.exitFunction();
        System.exit(failed);
    }

    private static Path write(Path folder) throws IOException {
        var rows = new StringBuilder("id,width,length,kind\n");
        for (var row = 0; row < ROWS; row++) {
            rows.append("%d,%.2f,%d,%s\n".formatted(row, row % 97 / 10.0, row % 11, row % 3 == 0 ? "round" : "flat"));
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        return Files.writeString(folder.resolve("recording.pipeline.yaml"), PIPELINE);
    }
}
