package dev.esteira.evaluation;

import dev.esteira.expression.Expression;
import dev.esteira.expression.FieldPath;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says which figures an expression read: {@code report.roc_auc = 0.7182, params.minAuc = 0.68}. */
final class Reading {

    private Reading() {}

    /** The figures behind a decided answer; those of a list are told by its items, see {@link ItemReading}. */
    static String of(Expression expression, Map<String, Value> values, Map<String, String> absences) {
        var told = new ArrayList<>(figures(expression, values));
        ItemReading.of(expression, values, absences).ifPresent(told::add);
        return told.isEmpty() ? "no figure was read" : String.join(", ", told);
    }

    private static List<String> figures(Expression expression, Map<String, Value> values) {
        var read = new LinkedHashMap<String, String>();
        for (var path : expression.paths()) {
            var found = find(values, path.names());
            if (found.filter(Reading::single).isPresent()) {
                read.put(path.text(), path.text() + " = " + figure(found.get()));
            } else if (path.tested() && found.isEmpty() && !path.names().contains(FieldPath.ITEM)) {
                read.put(path.text(), "no " + path.text());
            }
        }
        return List.copyOf(read.values());
    }

    /** What stands at a path of field names. */
    static Optional<Value> find(Map<String, Value> values, List<String> names) {
        var found = Optional.ofNullable(values.get(names.getFirst()));
        for (var name : names.subList(1, names.size())) {
            found = found.flatMap(Value::asFields).flatMap(fields -> fields.field(name));
        }
        return found;
    }

    private static boolean single(Value value) {
        return !(value instanceof Value.Fields) && !(value instanceof Value.Sequence);
    }

    /** A figure with four decimals, anything else as it is written. */
    static String figure(Value value) {
        return value instanceof Value.Real(var real)
                ? String.format(Locale.ROOT, "%.4f", real)
                : CanonicalJson.text(value);
    }
}
