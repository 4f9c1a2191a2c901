package dev.esteira.server;

import dev.esteira.config.Configuration;
import dev.esteira.dataset.DatasetModule;
import dev.esteira.evaluation.EvaluateKind;
import dev.esteira.evaluation.GateKind;
import dev.esteira.http.ErrorSurface;
import dev.esteira.http.Readiness;
import dev.esteira.http.Routes;
import dev.esteira.kernel.IdSource;
import dev.esteira.pipeline.EngineSettings;
import dev.esteira.pipeline.PipelineModule;
import dev.esteira.quality.QualityModule;
import dev.esteira.registry.RegistryModule;
import dev.esteira.spi.Sink;
import dev.esteira.spi.StepKind;
import dev.esteira.store.ContentSweep;
import dev.esteira.store.DataDirectory;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.store.PostgresAddress;
import dev.esteira.tracking.TrackingModule;
import dev.esteira.training.TrainKind;
import dev.esteira.transform.TransformKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every feature, built in the order in which a later one may use an earlier one. */
final class Features {

    /** The version of MLflow whose protocol is spoken. */
    private static final String MLFLOW = "3.17.2";

    private final Database main;
    private final Database tracking;
    private final FileArtifactStore contents;
    private final InstantSource clock;
    private final ServerSettings.Manner manner;
    private final Upkeep upkeep;
    private final TrackingModule runs;
    private final DatasetModule datasets;
    private final QualityModule quality;
    private final RegistryModule registry;
    private final PipelineModule pipelines;

    Features(
            ServerSettings settings,
            Configuration configuration,
            DataDirectory data,
            InstantSource clock,
            IdSource ids) {
        this.manner = settings.manner();
        this.clock = clock;
        var postgres = settings.database().map(PostgresAddress::parse);
        this.main = postgres.map(address -> Database.postgres(address, MigrationChain.MAIN))
                .orElseGet(() -> Database.sqlite(data.mainDatabase(), MigrationChain.MAIN));
        this.tracking = postgres.map(address -> Database.postgres(address, MigrationChain.TRACKING))
                .orElseGet(() -> Database.sqlite(data.trackingDatabase(), MigrationChain.TRACKING));
        this.contents = new FileArtifactStore(data.artifacts(), clock);
        this.registry = new RegistryModule(main, clock);
        this.runs = new TrackingModule(tracking, main, contents, clock, ids, List.of(registry.mount()));
        var memory = configuration.value(ServerKeys.MEMORY);
        this.datasets = new DatasetModule(main, contents, memory);
        this.quality = new QualityModule(main, datasets.engine());
        var engine = engineSettings(settings, configuration, data);
        this.upkeep = upkeep(configuration, ids, data.node(ids));
        this.pipelines = new PipelineModule(main, contents, contributions(), upkeep.outbox(), engine, clock, ids);
    }

    private Upkeep upkeep(Configuration configuration, IdSource ids, String node) {
        var interval = configuration.value(ServerKeys.SWEEP_INTERVAL);
        var grace = configuration.value(ServerKeys.SWEEP_GRACE);
        var sweep = new ContentSweep(main, List.of(tracking), contents, clock);
        return new Upkeep(
                main,
                clock,
                ids,
                node,
                new ContentSweepWork(sweep, clock, interval, grace),
                List.of(new CommittedRuns(runs.tracking())));
    }

    private PipelineModule.Contributions contributions() {
        var distribution = Distribution.current();
        var engine = datasets.engine();
        var kinds = new ArrayList<StepKind>(datasets.kinds());
        kinds.add(new TransformKind(engine, distribution.child()));
        kinds.addAll(quality.kinds());
        kinds.add(new TrainKind(engine, distribution.trainer(), runs.tracking(), clock));
        kinds.add(new EvaluateKind(engine, distribution.trainer(), new RegisteredBaselines(registry.registry())));
        kinds.add(new GateKind());
        kinds.addAll(registry.kinds());
        var sinks = new ArrayList<Sink>(datasets.sinks());
        sinks.addAll(quality.sinks());
        sinks.addAll(registry.sinks());
        return new PipelineModule.Contributions(kinds, sinks);
    }

    private static EngineSettings engineSettings(
            ServerSettings settings, Configuration configuration, DataDirectory data) {
        var processors = Runtime.getRuntime().availableProcessors();
        var standard = EngineSettings.standard(
                data.attempts(),
                processors,
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                System.getenv().getOrDefault("HOME", data.root().toString()),
                Map.of("os", System.getProperty("os.name"), "arch", System.getProperty("os.arch")));
        var own = new EngineSettings(
                standard.directory(),
                orAll(configuration.value(ServerKeys.WORKERS), standard.workers()),
                orAll(configuration.value(ServerKeys.THREADS), standard.threads()),
                standard.childEnvironment(),
                standard.platform(),
                standard.grace(),
                standard.orphanLimit(),
                standard.logBytes());
        return settings.manner() == ServerSettings.Manner.EMBEDDED_READER ? own.withoutWorkers() : own;
    }

    private static int orAll(int asked, int all) {
        return asked == 0 ? all : asked;
    }

    void start(Closing closing) {
        contents.start(clock.instant());
        closing.add("the main database", main);
        main.start();
        closing.add("the tracking database", tracking);
        tracking.start();
        runs.start();
        if (manner != ServerSettings.Manner.EMBEDDED_READER) {
            closing.add("background work", upkeep);
            upkeep.start();
        }
        closing.add("the engine", pipelines);
        try {
            pipelines.start();
        } catch (IOException e) {
            throw new UncheckedIOException("The engine cannot write below the data directory", e);
        }
    }

    List<Routes> routes() {
        var routes = new ArrayList<Routes>();
        routes.add(runs.routes(MLFLOW));
        routes.add(datasets.routes());
        routes.add(quality.routes());
        routes.add(registry.routes());
        routes.add(registry.clientRoutes(runs));
        routes.addAll(pipelines.routes());
        return routes;
    }

    List<ErrorSurface> errorSurfaces() {
        return TrackingModule.surfaces();
    }

    List<Readiness> readiness() {
        return List.of(pipelines::obstacle);
    }
}
