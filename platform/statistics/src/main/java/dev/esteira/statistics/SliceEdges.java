package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.util.ArrayList;
import java.util.List;

/**
 * Edges that cut numbers into slices, each from its lower edge (inclusive) to its upper edge (exclusive), open at both
 * ends. The edges 500 and 1000 give the slices {@code < 500}, {@code 500–1000} and {@code ≥ 1000}; a missing number
 * (NaN) belongs to the slice {@code missing}.
 *
 * @param edges finite and strictly ascending, 1 to {@value #MAX_EDGES}
 */
public record SliceEdges(List<Double> edges) {

    /** The most edges that one slicing may have. */
    @Limit(value = "Edges of a slicing by number.", unit = "edges")
    public static final int MAX_EDGES = 1000;

    private static final double EXACT_WHOLE = 1e15;

    /** @throws EsteiraException SLICES_INVALID */
    public SliceEdges {
        edges = List.copyOf(edges);
        if (edges.isEmpty() || edges.size() > MAX_EDGES) {
            throw invalid("There are " + edges.size() + " edges, not 1 to " + MAX_EDGES + ".");
        }
        for (var i = 0; i < edges.size(); i++) {
            if (!Double.isFinite(edges.get(i)) || (i > 0 && edges.get(i) <= edges.get(i - 1))) {
                throw invalid("The edges " + edges + " are not finite and ascending.");
            }
        }
    }

    /** The names of the slices in ascending order, without that of missing numbers. */
    public List<String> names() {
        var names = new ArrayList<String>();
        names.add("< " + text(edges.getFirst()));
        for (var i = 1; i < edges.size(); i++) {
            names.add(text(edges.get(i - 1)) + "–" + text(edges.get(i)));
        }
        names.add("≥ " + text(edges.getLast()));
        return names;
    }

    /** The place in {@link #names()} of a number, -1 for NaN. */
    public int indexOf(double value) {
        if (Double.isNaN(value)) {
            return -1;
        }
        var low = 0;
        var high = edges.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (value >= edges.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static String text(double edge) {
        var whole = edge == Math.rint(edge) && Math.abs(edge) < EXACT_WHOLE;
        return whole ? Long.toString((long) edge) : Double.toString(edge);
    }

    private static EsteiraException invalid(String message) {
        return new EsteiraException(
                StatisticsErrorCode.SLICES_INVALID, message, "Give edges such as [500, 1000, 2000].");
    }
}
