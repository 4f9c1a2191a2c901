package dev.esteira.transform;

import dev.esteira.kernel.Role;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Outline;
import dev.esteira.spi.StepKind;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import java.util.List;
import java.util.Map;

/** {@link TransformKind} by operations that are fitted. */
class FitContractTest extends StepKindContract {

    private static final String ROWS = """
            SELECT i AS id, i %% 3 = 0 AS late, CASE WHEN i %% 5 = 0 THEN NULL ELSE i * 0.5 END AS x,
                i %% 1440 AS minute, CASE WHEN i %% 4 = 0 THEN NULL ELSE 'port' || i %% 6 END AS port
            FROM range(%d, %d) t(i)""";

    @Override
    protected StepKind kind() {
        return new TransformKind(Samples.ENGINE, Samples.jvm());
    }

    @Override
    protected StepSample sample() throws Exception {
        var roles = Map.of("id", Role.ID, "late", Role.LABEL);
        var train = Samples.dataset(folder, ROWS.formatted(0, 400), roles);
        var test = Samples.dataset(folder, ROWS.formatted(400, 500), roles);
        return new StepSample(
                Samples.json("""
                        {'fitOn': 'train', 'ops': [
                            {'impute': {'columns': ['x'], 'with': 'median', 'indicator': true}},
                            {'clip': {'columns': ['x'], 'quantiles': [0.05, 0.95]}},
                            {'scale': {'columns': ['x']}},
                            {'cyclical': {'columns': {'minute': 1440}}},
                            {'encode': {'columns': ['port'], 'with': 'target', 'smoothing': 2, 'folds': 3}}]}"""),
                folder,
                Map.of("train", train.artifact(), "test", test.artifact()),
                Map.of(),
                Map.of("train", Outline.dataset(train.schema()), "test", Outline.dataset(test.schema())),
                Map.of("train", List.of(new CheckContext.Origin("split", "split", "train"))));
    }
}
