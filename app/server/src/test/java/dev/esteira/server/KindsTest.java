package dev.esteira.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.dataset.IngestKind;
import dev.esteira.dataset.SplitKind;
import dev.esteira.evaluation.Baselines;
import dev.esteira.evaluation.EvaluateKind;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.quality.CheckRegistry;
import dev.esteira.quality.ValidateKind;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.StepKind;
import dev.esteira.transform.TransformKind;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KindsTest {

    /** Knows no model. */
    private static final class NoBaselines implements Baselines {

        @Override
        public Optional<Artifact> byAlias(WorkspaceName workspace, String model, String alias) {
            return Optional.empty();
        }

        @Override
        public Optional<Artifact> byDigest(WorkspaceName workspace, Digest digest) {
            return Optional.empty();
        }
    }

    static Stream<StepKind> kindsThatWriteDataSets() {
        var engine = new DataEngine(DataEngine.DEFAULT_MEMORY_BYTES);
        var child = Distribution.current().child();
        return Stream.of(
                new IngestKind(engine),
                new SplitKind(engine),
                new TransformKind(engine, child),
                new ValidateKind(engine, CheckRegistry.builtIn()),
                new EvaluateKind(engine, child, new NoBaselines()));
    }

    /** Else a newer writer would leave stored values of the older one in use, and two runs would differ in bytes. */
    @ParameterizedTest
    @MethodSource("kindsThatWriteDataSets")
    void anotherWriterOfDataSetsIsAnotherImplementation(StepKind kind) {
        assertThat(kind.implementation()).contains(DatasetWriter.IMPLEMENTATION);
    }
}
