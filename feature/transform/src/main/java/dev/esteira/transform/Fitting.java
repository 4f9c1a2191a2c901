package dev.esteira.transform;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fits operations one after the other on the training rows. Each turns the trees of some columns into other trees, with
 * what it learned as constants inside. One use, one thread.
 */
final class Fitting {

    /** The most columns that one-hot encoding may make of one column. */
    @Limit(value = "Columns that one-hot encoding makes of one column.", unit = "columns")
    static final int MAX_CATEGORIES = 1_000;

    /** A tree is written out whole wherever a column is used, so deriving a column from itself doubles it every time. */
    @Limit(value = "Size of an expression tree of a transform, as it is written to SQL.", unit = "nodes")
    static final int MAX_NODES = 10_000;

    private final Evaluator evaluator;
    private final double @Nullable [] labels;
    private final IntFunction<int[]> folds;
    private final SequencedMap<String, Node> columns = new LinkedHashMap<>();
    private final SequencedMap<String, Map<String, Double>> tables = new LinkedHashMap<>();
    private final Set<String> unusable = new LinkedHashSet<>();
    private final Set<Node> crossFitted = Collections.newSetFromMap(new IdentityHashMap<>());

    private Fitting(Rows rows, List<Column> features, double @Nullable [] labels, IntFunction<int[]> folds) {
        this.evaluator = new Evaluator(rows, tables);
        this.labels = labels;
        this.folds = folds;
        for (var feature : features) {
            if (usable(feature.type())) {
                columns.put(feature.name(), new Node.Column(feature.name(), kind(feature.type())));
            } else {
                unusable.add(feature.name());
            }
        }
    }

    /**
     * Fits the operations.
     *
     * @param rows the training rows
     * @param features the columns without a role
     * @param labels the label of each row as a number, NaN where missing; null when no column has the role
     * @param folds gives the fold of each row for a number of folds
     * @throws EsteiraException when a column is unknown, has an unfit type, or has nothing to learn from
     */
    static Fitted fit(
            List<Operation> operations,
            Rows rows,
            List<Column> features,
            double @Nullable [] labels,
            IntFunction<int[]> folds) {
        var fitting = new Fitting(rows, features, labels, folds);
        operations.forEach(fitting::apply);
        return fitting.result(features);
    }

    static boolean usable(LogicalType type) {
        return type.numeric() || type == LogicalType.BOOLEAN || type == LogicalType.STRING;
    }

    static Node.Kind kind(LogicalType type) {
        return type == LogicalType.STRING ? Node.Kind.TEXT : Node.Kind.NUMBER;
    }

    private void apply(Operation operation) {
        switch (operation) {
            case Operation.Impute impute -> chosen(impute.columns()).forEach(name -> impute(name, impute));
            case Operation.Clip clip -> chosen(clip.columns()).forEach(name -> clip(name, clip));
            case Operation.Scale(var names, var with) -> chosen(names).forEach(name -> scale(name, with));
            case Operation.OneHot(var names, var minRows) -> chosen(names).forEach(name -> oneHot(name, minRows));
            case Operation.Target target -> chosen(target.columns()).forEach(name -> target(name, target));
            case Operation.Cyclical(var periods) -> periods.forEach(this::cyclical);
            case Operation.Derive(var formulas) -> formulas.forEach(this::derive);
            case Operation.Drop(var names) -> drop(names);
        }
    }

    private void impute(String name, Operation.Impute impute) {
        var node = column(name);
        set(name, new Node.Coalesce(node, replacement(name, node, impute)));
        if (impute.indicator()) {
            add(name + "_missing", new Node.Missing(node));
        }
    }

    private Node replacement(String name, Node node, Operation.Impute impute) {
        if (node.kind() == Node.Kind.TEXT) {
            return switch (impute.with()) {
                case CONSTANT ->
                    new Node.Text(impute.constant().flatMap(Value::asText).orElseThrow(() -> unfit(name)));
                case MOST_FREQUENT ->
                    new Node.Text(
                            FitStatistics.mostFrequent(evaluator.texts(node)).orElseThrow(() -> nothing(name)));
                case MEDIAN, MEAN -> throw unfit(name);
            };
        }
        if (impute.with() == Operation.Statistic.CONSTANT) {
            return new Node.Constant(impute.constant().flatMap(Value::asNumber).orElseThrow(() -> unfit(name)));
        }
        var sorted = present(name, node);
        return finite(
                name,
                switch (impute.with()) {
                    case MEDIAN -> FitStatistics.quantile(sorted, 0.5);
                    case MEAN -> FitStatistics.mean(evaluator.numbers(node)).orElseThrow();
                    case MOST_FREQUENT, CONSTANT -> FitStatistics.mostFrequent(sorted);
                });
    }

