package dev.esteira.dataset;

import dev.esteira.http.Routes;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.spi.Sink;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import java.util.List;

/** Builds the feature and hands over its parts. */
public final class DatasetModule {

    private final DataEngine engine;
    private final Datasets datasets;

    /**
     * @param memoryBytes the largest memory of one data session, in bytes
     */
    public DatasetModule(Database database, ArtifactStore artifacts, long memoryBytes) {
        this.engine = new DataEngine(memoryBytes);
        this.datasets = new Datasets(database, artifacts);
    }

    /** The engine, for features whose steps work on data. */
    public DataEngine engine() {
        return engine;
    }

    /** The data sets of all workspaces. */
    public Datasets datasets() {
        return datasets;
    }

    /** The kinds {@code ingest} and {@code split}. */
    public List<StepKind> kinds() {
        return List.of(new IngestKind(engine), new SplitKind(engine));
    }

    /** Where data sets are noted. */
    public List<Sink> sinks() {
        return List.of(new DatasetSink());
    }

    /** The addresses below {@code /api/v1/datasets}. */
    public Routes routes() {
        return new DatasetRoutes(datasets).routes();
    }
}
