package dev.esteira.registry;

import dev.esteira.http.Routes;
import dev.esteira.spi.Sink;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import java.time.InstantSource;
import java.util.List;

/** Builds the feature and hands over its parts. */
public final class RegistryModule {

    private final ModelRegistry registry;

    /** @param database of the chain {@code main} */
    public RegistryModule(Database database, InstantSource clock) {
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

    /** Where versions are written. */
    public List<Sink> sinks() {
        return List.of(new ModelVersionSink());
    }

    /** The addresses below {@code /api/v1/models}. */
    public Routes routes() {
        return new ModelRoutes(registry).routes();
    }
}