    private void clip(String name, Operation.Clip clip) {
        var node = numeric(name);
        if (clip.with() == Operation.Bounds.VALUES) {
            set(name, new Node.Clip(node, clip.low(), clip.high()));
            return;
        }
        var sorted = present(name, node);
        var low = finite(name, FitStatistics.quantile(sorted, clip.low()));
        var high = finite(name, FitStatistics.quantile(sorted, clip.high()));
        set(name, new Node.Clip(node, low.value(), high.value()));
    }

    private void scale(String name, Operation.Scaling with) {
        var node = numeric(name);
        var sorted = present(name, node);
        var least = sorted[0];
        var greatest = sorted[sorted.length - 1];
        switch (with) {
            case STANDARD -> {
                var mean = FitStatistics.mean(evaluator.numbers(node)).orElseThrow();
                scale(name, node, mean, FitStatistics.deviation(evaluator.numbers(node), mean));
            }
            case MIN_MAX -> scale(name, node, least, greatest - least);
            case MAX_ABS -> scale(name, node, 0, Math.max(Math.abs(least), Math.abs(greatest)));
            case ROBUST ->
                scale(
                        name,
                        node,
                        FitStatistics.quantile(sorted, 0.5),
                        FitStatistics.quantile(sorted, 0.75) - FitStatistics.quantile(sorted, 0.25));
        }
    }

    private void scale(String name, Node node, double shift, double spread) {
        var shifted = new Node.Arithmetic(Node.Arithmetic.Operator.SUBTRACT, node, finite(name, shift));
        var divisor = finite(name, spread == 0 ? 1 : spread);
        set(name, new Node.Arithmetic(Node.Arithmetic.Operator.DIVIDE, shifted, divisor));
    }

    private void oneHot(String name, long minRows) {
        var node = text(name);
        var categories = new TreeSet<String>();
        FitStatistics.counts(evaluator.texts(node)).forEach((category, rows) -> {
            if (rows >= minRows) {
                categories.add(category);
            }
        });
        if (categories.size() > MAX_CATEGORIES) {
            throw new EsteiraException(
                    TransformErrorCode.TOO_MANY_CATEGORIES,
                    "The column '" + name + "' has " + categories.size() + " categories, more than " + MAX_CATEGORIES
                            + ".",
                    "Raise minRows, or use 'with: target'.");
        }
        replace(
                name,
                categories.stream()
                        .collect(
                                LinkedHashMap::new,
                                (made, category) -> made.put(name + "=" + category, new Node.Equals(node, category)),
                                Map::putAll));
    }

    private void target(String name, Operation.Target target) {
        var node = text(name);
        if (labels == null) {
            throw new EsteiraException(
                    TransformErrorCode.NO_LABEL,
                    "The target encoding of '" + name + "' needs a label, and no column has that role.",
                    "Say 'roles: {label: …}' where the rows take their final shape.");
        }
        var categories = evaluator.texts(node);
        var fitted = TargetEncoding.fit(categories, labels, target.smoothing());
        finite(name, fitted.whenMissing());
        finite(name, fitted.otherwise());
        fitted.numbers().values().forEach(number -> finite(name, number));
        tables.put(name, fitted.numbers());
        var lookup = new Node.Lookup(node, name, fitted.whenMissing(), fitted.otherwise());
        evaluator.know(
                lookup,
                TargetEncoding.crossFitted(
                        categories, labels, folds.apply(target.folds()), target.folds(), target.smoothing()));
        crossFitted.add(lookup);
        set(name, lookup);
    }

    private void cyclical(String name, double period) {
        var node = numeric(name);
        var angle =
                new Node.Arithmetic(Node.Arithmetic.Operator.MULTIPLY, node, new Node.Constant(2 * Math.PI / period));
        var made = new LinkedHashMap<String, Node>();
        made.put(name + "_sin", new Node.Function(Node.Function.Name.SIN, angle));
        made.put(name + "_cos", new Node.Function(Node.Function.Name.COS, angle));
        replace(name, made);
    }

    private void derive(String name, Operation.Formula formula) {
        add(
                name,
                switch (formula) {
                    case Operation.Formula.Joined(var operator, var left, var right) ->
                        new Node.Arithmetic(operator, operand(left), operand(right));
                    case Operation.Formula.Applied(var function, var column) ->
                        new Node.Function(function, numeric(column));
                });
    }

    private Node operand(Operation.Operand operand) {
        return switch (operand) {
            case Operation.Operand.OfColumn(var name) -> numeric(name);
            case Operation.Operand.OfNumber(var value) -> new Node.Constant(value);
        };
    }

    private void drop(List<String> names) {
        var all = new LinkedHashSet<>(columns.keySet());
        all.addAll(unusable);
        for (var name : ColumnChoice.of(names, all)) {
            columns.remove(name);
            unusable.remove(name);
        }
    }

