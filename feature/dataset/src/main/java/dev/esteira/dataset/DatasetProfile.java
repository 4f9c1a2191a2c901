package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What is in the columns of a data set: the document {@code profile.json}. Every figure is exact and depends on the
 * rows alone, not on threads or on their order.
 *
 * @param columns in the data set's order
 */
public record DatasetProfile(long rows, List<ColumnProfile> columns) {

    static final long FORMAT_VERSION = 1;

    public DatasetProfile {
        columns = List.copyOf(columns);
    }

    /** The profile of a column, empty when there is none of that name. */
    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The document. */
    public Value.Fields value() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("formatVersion", Value.of(FORMAT_VERSION));
        fields.put("rows", Value.of(rows));
        fields.put(
                "columns",
                new Value.Sequence(
                        columns.stream().<Value>map(ColumnProfile::value).toList()));
        return Value.ofFields(fields);
    }

    /**
     * Reads the document.
     *
     * @throws EsteiraException DATASET_MALFORMED when it is of another version
     */
    public static DatasetProfile of(Value.Fields document) {
        var version = document.whole("formatVersion").orElse(0L);
        if (version != FORMAT_VERSION) {
            throw new EsteiraException(
                    DatasetErrorCode.DATASET_MALFORMED,
                    "A profile has the format version " + version + ", not " + FORMAT_VERSION + ".",
                    "Make the data set again with this version.");
        }
        return new DatasetProfile(
                document.whole("rows").orElse(0L),
                document.items("columns").stream()
                        .map(column -> ColumnProfile.of(column.asFields().orElse(Value.Fields.EMPTY)))
                        .toList());
    }
}
