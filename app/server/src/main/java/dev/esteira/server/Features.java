package dev.esteira.server;

import dev.esteira.config.Configuration;
import dev.esteira.dataset.DatasetModule;
import dev.esteira.http.ErrorSurface;
import dev.esteira.http.Readiness;
import dev.esteira.http.Routes;
import dev.esteira.kernel.IdSource;
import dev.esteira.registry.RegistryModule;
import dev.esteira.store.DataDirectory;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.store.PostgresAddress;
import dev.esteira.tracking.TrackingModule;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Every feature, built in the order in which a later one may use an earlier one. */
final class Features {

    /** The version of MLflow whose protocol is spoken. */
    private static final String MLFLOW = "3.17.2";

    private final Database main;
    private final Database tracking;
    private final FileArtifactStore contents;
    private final InstantSource clock;
    private final TrackingModule runs;
    private final DatasetModule datasets;
    private final RegistryModule registry;

    Features(
            ServerSettings settings,
            Configuration configuration,
            DataDirectory data,
            InstantSource clock,
            IdSource ids) {
        this.clock = clock;
        var postgres = settings.database().map(PostgresAddress::parse);
        this.main = postgres.map(address -> Database.postgres(address, MigrationChain.MAIN))
                .orElseGet(() -> Database.sqlite(data.mainDatabase(), MigrationChain.MAIN));
        this.tracking = postgres.map(address -> Database.postgres(address, MigrationChain.TRACKING))
                .orElseGet(() -> Database.sqlite(data.trackingDatabase(), MigrationChain.TRACKING));
        this.contents = new FileArtifactStore(data.artifacts(), clock);
        this.runs = new TrackingModule(tracking, contents, clock, ids, List.of());
        var memory = configuration.value(ServerKeys.MEMORY);
        this.datasets = new DatasetModule(main, contents, memory);
        this.registry = new RegistryModule(main, clock);
    }

    void start(Closing closing) {
        contents.start(clock.instant());
        closing.add("the main database", main);
        main.start();
        closing.add("the tracking database", tracking);
        tracking.start();
        runs.start();
    }

    List<Routes> routes() {
        var routes = new ArrayList<Routes>();
        routes.add(runs.routes(MLFLOW));
        routes.add(datasets.routes());
        routes.add(registry.routes());
        return routes;
    }

    List<ErrorSurface> errorSurfaces() {
        return TrackingModule.surfaces();
    }

    List<Readiness> readiness() {
        return List.of();
    }
}
