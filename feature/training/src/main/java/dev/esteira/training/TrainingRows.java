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

/**
 * A part of the data, ready to learn from.
 *
 * @param features row by row in the order of the names
 * @param label one column
 * @param weight one column, where a column has that role
 */
record TrainingRows(List<String> names, Matrix features, Matrix label, Optional<Matrix> weight) {

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
                columns.rows(), names.stream().map(columns::numbers).toList());
        return new TrainingRows(
                names, matrix, column(labels), weight.map(column -> column(columns.numbers(column.name()))));
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
            if (!Double.isFinite(value)) {
                throw label("The label '" + label.name() + "' is missing in a row.", "Leave such rows out in the SQL.");
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

    /** @throws EsteiraException SINGLE_CLASS_LABEL when every row has the same label */
    void requireTwoLabels() {
        var cells = label.cells();
        for (var value : cells) {
            if (value != cells[0]) {
                return;
            }
        }
        throw new EsteiraException(
                TrainingErrorCode.SINGLE_CLASS_LABEL,
                "All " + cells.length + " training rows have the label " + (cells.length == 0 ? "none" : cells[0])
                        + ".",
                "Look at the label's definition and at the split; there is nothing to learn from one class.");
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
