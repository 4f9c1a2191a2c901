package dev.esteira.pipeline;

import dev.esteira.http.Routes;
import dev.esteira.kernel.IdSource;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.spi.Sink;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import dev.esteira.work.Outbox;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the engine and hands over what others use of it. Thread-safe. */
public final class PipelineModule implements AutoCloseable {

    private final Engine engine;
    private final PipelineService service;
    private final RunArtifacts artifacts;

    /**
     * What the engine knows of the other features.
     *
     * @param kinds each name once
     * @param sinks at most one for each type of artifact
     */
    public record Contributions(Collection<? extends StepKind> kinds, List<Sink> sinks) {
        public Contributions {
            kinds = List.copyOf(kinds);
            sinks = List.copyOf(sinks);
        }
    }

    /**
     * Puts the engine together from what it is given; nothing starts yet.
     *
     * @param outbox takes the messages of {@link StepCommitted}
     */
    public PipelineModule(
            Database database,
            ArtifactStore store,
            Contributions contributions,
            Outbox outbox,
            EngineSettings settings,
            InstantSource clock,
            IdSource ids) {
        var kinds = new TreeMap<String, StepKind>();
        for (var kind : contributions.kinds()) {
            if (kinds.put(kind.name(), kind) != null) {
                throw new IllegalArgumentException("Two step kinds are named '" + kind.name() + "'");
            }
        }
        var base = new Engine.Foundations(
                database,
                store,
                contributions.sinks(),
                kinds,
                (condition, run) -> Conditions.holds(condition, run.params()),
                outbox,
                settings,
                clock,
                ids);
        this.engine = new Engine(base);
        this.service = new PipelineService(engine, base);
        this.artifacts = new RunArtifacts(database, store, clock);
    }

    /** What one can do with pipelines. */
    public PipelineService service() {
        return service;
    }

    /** Why no run moves along, in a sentence; empty when runs do. */
    public Optional<String> obstacle() {
        return engine.stall().now().map(failure -> failure.code() + ": " + failure.message());
    }

    /** The addresses of pipelines, runs, contents and artifacts. */
    public List<Routes> routes() {
        return List.of(new PipelineRoutes(service, artifacts).routes(), artifacts.routes());
    }

    /**
     * Takes up the runs that have not ended; the database and the store have been started before.
     *
     * @throws IOException when the engine's directory cannot be written
     */
    public void start() throws IOException {
        engine.start();
    }

    /** Stops. Children go on and are found at the next start; what runs inside is done again then. */
    @Override
    public void close() {
        engine.stop();
    }
}
