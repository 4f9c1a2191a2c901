package dev.esteira.quality;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.Dataset;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.kernel.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Real data sets of a few rows, and the checks that are asked of them. */
final class CheckedTable implements AutoCloseable {

    private final DataSession session;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, Table> references = new LinkedHashMap<>();

    CheckedTable(Path folder) throws Exception {
        session = new DataEngine(256L << 20).open(folder, 1, List.of());
    }

    CheckedTable input(String name, String query, Map<String, Role> roles) throws Exception {
        tables.put(name, new Table(session, write(name, query, roles), references));
        return this;
    }

    CheckedTable reference(String name, String query) throws Exception {
        references.put(name, new Table(session, write(name, query, Map.of()), Map.of()));
        return this;
    }

    private Dataset write(String name, String query, Map<String, Role> roles) throws Exception {
        return new DatasetWriter(session)
                .write(
                        query,
                        List.of(),
                        new DatasetOptions(roles, List.of()),
                        session.directory().resolve(name));
    }

    /** The findings of checks written as JSON. */
    List<Examination.Result> ask(String checks) throws Exception {
        var problems = new ArrayList<String>();
        var specs = new CheckReader(CheckRegistry.builtIn())
                .read(Json.parse(checks).items(), (pointer, code, message, remedy) -> problems.add(message));
        if (!problems.isEmpty()) {
            throw new AssertionError(problems);
        }
        return Examination.run(specs, new LinkedHashMap<>(tables));
    }

    Finding askOne(String check) throws Exception {
        return ask("[" + check + "]").getFirst().finding();
    }

    Table table(String name) {
        return java.util.Objects.requireNonNull(tables.get(name));
    }

    @Override
    public void close() {
        session.close();
    }
}
