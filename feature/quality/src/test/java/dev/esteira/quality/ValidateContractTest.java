package dev.esteira.quality;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Outline;
import dev.esteira.spi.StepKind;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import java.util.List;
import java.util.Map;

class ValidateContractTest extends StepKindContract {

    private static final DataEngine ENGINE = new DataEngine(256L << 20);

    @Override
    protected StepKind kind() {
        return new ValidateKind(ENGINE, CheckRegistry.builtIn());
    }

    @Override
    protected StepSample sample() throws Exception {
        var attempt = new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY);
        try (var session = ENGINE.open(attempt.directory(), 1, List.of())) {
            var dataset = new DatasetWriter(session)
                    .write(
                            "SELECT i AS id, i * 1.5 AS x, 'p' || i % 3 AS port FROM range(500) t(i)",
                            List.of(),
                            new DatasetOptions(Map.of("id", Role.ID), List.of()),
                            session.directory().resolve("data"));
            return new StepSample(
                    Json.parseFields("""
                            {"checks": [
                               {"id": "x", "check": "col.range", "column": "x", "between": [0, 700], "onFail": "quarantine"},
                               {"id": "id", "check": "col.unique", "column": "id", "severity": "error"},
                               {"id": "port", "check": "col.in_set", "column": "port", "set": ["p0", "p1"],
                                "severity": "warn", "minPassRatio": 0.5, "description": "Ports that we know."},
                               {"id": "rows", "check": "tbl.row_count", "min": 100, "input": "data"},
                               {"id": "sane", "check": "row.predicate", "expression": "x >= id"}],
                             "quarantineLimit": {"ratio": 0.5}}"""),
                    folder,
                    Map.of("data", DatasetWriter.publish(attempt, dataset)),
                    Map.of(),
                    Map.of("data", Outline.dataset(dataset.schema())),
                    Map.of());
        }
    }
}
