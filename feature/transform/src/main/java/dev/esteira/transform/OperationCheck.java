package dev.esteira.transform;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.CheckContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;

/** Follows the names and kinds of columns through the operations of a file, before anything is fitted. */
final class OperationCheck {

    private final SequencedMap<String, Node.Kind> columns = new LinkedHashMap<>();
    private boolean open;

    private OperationCheck(Schema schema) {
        schema.features().stream()
                .filter(feature -> Fitting.usable(feature.type()))
                .forEach(feature -> columns.put(feature.name(), Fitting.kind(feature.type())));
    }

    /** Reports every column that an operation names and that will not be there. */
    static void check(List<Value> operations, Schema schema, CheckContext context) {
        var check = new OperationCheck(schema);
        for (var index = 0; index < operations.size(); index++) {
            try {
                check.follow(OperationReader.read(operations.get(index)), schema);
            } catch (EsteiraException e) {
                if (!check.open) {
                    context.problem(
                            "/ops/" + index,
                            e.code(),
                            e.explanation(),
                            e.remedy().orElse(""));
                }
            }
        }
    }

    private void follow(Operation operation, Schema schema) {
        switch (operation) {
            case Operation.Impute(var names, var with, var constant, var indicator) -> {
                for (var name : chosen(names)) {
                    if (indicator) {
                        columns.put(name + "_missing", Node.Kind.NUMBER);
                    }
                }
            }
            case Operation.Scale(var names, var with) -> chosen(names);
            case Operation.OneHot(var names, var minRows) -> {
                chosen(names).forEach(columns::remove);
                open = true;
            }
            case Operation.Target(var names, var smoothing, var folds) ->
                chosen(names).forEach(name -> columns.put(name, Node.Kind.NUMBER));
            case Operation.Cyclical(var periods) -> {
                for (var name : chosen(List.copyOf(periods.keySet()))) {
                    columns.remove(name);
                    columns.put(name + "_sin", Node.Kind.NUMBER);
                    columns.put(name + "_cos", Node.Kind.NUMBER);
                }
            }
            case Operation.Derive(var formulas) ->
                formulas.keySet().forEach(name -> columns.put(name, Node.Kind.NUMBER));
            case Operation.Drop(var names) -> {
                var all = new LinkedHashSet<>(columns.keySet());
                all.addAll(schema.names());
                ColumnChoice.of(names, all).forEach(columns::remove);
            }
        }
    }

    private List<String> chosen(List<String> names) {
        return ColumnChoice.of(names, columns.keySet());
    }
}