    private Fitted result(List<Column> features) {
        if (!unusable.isEmpty()) {
            throw new EsteiraException(
                    TransformErrorCode.COLUMN_TYPE_UNFIT,
                    "The column '" + unusable.iterator().next() + "' is a date or time, which nothing can learn from.",
                    "Give it a role, drop it, or make numbers of it in the SQL.");
        }
        var own = new LinkedHashMap<String, double[]>();
        columns.forEach((name, node) -> {
            if (dependsOnCrossFitted(node)) {
                own.put(name, evaluator.numbers(node));
            }
        });
        var read = read();
        var inputs = features.stream()
                .filter(feature -> read.contains(feature.name()))
                .sorted(Comparator.comparing(Column::name))
                .toList();
        return new Fitted(new Transform(inputs, columns, tables), own);
    }

    private Set<String> read() {
        var read = new LinkedHashSet<String>();
        var open = new ArrayDeque<>(columns.values());
        while (!open.isEmpty()) {
            var node = open.pop();
            if (node instanceof Node.Column(var name, var kind)) {
                read.add(name);
            }
            open.addAll(node.children());
        }
        return read;
    }

    private boolean dependsOnCrossFitted(Node node) {
        return crossFitted.contains(node) || node.children().stream().anyMatch(this::dependsOnCrossFitted);
    }

    private List<String> chosen(List<String> names) {
        return ColumnChoice.of(names, columns.keySet());
    }

    private Node column(String name) {
        var node = columns.get(name);
        if (node == null) {
            throw ColumnChoice.unknown(name, columns.keySet());
        }
        return node;
    }

    private Node numeric(String name) {
        var node = column(name);
        if (node.kind() != Node.Kind.NUMBER) {
            throw unfit(name);
        }
        return node;
    }

    private Node text(String name) {
        var node = column(name);
        if (node.kind() != Node.Kind.TEXT) {
            throw unfit(name);
        }
        return node;
    }

    private double[] present(String name, Node node) {
        var sorted = FitStatistics.sorted(evaluator.numbers(node));
        if (sorted.length == 0) {
            throw nothing(name);
        }
        return sorted;
    }

    private void add(String name, Node node) {
        if (columns.containsKey(name)) {
            throw taken(name);
        }
        set(name, node);
    }

    private void set(String name, Node node) {
        if (!fits(node)) {
            throw new EsteiraException(
                    TransformErrorCode.TRANSFORM_TOO_LARGE,
                    "The column '" + name + "' is made of more than " + MAX_NODES + " nodes, or more than "
                            + NodeDocument.DEEPEST + " one in another.",
                    "Divide the transform into two steps.");
        }
        columns.put(name, node);
    }

    /** Whether a tree can be written and read again. */
    private static boolean fits(Node root) {
        var open = new ArrayDeque<Level>();
        open.push(new Level(root, 0));
        for (var nodes = 1; !open.isEmpty(); nodes++) {
            var next = open.pop();
            if (nodes > MAX_NODES || next.depth > NodeDocument.DEEPEST) {
                return false;
            }
            for (var child : next.node.children()) {
                for (var time = 0; time < next.node.timesWritten(); time++) {
                    open.push(new Level(child, next.depth + 1));
                }
            }
        }
        return true;
    }

    private record Level(Node node, int depth) {}

    private static Node.Constant finite(String name, double learnt) {
        if (!Double.isFinite(learnt)) {
            throw new EsteiraException(
                    TransformErrorCode.FIT_NOT_FINITE,
                    "What is learnt from the column '" + name + "' is " + learnt + ".",
                    "Leave out the rows with infinite or huge values, or clip them in the SQL.");
        }
        return new Node.Constant(learnt);
    }

    /** Puts new columns in the place of one. */
    private void replace(String name, Map<String, Node> made) {
        var before = new LinkedHashMap<>(columns);
        columns.clear();
        before.forEach((other, node) -> {
            if (other.equals(name)) {
                made.forEach(this::add);
            } else if (columns.putIfAbsent(other, node) != null) {
                throw taken(other);
            }
        });
    }

    private static EsteiraException taken(String name) {
        return new EsteiraException(
                TransformErrorCode.COLUMN_NAME_TAKEN,
                "Two columns of the transform would be called '" + name + "'.",
                "Rename the column that you have in the SQL before this step.");
    }

    static EsteiraException unfit(String name) {
        return new EsteiraException(
                TransformErrorCode.COLUMN_TYPE_UNFIT,
                "The operation cannot work on the type of the column '" + name + "'.",
                "Numbers are imputed by a statistic or a number, scaled and derived from; texts are encoded.");
    }

    private static EsteiraException nothing(String name) {
        return new EsteiraException(
                TransformErrorCode.NOTHING_TO_FIT,
                "The column '" + name + "' has no value in the training rows.",
                "Drop it, or impute it with a constant.");
    }
}
