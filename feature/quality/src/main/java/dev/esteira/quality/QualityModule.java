package dev.esteira.quality;

import dev.esteira.dataset.DataEngine;
import dev.esteira.http.Routes;
import dev.esteira.spi.Sink;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import java.util.List;

/** Builds the feature and hands over its parts. */
public final class QualityModule {

    private final DataEngine engine;
    private final CheckHistory history;

    /** @param engine what checks read data with */
    public QualityModule(Database database, DataEngine engine) {
        this.engine = engine;
        this.history = new CheckHistory(database);
    }

    /** The kind {@code validate}. */
    public List<StepKind> kinds() {
        return List.of(new ValidateKind(engine, CheckRegistry.builtIn()));
    }

    /** Where what checks found is noted. */
    public List<Sink> sinks() {
        return List.of(new CheckReportSink());
    }

    /** The address of what checks found. */
    public Routes routes() {
        return new CheckRoutes(history).routes();
    }
}
