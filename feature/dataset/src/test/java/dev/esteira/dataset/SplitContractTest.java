package dev.esteira.dataset;

import dev.esteira.kernel.Value;
import dev.esteira.spi.Outline;
import dev.esteira.spi.StepKind;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import java.util.Map;

class SplitContractTest extends StepKindContract {

    @Override
    protected StepKind kind() {
        return new SplitKind(Frames.ENGINE);
    }

    @Override
    protected StepSample sample() throws Exception {
        var query = "SELECT i AS id, i % 7 AS kind, i * 0.5 AS x FROM range(2000) t(i)";
        var dataset = Frames.write(folder, 1, query, Frames.id("id"));
        var data = DatasetWriter.publish(new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY), dataset);
        var fields = Frames.json("""
                {'strategy': {'type': 'stratified', 'column': 'kind', 'train': 0.6, 'validation': 0.2, 'test': 0.2},
                 'roles': {'label': 'x'}}""");
        return new StepSample(
                fields,
                folder,
                Map.of("data", data),
                Map.of(),
                Map.of("data", Outline.dataset(dataset.schema())),
                Map.of());
    }
}
