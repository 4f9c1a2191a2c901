package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A division of rows into slices, each row in exactly one of them. Immutable and thread-safe. */
public final class Slicing {

    /** The most slices that one column may give. */
    @Limit(value = "Slices that one column may give.", unit = "slices")
    public static final int MAX_SLICES = 1000;

    /** The slice of rows without a value; always the last one, and there only if it has rows. */
    public static final String MISSING = "missing";

    private final String name;
    private final List<String> values;
    private final int[] sliceOfRow;

    private Slicing(String name, List<String> values, int[] sliceOfRow) {
        this.name = name;
        this.values = List.copyOf(values);
        this.sliceOfRow = sliceOfRow;
    }

    /**
     * One slice per text, in the order of their UTF-16 code units.
     *
     * @param name what the values are, usually a column
     * @param values one per row, null for a missing one
     * @throws EsteiraException SLICES_INVALID when there are more than {@value #MAX_SLICES}
     */
    public static Slicing ofTexts(String name, List<? extends @Nullable String> values) {
        var distinct = new TreeSet<String>();
        for (var value : values) {
            if (value != null && distinct.add(value) && distinct.size() > MAX_SLICES) {
                throw new EsteiraException(
                        StatisticsErrorCode.SLICES_INVALID,
                        "Column " + name + " has more than " + MAX_SLICES + " values to slice by.",
                        "Slice by a column with fewer values.");
            }
        }
        var names = new ArrayList<>(distinct);
        var sliceOfRow = new int[values.size()];
        var places = new HashMap<String, Integer>();
        names.forEach(value -> places.put(value, places.size()));
        for (var row = 0; row < sliceOfRow.length; row++) {
            var value = values.get(row);
            sliceOfRow[row] = value == null ? -1 : places.getOrDefault(value, -1);
        }
        return withMissing(name, names, sliceOfRow);
    }

    /**
     * The slices between edges, in ascending order; one without rows is a slice too.
     *
     * @param name what the numbers are, usually a column
     * @param numbers one per row, NaN for a missing one
     */
    public static Slicing ofNumbers(String name, double[] numbers, SliceEdges edges) {
        var sliceOfRow = new int[numbers.length];
        for (var row = 0; row < numbers.length; row++) {
            sliceOfRow[row] = edges.indexOf(numbers[row]);
        }
        return withMissing(name, edges.names(), sliceOfRow);
    }

    private static Slicing withMissing(String name, List<String> names, int[] sliceOfRow) {
        var values = new ArrayList<>(names);
        for (var row = 0; row < sliceOfRow.length; row++) {
            if (sliceOfRow[row] < 0) {
                if (values.size() == names.size()) {
                    values.add(MISSING);
                }
                sliceOfRow[row] = names.size();
            }
        }
        return new Slicing(name, values, sliceOfRow);
    }

    /** What the rows are sliced by. */
    public String name() {
        return name;
    }

    /** The names of the slices. */
    public List<String> values() {
        return values;
    }

    /** The number of rows. */
    public int size() {
        return sliceOfRow.length;
    }

    /** The place in {@link #values()} of the slice of a row, counted from 0. */
    public int sliceOf(int row) {
        return sliceOfRow[row];
    }

    void requireRows(int rows) {
        if (rows != sliceOfRow.length) {
            throw new EsteiraException(
                    StatisticsErrorCode.SLICES_INVALID,
                    "Column " + name + " slices " + sliceOfRow.length + " rows, but there are " + rows + ".",
                    "Slice the rows that were predicted.");
        }
    }

    /** The rows of each slice, ascending. */
    List<int[]> rowsOfSlices() {
        var sizes = new int[values.size()];
        for (var slice : sliceOfRow) {
            sizes[slice]++;
        }
        var rows = new ArrayList<int[]>();
        for (var size : sizes) {
            rows.add(new int[size]);
        }
        var filled = new int[values.size()];
        for (var row = 0; row < sliceOfRow.length; row++) {
            var slice = sliceOfRow[row];
            rows.get(slice)[filled[slice]++] = row;
        }
        return rows;
    }
}
