package dev.esteira.architecture;

import dev.esteira.dataset.DatasetModule;
import dev.esteira.evaluation.Baselines;
import dev.esteira.evaluation.EvaluateKind;
import dev.esteira.evaluation.GateKind;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.quality.QualityModule;
import dev.esteira.registry.RegistryModule;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.tracking.TrackingModule;
import dev.esteira.training.TrainKind;
import dev.esteira.transform.TransformKind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every kind of step that comes with the product, with its fields. */
final class StepKinds {

    private static final String INTRODUCTION =
            "What the `kind` of a step can be, and the fields that it adds to those of"
                    + " every step ([the pipeline file](../spec/pipeline-file.md)). A field inside another is written below it with"
                    + " a dot; `[]` is an item of a list.";

    private StepKinds() {}

    static Reference reference() {
        return new Reference("step-kinds", StepKinds::page);
    }

    private static String page() {
        var text = new StringBuilder(Reference.NOTE + "# Kinds of steps\n\n" + INTRODUCTION + "\n");
        for (var kind : all()) {
            text.append("\n## ").append(kind.name()).append("\n\n");
            text.append(kind.documentation()).append('\n');
            if (!kind.shape().fields().isEmpty()) {
                text.append('\n').append(Shapes.table(kind.shape()));
            }
        }
        return text.toString();
    }

    /** None of them runs here, so what they work with need not exist. */
    static List<StepKind> all() {
        InstantSource clock = () -> Instant.EPOCH;
        var nowhere = Path.of("nowhere");
        var database = Database.sqlite(nowhere, MigrationChain.MAIN);
        var contents = new FileArtifactStore(nowhere, clock);
        var jvm = new ChildJvm(nowhere, List.of(), List.of());
        var datasets = new DatasetModule(database, contents, 1L << 30);
        var tracking = new TrackingModule(database, database, contents, clock, () -> "id", List.of());
        var engine = datasets.engine();
        var kinds = new ArrayList<>(datasets.kinds());
        kinds.addAll(new QualityModule(database, engine).kinds());
        kinds.addAll(new RegistryModule(database, clock).kinds());
        kinds.add(new TransformKind(engine, jvm));
        kinds.add(new TrainKind(engine, jvm, tracking.tracking(), clock));
        kinds.add(new EvaluateKind(engine, jvm, new NoBaselines()));
        kinds.add(new GateKind());
        kinds.sort(Comparator.comparing(StepKind::name));
        return kinds;
    }

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
}
