package dev.esteira.transform;

import dev.esteira.spi.StepKind;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import java.util.Map;

/** {@link TransformKind} by SQL: {@link SqlStep} in a process of its own. */
class SqlContractTest extends StepKindContract {

    @Override
    protected StepKind kind() {
        return new TransformKind(Samples.ENGINE, Samples.jvm());
    }

    @Override
    protected StepSample sample() throws Exception {
        var data = Samples.dataset(folder, "SELECT i AS id, i * 0.5 AS x FROM range(300) t(i)", Map.of());
        return StepSample.of(Samples.json("""
                        {'sql': {'text': 'SELECT id, x + $more AS y FROM data WHERE id >= $least',
                                 'bind': {'more': 1.5, 'least': 10}},
                         'orderBy': ['id'], 'roles': {'id': 'id'}}"""), folder, Map.of("data", data.artifact()));
    }

    @Override
    protected boolean worksWithoutInputs() {
        return true;
    }
}
