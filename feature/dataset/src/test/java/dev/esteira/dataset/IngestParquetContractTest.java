package dev.esteira.dataset;

import dev.esteira.spi.StepKind;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import java.util.Map;

class IngestParquetContractTest extends StepKindContract {

    @Override
    protected StepKind kind() {
        return new IngestKind(Frames.ENGINE);
    }

    @Override
    protected StepSample sample() {
        return StepSample.of(Frames.json("""
                        {'source': {'parquet': {'path': 'planes.parquet'}}, 'orderBy': ['tailnum'],
                         'roles': {'id': 'tailnum'}}"""), Frames.FLIGHTS, Map.of());
    }
}
