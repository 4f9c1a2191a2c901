package dev.esteira.training;

import dev.esteira.dataset.DataColumns;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.Dataset;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.matrix.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A part of the data, ready to learn from.
 *
 * @param features row by row in the order of the names
 * @param label one column
 * @param weight one column, where a column has that role
 */
record TrainingRows(List<String> names, Matrix features, Matrix label, Optional<Matrix> weight) {

    TrainingRows {
        names = List.copyOf(names);
    }

    /**
     * Reads a part.
     *
     * @throws EsteiraException when a feature is no number, or the label does not fit the task
     */
    static TrainingRows read(DataSession session, Dataset dataset, Task task) throws InterruptedException {
        var schema = dataset.schema();
        var label = schema.withRole(Role.LABEL).stream()
                .findFirst()
                .orElseThrow(() -> label(
                        "The rows have no label.", "Say 'roles: {label: …}' where the rows take their final shape."));
        var weight = schema.withRole(Role.WEIGHT).stream().findFirst();
        var names = features(schema.features());
        var wanted = new ArrayList<>(names);
        wanted.add(label.name());
        weight.ifPresent(column -> wanted.add(column.name()));
        var columns = DataColumns.read(session, dataset, wanted);
        var labels = labels(columns, label, task);
        var matrix = Matrix.ofColumns(
                columns.rows(),
                names.stream().map(name -> finite(name, columns)).toList());
        return new TrainingRows(
                names, matrix, column(labels), weight.map(column -> column(weights(column.name(), columns))));
    }

    /** A feature's values; NaN stands for a missing one, and nothing else may be beyond the numbers of the library. */
    private static double[] finite(String name, DataColumns columns) {
        var values = columns.numbers(name);
        for (var value : values) {
            if (Float.isInfinite((float) value)) {
                throw new EsteiraException(
                        TrainingErrorCode.FEATURE_NOT_FINITE,
                        "The feature '" + name + "' is " + value + " in a row, more than a 32-bit float holds.",
                        "Clip it in a transform, or leave such rows out.");
            }
        }
        return values;
    }

    private static double[] weights(String name, DataColumns columns) {
        var values = columns.numbers(name);
        var sum = 0.0;
        for (var value : values) {
            if (!(value >= 0 && Float.isFinite((float) value))) {
                throw weight(
                        "The weight '" + name + "' is " + (Double.isNaN(value) ? "missing" : value) + " in a row.",
                        "A weight is a number from 0; leave out the rows that have none.");
            }
            sum += value;
        }
        if (values.length > 0 && sum == 0) {
            throw weight("The weight '" + name + "' is 0 in every row.", "Give some rows a weight above 0.");
        }
        return values;
    }

    private static EsteiraException weight(String message, String remedy) {
        return new EsteiraException(TrainingErrorCode.WEIGHT_UNFIT, message, remedy);
    }

    private static Matrix column(double[] values) {
        return Matrix.ofColumns(values.length, List.of(values));
    }

    private static List<String> features(List<Column> features) {
        for (var feature : features) {
            if (!number(feature)) {
                throw new EsteiraException(
                        TrainingErrorCode.FEATURE_NOT_NUMERIC,
                        "The feature '" + feature.name() + "' is a "
                                + feature.type().text() + ", not a number.",
                        "Encode it in a transform, give it a role, or leave it out.");
            }
            if (feature.name().matches(".*[\\[\\]<].*")) {
                throw new EsteiraException(
                        TrainingErrorCode.FEATURE_NAME_UNFIT,
                        "XGBoost's readers refuse the feature name '" + feature.name() + "'.",
                        "Rename the column so that it has no [, ] or <.");
            }
        }
        if (features.isEmpty()) {
            throw new EsteiraException(
                    TrainingErrorCode.NO_FEATURES,
                    "The rows have no feature to learn from.",
                    "Leave at least one column without a role.");
        }
        return features.stream().map(Column::name).toList();
    }

    private static boolean number(Column column) {
        return column.type().numeric() || column.type() == LogicalType.BOOLEAN;
    }

    private static double[] labels(DataColumns columns, Column label, Task task) {
        if (!number(label)) {
            throw label(
                    "The label '" + label.name() + "' is a " + label.type().text() + ".",
                    "Make it true and false, or a number.");
        }
        var labels = columns.numbers(label.name());
        for (var value : labels) {
            if (!Float.isFinite((float) value)) {
                throw label(
                        "The label '" + label.name() + "' is " + (Double.isNaN(value) ? "missing" : value)
                                + " in a row.",
                        "Leave such rows out in the SQL.");
            }
            if (task == Task.BINARY && value != 0 && value != 1) {
                throw label(
                        "The label '" + label.name() + "' is " + value + " in a row, and the task is binary.",
                        "Use 0 and 1, or true and false; or 'task: regression'.");
            }
        }
        return labels;
    }

    private static EsteiraException label(String message, String remedy) {
        return new EsteiraException(TrainingErrorCode.LABEL_UNFIT, message, remedy);
    }

    /**
     * Refuses rows that have the same label everywhere, or everywhere that has a weight.
     *
     * @param part what the rows are, e.g. {@code training}
     * @throws EsteiraException SINGLE_CLASS_LABEL
     */
    void requireTwoLabels(String part) {
        var counted = IntStream.range(0, label.rows())
                .filter(row -> weight.isEmpty() || weight.get().cell(row, 0) > 0)
                .toArray();
        for (var row : counted) {
            if (label.cell(row, 0) != label.cell(counted[0], 0)) {
                return;
            }
        }
        if (counted.length == 0) {
            throw new EsteiraException(
                    TrainingErrorCode.SINGLE_CLASS_LABEL,
                    "There are no " + part + " rows.",
                    "Look at the split, and at what the steps before it leave out.");
        }
        throw new EsteiraException(
                TrainingErrorCode.SINGLE_CLASS_LABEL,
                "All " + counted.length + " " + part + " rows have the label " + text(label.cell(counted[0], 0)) + ".",
                "Look at the label's definition and at the split; there is nothing to learn from one class.");
    }

    /**
     * Refuses rows that cannot validate what was trained on others.
     *
     * @param trained the features of the training rows
     * @throws EsteiraException VALIDATION_UNFIT, or SINGLE_CLASS_LABEL when no metric can rank the rows
     */
    void requireValidates(List<String> trained, Task task) {
        if (!names.equals(trained)) {
            throw new EsteiraException(
                    TrainingErrorCode.VALIDATION_UNFIT,
                    "The validation rows have the features " + String.join(", ", names) + ", the training rows "
                            + String.join(", ", trained) + ".",
                    "Let both go through the same transform.");
        }
        if (task == Task.BINARY) {
            requireTwoLabels("validation");
        }
    }

    private static String text(float number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Integer.toString((int) number)
                : Float.toString(number);
    }

    /** The weighted mean of the label. */
    double meanLabel() {
        var sum = 0.0;
        var weights = 0.0;
        for (var row = 0; row < label.rows(); row++) {
            var own = weight.isPresent() ? weight.get().cell(row, 0) : 1;
            sum += own * label.cell(row, 0);
            weights += own;
        }
        return weights == 0 ? 0 : sum / weights;
    }
}
