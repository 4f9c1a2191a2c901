package dev.esteira.quality;

import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Sink;
import dev.esteira.store.SinkContract;
import java.util.List;

class CheckReportSinkContractTest extends SinkContract {

    @Override
    protected Sink sink() {
        return new CheckReportSink();
    }

    @Override
    protected Artifact artifact() {
        var findings = Json.parse("""
                [{"id": "age", "input": "data", "check": "col.range", "severity": "error", "verdict": "pass", "value": 1},
                 {"id": "rows", "input": "data", "check": "tbl.row_count", "severity": "warn", "verdict": "undecided"}]""");
        var file = new ArtifactFile("report.json", Digest.ofText("report"), 10);
        return new Artifact(
                ArtifactType.CHECK_REPORT, List.of(file), Value.Fields.EMPTY.with(CheckReport.HISTORY, findings));
    }

    @Override
    protected List<String> tables() {
        return List.of("check_result");
    }
}
