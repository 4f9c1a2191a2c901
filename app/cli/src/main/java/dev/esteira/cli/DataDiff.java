package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** What differs between two described data sets. Pure. */
final class DataDiff {

    private final Value.Fields left;
    private final Value.Fields right;

    /** A property of a column in one data set and the other; a dash where it has none. */
    record Line(String column, String figure, String left, String right) {

        boolean differs() {
            return !left.equals(right);
        }

        Value value() {
            return Value.Fields.EMPTY
                    .with("column", Value.of(column))
                    .with("figure", Value.of(figure))
                    .with("a", Value.of(left))
                    .with("b", Value.of(right));
        }
    }

    DataDiff(Value.Fields left, Value.Fields right) {
        this.left = left;
        this.right = right;
    }

    /** Whether they are the same data set to the bit. */
    boolean same() {
        return left.text("id").equals(right.text("id"));
    }

    /** Differences of columns: there or not, type, role, whether values may be missing, and their order. */
    List<Line> schema() {
        var lines = new ArrayList<Line>();
        var one = byName(left.items("schema"));
        var other = byName(right.items("schema"));
        for (var name : union(one, other)) {
            var a = one.get(name);
            var b = other.get(name);
            if (a == null || b == null) {
                lines.add(new Line(name, "column", a == null ? "-" : type(a), b == null ? "-" : type(b)));
                continue;
            }
            var fields = new LinkedHashSet<>(a.entries().keySet());
            fields.addAll(b.entries().keySet());
            fields.remove("name");
            for (var field : fields) {
                lines.add(new Line(name, field, text(a, field), text(b, field)));
            }
        }
        if (one.keySet().equals(other.keySet()) && !List.copyOf(one.keySet()).equals(List.copyOf(other.keySet()))) {
            lines.add(new Line("", "order", String.join(", ", one.keySet()), String.join(", ", other.keySet())));
        }
        return lines.stream().filter(Line::differs).toList();
    }

    /** The figures of the columns that both have, side by side. */
    List<Line> figures() {
        var lines = new ArrayList<Line>();
        var one = byName(left.fields("profile").items("columns"));
        var other = byName(right.fields("profile").items("columns"));
        one.forEach((name, a) -> {
            var b = other.get(name);
            if (b != null) {
                lines.addAll(figures(name, a, b));
            }
        });
        return lines;
    }

    private static List<Line> figures(String name, Value.Fields a, Value.Fields b) {
        var lines = new ArrayList<Line>();
        var one = ColumnFigures.of(a);
        var other = ColumnFigures.of(b);
        for (var figure : union(one, other)) {
            lines.add(new Line(name, figure, one.getOrDefault(figure, "-"), other.getOrDefault(figure, "-")));
        }
        if (lines.stream().noneMatch(Line::differs) && !a.equals(b)) {
            lines.add(new Line(name, "distribution", "one", "another"));
        }
        return lines;
    }

    /** What the figures cannot tell: rows that differ although the columns look the same. */
    boolean onlyRowsDiffer() {
        return !same()
                && schema().isEmpty()
                && figures().stream().noneMatch(Line::differs)
                && Objects.equals(left.whole("rows"), right.whole("rows"));
    }

    Value.Fields document() {
        return Value.Fields.EMPTY
                .with("same", Value.of(same()))
                .with("a", side(left))
                .with("b", side(right))
                .with("schema", lines(schema()))
                .with("figures", lines(figures().stream().filter(Line::differs).toList()))
                .with("onlyRowsDiffer", Value.of(onlyRowsDiffer()));
    }

    private static Value side(Value.Fields set) {
        return Value.Fields.EMPTY
                .with("id", set.field("id").orElse(Value.NOTHING))
                .with("rows", set.field("rows").orElse(Value.NOTHING))
                .with("columns", set.field("columns").orElse(Value.NOTHING));
    }

    private static Value lines(List<Line> lines) {
        return new Value.Sequence(lines.stream().map(Line::value).toList());
    }

    private static SequencedMap<String, Value.Fields> byName(List<Value> columns) {
        var byName = new LinkedHashMap<String, Value.Fields>();
        for (var item : columns) {
            var column = item.asFields().orElse(Value.Fields.EMPTY);
            byName.put(column.text("name").orElse(""), column);
        }
        return byName;
    }

    private static List<String> union(Map<String, ?> one, Map<String, ?> other) {
        var names = new LinkedHashSet<>(one.keySet());
        names.addAll(other.keySet());
        return List.copyOf(names);
    }

    private static String type(Value.Fields column) {
        return text(column, "type");
    }

    private static String text(Value.Fields fields, String name) {
        return fields.field(name)
                .map(RunText::value)
                .filter(text -> !text.isEmpty())
                .orElse("-");
    }
}
