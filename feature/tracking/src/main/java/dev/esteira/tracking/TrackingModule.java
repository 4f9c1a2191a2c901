package dev.esteira.tracking;

import dev.esteira.http.ErrorSurface;
import dev.esteira.http.Routes;
import dev.esteira.kernel.IdSource;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.store.Database;
import java.time.InstantSource;
import java.util.List;

/** Builds tracking and hands over its parts. */
public final class TrackingModule {

    private final Experiments experiments;
    private final RunArtifacts artifacts;
    private final Tracking tracking;
    private final LoggedModels models;

    /**
     * Builds the parts; does nothing yet.
     *
     * @param database of the chain {@code tracking}
     * @param main of the chain {@code main}, where the contents that a workspace has are noted
     * @param contents where the bytes of artifacts lie
     * @param mounts folders of artifacts that other features fill
     */
    public TrackingModule(
            Database database,
            Database main,
            ArtifactStore contents,
            InstantSource clock,
            IdSource ids,
            List<ArtifactMount> mounts) {
        this.experiments = new Experiments(database, clock);
        this.artifacts = new RunArtifacts(database, main, contents, clock, mounts);
        this.tracking = new Tracking(database, clock, ids, experiments, artifacts);
        this.models = new LoggedModels(database, clock, ids, experiments);
    }

    /** Makes the default experiment where it is missing; the database must be started. */
    public void start() {
        experiments.ensureDefault();
    }

    /** Experiments. */
    public Experiments experiments() {
        return experiments;
    }

    /** Runs. */
    public Tracking tracking() {
        return tracking;
    }

    /** Files of runs and logged models. */
    public RunArtifacts artifacts() {
        return artifacts;
    }

    /** Logged models. */
    public LoggedModels models() {
        return models;
    }

    /**
     * MLflow's addresses for experiments, runs, metrics, artifacts and logged models.
     *
     * @param mlflowVersion what {@code /version} answers; clients decide by it what they use
     */
    public Routes routes(String mlflowVersion) {
        return MlflowRoutes.of(
                "mlflow",
                List.of(
                        new ExperimentResource(experiments).routes(),
                        new RunResource(tracking, artifacts).routes(),
                        new LoggedModelResource(models, artifacts).routes(),
                        new ArtifactResource(artifacts).routes(),
                        ServerResource.routes(mlflowVersion)));
    }

    /** The addresses whose errors look like MLflow's. */
    public static List<ErrorSurface> surfaces() {
        return MlflowErrors.surfaces();
    }
}
