package dev.esteira.quality;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.Dataset;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.document.Yaml;
import dev.esteira.kernel.CanonicalJson;
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
        this(folder, 1);
    }

    CheckedTable(Path folder, int threads) throws Exception {
        session = new DataEngine(256L << 20).open(folder, threads, List.of());
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
        for (var spec : specs) {
            for (var table : tables.values()) {
                spec.check(table.schema(), (pointer, code, message, remedy) -> problems.add(message));
            }
        }
        if (!problems.isEmpty()) {
            throw new AssertionError(problems);
        }
        return Examination.run(specs, new LinkedHashMap<>(tables));
    }

    /** What keeps a check from being asked, one line a problem. */
    List<String> problems(String check) {
        var problems = new ArrayList<String>();
        ProblemTaker taker = (pointer, code, message, remedy) ->
                problems.add((pointer + " " + code.name() + " " + message + " " + remedy).strip());
        for (var spec : new CheckReader(CheckRegistry.builtIn()).read(List.of(Json.parse(check)), taker)) {
            for (var table : tables.values()) {
                spec.check(table.schema(), taker);
            }
        }
        return problems;
    }

    /** Checks are written as in YAML flow style; the id is added where it is missing. */
    static String json(String yaml) {
        var text = yaml.startsWith("{check") ? "{id: x, " + yaml.substring(1) : yaml;
        return CanonicalJson.text(Yaml.read("check", text).orThrow().value());
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
