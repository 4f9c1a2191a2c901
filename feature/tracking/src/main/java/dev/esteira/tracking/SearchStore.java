package dev.esteira.tracking;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.store.Dialect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns the comparisons and orders of a search into SQL over the tables that a store names. Immutable. */
public final class SearchStore {

    private static final List<String> ATTRIBUTE_WORDS = List.of("", "attribute", "attributes", "attr");

    private final Map<String, String> texts;
    private final Map<String, String> numbers;
    private final Map<String, KeyTable> tables;
    private final List<String> attributeWords;

    /**
     * What can be searched.
     *
     * @param texts SQL of each text attribute by its names
     * @param numbers SQL of each number attribute by its names
     * @param tables tables of keys and values by the words that stand before the dot
     * @param word one more word that may stand before an attribute, e.g. {@code run}
     */
    public SearchStore(
            Map<String, String> texts, Map<String, String> numbers, Map<String, KeyTable> tables, String word) {
        this.texts = Map.copyOf(texts);
        this.numbers = Map.copyOf(numbers);
        this.tables = Map.copyOf(tables);
        var words = new ArrayList<>(ATTRIBUTE_WORDS);
        words.add(word);
        this.attributeWords = List.copyOf(words);
    }

    /**
     * A table of keys and values that belong to the rows that are searched.
     *
     * @param join condition between the table, called {@code t}, and the rows
     * @param number whether values are numbers, with a column {@code is_nan}
     */
    public record KeyTable(String table, String join, String keyColumn, String valueColumn, boolean number) {}

