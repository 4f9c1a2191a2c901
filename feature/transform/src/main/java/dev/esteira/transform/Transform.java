package dev.esteira.transform;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A fitted transform: which raw columns it reads, and the tree that gives each column it makes. The document
 * {@code transform.json} is its canonical form. Immutable and thread-safe.
 *
 * @param inputs the raw columns that it reads, sorted by name
 * @param outputs the trees by the name of the column they make, in order
 * @param tables the numbers of fitted tables by text, by the table's name
 */
public record Transform(
        List<Column> inputs, SequencedMap<String, Node> outputs, SequencedMap<String, Map<String, Double>> tables) {

    /** The file of a transform in an artifact. */
    public static final String FILE = "transform.json";

    private static final long FORMAT_VERSION = 1;

    public Transform {
        inputs = List.copyOf(inputs);
        outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
        var sorted = new LinkedHashMap<String, Map<String, Double>>();
        tables.forEach((name, numbers) -> sorted.put(name, Collections.unmodifiableMap(new TreeMap<>(numbers))));
        tables = Collections.unmodifiableSequencedMap(sorted);
    }

    /** The names of the columns that it makes, in order. */
    public List<String> names() {
        return List.copyOf(outputs.keySet());
    }

    /** The transform as a document. */
    public Value.Fields toValue() {
        var columns = new ArrayList<Value>();
        outputs.forEach((name, node) ->
                columns.add(Value.Fields.EMPTY.with("name", Value.of(name)).with("value", NodeDocument.write(node))));
        var lookups = new LinkedHashMap<String, Value>();
        tables.forEach((name, numbers) -> lookups.put(name, table(numbers)));
        return Value.Fields.EMPTY
                .with("formatVersion", Value.of(FORMAT_VERSION))
                .with(
                        "inputs",
                        new Value.Sequence(
                                inputs.stream().<Value>map(Transform::input).toList()))
                .with("outputs", new Value.Sequence(columns))
                .with("tables", Value.ofFields(lookups));
    }

    /**
     * Reads a document.
     *
     * @throws dev.esteira.kernel.EsteiraException TRANSFORM_DAMAGED
     */
    public static Transform of(Value.Fields document) {
        if (document.whole("formatVersion").orElse(0L) != FORMAT_VERSION) {
            throw NodeDocument.damaged("its format version is not " + FORMAT_VERSION);
        }
        var outputs = new LinkedHashMap<String, Node>();
        for (var item : document.items("outputs")) {
            var fields = item.asFields().orElse(Value.Fields.EMPTY);
            outputs.put(fields.text("name").orElse(""), NodeDocument.read(fields.fields("value")));
        }
        var tables = new LinkedHashMap<String, Map<String, Double>>();
        document.fields("tables").entries().forEach((name, numbers) -> tables.put(name, numbers(numbers)));
        var inputs = document.items("inputs").stream()
                .map(item -> readInput(item.asFields().orElse(Value.Fields.EMPTY)))
                .toList();
        return new Transform(inputs, outputs, tables);
    }

    private static Value input(Column column) {
        return Value.Fields.EMPTY
                .with("name", Value.of(column.name()))
                .with("type", Value.of(column.type().text()));
    }

    private static Column readInput(Value.Fields fields) {
        var type = fields.text("type")
                .flatMap(LogicalType::of)
                .orElseThrow(() -> NodeDocument.damaged("an input column has no type"));
        return new Column(fields.text("name").orElse(""), type, true, Optional.empty());
    }

    private static Value table(Map<String, Double> numbers) {
        var fields = new LinkedHashMap<String, Value>();
        numbers.forEach((text, number) -> fields.put(text, Value.of(number)));
        return Value.ofFields(fields);
    }

    private static Map<String, Double> numbers(Value table) {
        var numbers = new TreeMap<String, Double>();
        table.asFields()
                .orElse(Value.Fields.EMPTY)
                .entries()
                .forEach((text, number) -> numbers.put(
                        text,
                        number.asNumber()
                                .orElseThrow(() -> NodeDocument.damaged("a table has no number for '" + text + "'"))));
        return numbers;
    }
}
