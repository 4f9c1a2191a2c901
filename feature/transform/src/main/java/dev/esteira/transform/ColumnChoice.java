package dev.esteira.transform;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the columns that a list of names and patterns means. */
final class ColumnChoice {

    private ColumnChoice() {}

    /**
     * The columns that are meant, in the order of the columns.
     *
     * @throws EsteiraException UNKNOWN_COLUMN when a name or pattern means none
     */
    static List<String> of(List<String> names, Collection<String> columns) {
        var chosen = new LinkedHashSet<String>();
        for (var name : names) {
            var matching = matching(name, columns);
            if (matching.isEmpty()) {
                throw unknown(name, columns);
            }
            chosen.addAll(matching);
        }
        return columns.stream().filter(chosen::contains).toList();
    }

    static List<String> matching(String name, Collection<String> columns) {
        if (!name.contains("*")) {
            return columns.contains(name) ? List.of(name) : List.of();
        }
        var pattern = Pattern.compile(
                Pattern.compile("\\*").splitAsStream(name).map(Pattern::quote).collect(Collectors.joining(".*"))
                        + (name.endsWith("*") ? ".*" : ""));
        return columns.stream()
                .filter(column -> pattern.matcher(column).matches())
                .toList();
    }

    static EsteiraException unknown(String name, Collection<String> columns) {
        return new EsteiraException(
                TransformErrorCode.UNKNOWN_COLUMN, "There is no column '" + name + "'.", remedy(name, columns));
    }

    static String remedy(String name, Collection<String> columns) {
        return NearestName.of(name, columns)
                .map(near -> "Did you mean '" + near + "'?")
                .orElseGet(() -> "The columns here are " + String.join(", ", columns) + ".");
    }
}