    /** A piece of SQL and its arguments. */
    public record Sql(String text, List<Object> arguments) {
        public Sql {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A condition for all comparisons, to be added after others: empty or starting with {@code AND}.
     *
     * @throws EsteiraException INVALID_PARAMETER_VALUE when one names or compares what cannot be
     */
    public Sql conditions(List<Comparison> comparisons, Dialect dialect) {
        var text = new StringBuilder();
        var arguments = new ArrayList<Object>();
        for (var comparison : comparisons) {
            var condition = condition(comparison, dialect);
            text.append(" AND ").append(condition.text());
            arguments.addAll(condition.arguments());
        }
        return new Sql(text.toString(), arguments);
    }

    private Sql condition(Comparison comparison, Dialect dialect) {
        var table = tables.get(comparison.entity());
        if (table != null) {
            return keyed(comparison, table, dialect);
        }
        if (!attributeWords.contains(comparison.entity())) {
            throw unknown(comparison.entity() + "." + comparison.key());
        }
        var text = texts.get(comparison.key());
        if (text != null) {
            return textual(comparison, text, dialect);
        }
        var number = numbers.get(comparison.key());
        if (number != null) {
            return numeric(comparison, number);
        }
        throw unknown(comparison.key());
    }

    private static Sql keyed(Comparison comparison, KeyTable table, Dialect dialect) {
        var exists = "EXISTS (SELECT 1 FROM " + table.table() + " t WHERE " + table.join() + " AND t."
                + table.keyColumn() + " = ?";
        var column = "t." + table.valueColumn();
        return switch (comparison.operator()) {
            case IS_NULL -> new Sql("NOT " + exists + ")", List.of(comparison.key()));
            case IS_NOT_NULL -> new Sql(exists + ")", List.of(comparison.key()));
            default -> {
                var inner = table.number() ? numeric(comparison, column) : textual(comparison, column, dialect);
                var arguments = new ArrayList<Object>();
                arguments.add(comparison.key());
                arguments.addAll(inner.arguments());
                var nan = table.number() ? " AND t.is_nan = 0" : "";
                yield new Sql(exists + nan + " AND " + inner.text() + ")", arguments);
            }
        };
    }

    private static Sql textual(Comparison comparison, String column, Dialect dialect) {
        return switch (comparison.operator()) {
            case EQUAL -> new Sql(column + " = ?", List.of(comparison.quotedText()));
            case NOT_EQUAL -> new Sql(column + " <> ?", List.of(comparison.quotedText()));
            case LIKE -> new Sql(dialect.like(column), List.of(dialect.likePattern(comparison.quotedText())));
            case ILIKE -> new Sql(dialect.likeAnyCase(column), List.of(comparison.quotedText()));
            case IN -> new Sql(column + " IN (" + marks(comparison) + ")", List.copyOf(comparison.values()));
            case NOT_IN -> new Sql(column + " NOT IN (" + marks(comparison) + ")", List.copyOf(comparison.values()));
            case IS_NULL -> new Sql(column + " IS NULL", List.of());
            case IS_NOT_NULL -> new Sql(column + " IS NOT NULL", List.of());
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                throw unsupported(comparison, "a text", "=, !=, LIKE, ILIKE, IN, NOT IN, IS NULL or IS NOT NULL");
        };
    }

    private static Sql numeric(Comparison comparison, String column) {
        return switch (comparison.operator()) {
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                new Sql(column + " " + comparison.operator().text() + " ?", List.of(comparison.number()));
            case NOT_EQUAL -> new Sql(column + " <> ?", List.of(comparison.number()));
            case IS_NULL -> new Sql(column + " IS NULL", List.of());
            case IS_NOT_NULL -> new Sql(column + " IS NOT NULL", List.of());
            case LIKE, ILIKE, IN, NOT_IN ->
                throw unsupported(comparison, "a number", "=, !=, <, <=, >, >=, IS NULL or IS NOT NULL");
        };
    }

    private static String marks(Comparison comparison) {
        return String.join(", ", Collections.nCopies(comparison.values().size(), "?"));
    }

    /**
     * What an order sorts by.
     *
     * @param join a join to be added, empty when none is needed
     * @param clause for ORDER BY: numbers first, then NaN, then what is missing
     */
    public record SortKey(Sql join, String clause) {}

    /**
     * The key of an order.
     *
     * @param position makes the name of the joined table
     */
    public SortKey sortKey(SearchOrder order, int position) {
        var direction = order.ascending() ? " ASC" : " DESC";
        var table = tables.get(order.entity());
        if (table != null) {
            var alias = "o" + position;
            var value = alias + "." + table.valueColumn();
            var nan = table.number() ? " WHEN " + alias + ".is_nan = 1 THEN 1" : "";
            var join = " LEFT JOIN " + table.table() + " " + alias + " ON "
                    + table.join().replace("t.", alias + ".") + " AND " + alias + "." + table.keyColumn() + " = ?";
            return new SortKey(
                    new Sql(join, List.of(order.key())),
                    "CASE WHEN " + value + " IS NULL THEN 2" + nan + " ELSE 0 END, " + value + direction);
        }
        var column = Optional.ofNullable(attributeWords.contains(order.entity()) ? attribute(order.key()) : null)
                .orElseThrow(() -> unknown(order.key()));
        return new SortKey(
                new Sql("", List.of()), "CASE WHEN " + column + " IS NULL THEN 1 ELSE 0 END, " + column + direction);
    }

    private @Nullable String attribute(String key) {
        var text = texts.get(key);
        return text != null ? text : numbers.get(key);
    }

    private EsteiraException unknown(String name) {
        var known = new TreeSet<String>();
        known.addAll(texts.keySet());
        known.addAll(numbers.keySet());
        var kinds = new TreeSet<>(tables.keySet());
        return TrackingRules.invalid("The search knows no '" + name + "'; it knows " + String.join(", ", known)
                + (kinds.isEmpty() ? "" : ", and keys of " + String.join(", ", kinds)) + ".");
    }

    private static EsteiraException unsupported(Comparison comparison, String what, String supported) {
        return TrackingRules.invalid("The filter has '" + comparison.text() + "', but this is " + what
                + "; compare with " + supported + ".");
    }
}
