package dev.esteira.registry;

import dev.esteira.http.Routes;
import dev.esteira.spi.Sink;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import dev.esteira.tracking.ArtifactMount;
import dev.esteira.tracking.TrackingModule;
import java.time.InstantSource;
import java.util.List;

/** Builds the feature and hands over its parts. */
public final class RegistryModule {

    private final Database database;
    private final InstantSource clock;
    private final ModelRegistry registry;

    /** @param database of the chain {@code main} */
    public RegistryModule(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.registry = new ModelRegistry(database, clock);
    }

    /** Models, versions and aliases. */
    public ModelRegistry registry() {
        return registry;
    }

    /** The kind {@code register}. */
    public List<StepKind> kinds() {
        return List.of(new RegisterKind());
    }

    /** Where versions are written, and where models come from. */
    public List<Sink> sinks() {
        return List.of(new ModelOriginSink(), new ModelVersionSink());
    }

    /** The addresses below {@code /api/v1/models}. */
    public Routes routes() {
        return new ModelRoutes(registry).routes();
    }

    /** The files of versions for the artifact proxy of tracking. */
    public ArtifactMount mount() {
        return new VersionMount(registry);
    }

    /**
     * MLflow's addresses for models, versions and aliases.
     *
     * @param tracking where the runs and logged models are that clients register
     */
    public Routes clientRoutes(TrackingModule tracking) {
        var clients = new ClientRegistry(database, clock, tracking.tracking(), tracking.models(), tracking.artifacts());
        return new Routes("mlflow-registry", new ClientResource(clients, registry).routes());
    }
}
