package dev.esteira.transform;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.Dataset;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The query that applies a transform to a data set; columns with a role stay as they are. */
final class TransformedRows {

    private static final int ROWS_PER_INSERT = 400;
    private static final String OWN = "esteira own";

    private final DataSession session;
    private final Transform transform;

    /** Makes the transform's tables in the session. */
    TransformedRows(DataSession session, Transform transform) throws InterruptedException {
        this.session = session;
        this.transform = transform;
        for (var table : transform.tables().entrySet()) {
            create(table.getKey(), table.getValue());
        }
    }

    /** The query of a data set's transformed rows. */
    String query(Dataset dataset) {
        return select(dataset, Map.of()) + joins();
    }

    /** The same where some columns of these rows are given, by their place. */
    String query(Dataset dataset, SequencedMap<String, double[]> own) throws InterruptedException {
        if (own.isEmpty()) {
            return query(dataset);
        }
        session.create(OWN, List.copyOf(own.values()));
        var references = new LinkedHashMap<String, String>();
        var names = List.copyOf(own.keySet());
        for (var index = 0; index < names.size(); index++) {
            references.put(names.get(index), DataEngine.quoted(OWN) + ".c" + index);
        }
        return select(dataset, references) + " JOIN " + DataEngine.quoted(OWN) + " ON " + DataEngine.quoted(OWN)
                + ".i = d.file_row_number" + joins();
    }

    private String select(Dataset dataset, Map<String, String> references) {
        var rendering = new SqlRendering("d");
        var items = new ArrayList<String>();
        for (var column : dataset.schema().columns()) {
            if (column.role().isPresent()) {
                items.add("d." + DataEngine.quoted(column.name()));
            }
        }
        transform
                .outputs()
                .forEach((name, node) -> items.add(
                        references.getOrDefault(name, rendering.render(node)) + " AS " + DataEngine.quoted(name)));
        return "SELECT " + String.join(", ", items) + " FROM (SELECT * FROM " + dataset.numberedRelation() + ") d";
    }

    private String joins() {
        var rendering = new SqlRendering("d");
        var joins = new LinkedHashMap<String, String>();
        var open = new ArrayDeque<>(transform.outputs().values());
        while (!open.isEmpty()) {
            var node = open.pop();
            if (node instanceof Node.Lookup lookup) {
                joins.putIfAbsent(lookup.table(), " " + rendering.join(lookup));
            }
            open.addAll(node.children());
        }
        return String.join("", joins.values());
    }

    private void create(String name, Map<String, Double> numbers) throws InterruptedException {
        session.execute("CREATE TABLE " + SqlRendering.table(name) + " (key VARCHAR, number DOUBLE)");
        var entries = List.copyOf(numbers.entrySet());
        for (var from = 0; from < entries.size(); from += ROWS_PER_INSERT) {
            var some = entries.subList(from, Math.min(entries.size(), from + ROWS_PER_INSERT));
            var values = new ArrayList<Value>();
            some.forEach(entry -> {
                values.add(Value.of(entry.getKey()));
                values.add(Value.of(entry.getValue()));
            });
            session.execute(
                    "INSERT INTO " + SqlRendering.table(name) + " VALUES "
                            + some.stream().map(entry -> "(?, ?)").collect(Collectors.joining(", ")),
                    values);
        }
    }

    /** The columns that a transformed data set has, roles first. */
    static List<String> names(Dataset dataset, Transform transform) {
        var names = new ArrayList<String>();
        dataset.schema().columns().stream()
                .filter(column -> column.role().isPresent())
                .map(Column::name)
                .forEach(names::add);
        names.addAll(transform.names());
        return names;
    }
}
