package dev.esteira.transform;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.CheckContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Follows the names and kinds of columns through the operations of a file, before anything is fitted. */
final class OperationCheck {

    private final SequencedMap<String, Node.Kind> columns = new LinkedHashMap<>();
    private boolean open;

    private final List<String> raw;

    private OperationCheck(Optional<Schema> schema) {
        this.open = schema.isEmpty();
        this.raw = schema.map(Schema::names).orElse(List.of());
        schema.stream()
                .flatMap(known -> known.features().stream())
                .filter(feature -> Fitting.usable(feature.type()))
                .forEach(feature -> columns.put(feature.name(), Fitting.kind(feature.type())));
    }

    /**
     * Reports operations that contradict themselves, and, as far as the columns are known, every column that an operation
     * names and that will not be there or not of its kind.
     */
    static void check(List<Value> operations, Optional<Schema> schema, CheckContext context) {
        var check = new OperationCheck(schema);
        for (var index = 0; index < operations.size(); index++) {
            try {
                check.follow(OperationReader.read(operations.get(index)));
            } catch (EsteiraException e) {
                if (!check.open || e.code() == TransformErrorCode.OPERATION_MALFORMED) {
                    context.problem(
                            "/ops/" + index,
                            e.code(),
                            e.explanation(),
                            e.remedy().orElse(""));
                }
            }
        }
    }

    private void follow(Operation operation) {
        switch (operation) {
            case Operation.Impute(var names, var with, var constant, var indicator) -> {
                for (var name : chosen(names)) {
                    if (with == Operation.Statistic.MEDIAN || with == Operation.Statistic.MEAN) {
                        require(name, Node.Kind.NUMBER);
                    }
                    if (with == Operation.Statistic.CONSTANT) {
                        var number = constant.flatMap(Value::asNumber).isPresent();
                        require(name, number ? Node.Kind.NUMBER : Node.Kind.TEXT);
                    }
                    if (indicator) {
                        columns.put(name + "_missing", Node.Kind.NUMBER);
                    }
                }
            }
            case Operation.Clip clip -> chosen(clip.columns()).forEach(name -> require(name, Node.Kind.NUMBER));
            case Operation.Scale(var names, var with) -> chosen(names).forEach(name -> require(name, Node.Kind.NUMBER));
            case Operation.OneHot(var names, var minRows) -> {
                for (var name : chosen(names)) {
                    require(name, Node.Kind.TEXT);
                    columns.remove(name);
                }
                open = true;
            }
            case Operation.Target(var names, var smoothing, var folds) ->
                chosen(names).forEach(name -> {
                    require(name, Node.Kind.TEXT);
                    columns.put(name, Node.Kind.NUMBER);
                });
            case Operation.Cyclical(var periods) -> {
                for (var name : chosen(List.copyOf(periods.keySet()))) {
                    require(name, Node.Kind.NUMBER);
                    columns.remove(name);
                    columns.put(name + "_sin", Node.Kind.NUMBER);
                    columns.put(name + "_cos", Node.Kind.NUMBER);
                }
            }
            case Operation.Derive(var formulas) ->
                formulas.forEach((name, formula) -> {
                    formula.columns().forEach(column -> require(column, Node.Kind.NUMBER));
                    columns.put(name, Node.Kind.NUMBER);
                });
            case Operation.Drop(var names) -> {
                var all = new LinkedHashSet<>(columns.keySet());
                all.addAll(raw);
                ColumnChoice.of(names, all).forEach(columns::remove);
            }
        }
    }

    private void require(String name, Node.Kind kind) {
        var found = columns.get(name);
        if (found == null) {
            throw ColumnChoice.unknown(name, columns.keySet());
        }
        if (found != kind) {
            throw Fitting.unfit(name);
        }
    }

    private List<String> chosen(List<String> names) {
        return ColumnChoice.of(names, columns.keySet());
    }
}
