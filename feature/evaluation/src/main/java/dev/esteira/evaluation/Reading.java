package dev.esteira.evaluation;

import dev.esteira.expression.Expression;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says which figures an expression read: {@code report.roc_auc = 0.7182, params.minAuc = 0.68}. */
final class Reading {

    private Reading() {}

    static String of(Expression expression, Map<String, Value> values) {
        var read = new LinkedHashMap<String, String>();
        for (var path : expression.paths()) {
            find(values, path.names()).ifPresent(value -> read.put(String.join(".", path.names()), figure(value)));
        }
        return read.isEmpty()
                ? "no figure was read"
                : read.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static Optional<Value> find(Map<String, Value> values, List<String> names) {
        var found = Optional.ofNullable(values.get(names.getFirst()));
        for (var name : names.subList(1, names.size())) {
            found = found.flatMap(Value::asFields).flatMap(fields -> fields.field(name));
        }
        return found.filter(value -> !(value instanceof Value.Fields) && !(value instanceof Value.Sequence));
    }

    private static String figure(Value value) {
        return value instanceof Value.Real(var real)
                ? String.format(Locale.ROOT, "%.4f", real)
                : CanonicalJson.text(value);
    }
}
