package dev.esteira.tracking;

import dev.esteira.kernel.Limit;
import dev.esteira.tracking.Comparison.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads MLflow's filter language: comparisons joined by AND. A key may stand in backticks or double quotes, a text in
 * single or double quotes.
 */
public final class SearchFilter {

    @Limit(value = "The filter of a search.", unit = "characters")
    private static final int LENGTH_MAX = 20_000;

    @Limit(value = "Comparisons in the filter of a search.", unit = "comparisons")
    private static final int COMPARISONS_MAX = 50;

    private final String text;
    private int at;

    private SearchFilter(String text) {
        this.text = text;
    }

    /**
     * The comparisons of a filter, none of an empty one.
     *
     * @throws dev.esteira.kernel.EsteiraException INVALID_PARAMETER_VALUE when it is not in the language
     */
    public static List<Comparison> parse(String text) {
        if (text.length() > LENGTH_MAX) {
            throw TrackingRules.invalid("The filter is longer than " + LENGTH_MAX + " characters.");
        }
        return new SearchFilter(text).comparisons();
    }

    private List<Comparison> comparisons() {
        var comparisons = new ArrayList<Comparison>();
        skipSpace();
        while (at < text.length()) {
            comparisons.add(comparison());
            if (comparisons.size() > COMPARISONS_MAX) {
                throw TrackingRules.invalid("The filter has more than " + COMPARISONS_MAX + " comparisons.");
            }
            skipSpace();
            if (at < text.length() && !word("AND")) {
                throw malformed("AND or the end");
            }
            skipSpace();
        }
        return comparisons;
    }

    private Comparison comparison() {
        var entity = "";
        var key = name();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            entity = key.toLowerCase(Locale.ROOT);
            key = quoteHere() ? quoted() : rest();
        }
        skipSpace();
        var operator = operator();
        skipSpace();
        return switch (operator) {
            case IS_NULL, IS_NOT_NULL -> new Comparison(entity, key, operator, List.of(), false);
            case IN, NOT_IN -> new Comparison(entity, key, operator, list(), true);
            default -> valued(entity, key, operator);
        };
    }

    private Comparison valued(String entity, String key, Operator operator) {
        if (quoteHere()) {
            return new Comparison(entity, key, operator, List.of(quoted()), true);
        }
        return new Comparison(entity, key, operator, List.of(bare()), false);
    }

    private String name() {
        return quoteHere() ? quoted() : run("a name", false);
    }

    private String rest() {
        return run("a key", true);
    }

    private String bare() {
        return run("a value", true);
    }

    /** Characters up to a space, operator, quote, comma or parenthesis; up to a dot as well unless dots belong. */
    private String run(String what, boolean dots) {
        var from = at;
        while (at < text.length() && belongs(text.charAt(at)) && (dots || text.charAt(at) != '.')) {
            at++;
        }
        if (at == from) {
            throw malformed(what);
        }
        return text.substring(from, at);
    }

    private static boolean belongs(char character) {
        return !Character.isWhitespace(character) && "=!<>'\"`(),;".indexOf(character) < 0;
    }

    private boolean quoteHere() {
        return at < text.length() && "'\"`".indexOf(text.charAt(at)) >= 0;
    }

    private String quoted() {
        var quote = text.charAt(at);
        var end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw malformed("a closing " + quote);
        }
        var inside = text.substring(at + 1, end);
        at = end + 1;
        return inside;
    }

    private List<String> list() {
        if (at >= text.length() || text.charAt(at) != '(') {
            throw malformed("a list in parentheses");
        }
        at++;
        var values = new ArrayList<String>();
        do {
            skipSpace();
            if (!quoteHere()) {
                throw malformed("a text in quotes");
            }
            values.add(quoted());
            skipSpace();
        } while (symbol(","));
        if (!symbol(")")) {
            throw malformed("',' or ')'");
        }
        return values;
    }

    private Operator operator() {
        for (var symbol : List.of("!=", "<=", ">=", "=", "<", ">")) {
            if (symbol(symbol)) {
                return Operator.ofSymbol(symbol).orElseThrow();
            }
        }
        var found = wordOperator();
        if (found == null) {
            throw malformed("one of =, !=, <, <=, >, >=, LIKE, ILIKE, IN, NOT IN, IS NULL, IS NOT NULL");
        }
        return found;
    }

    private @Nullable Operator wordOperator() {
        if (word("LIKE")) {
            return Operator.LIKE;
        }
        if (word("ILIKE")) {
            return Operator.ILIKE;
        }
        if (word("IN")) {
            return Operator.IN;
        }
        if (word("NOT")) {
            return next("IN") ? Operator.NOT_IN : null;
        }
        if (word("IS")) {
            if (next("NULL")) {
                return Operator.IS_NULL;
            }
            return next("NOT") && next("NULL") ? Operator.IS_NOT_NULL : null;
        }
        return null;
    }

    private boolean next(String word) {
        skipSpace();
        return word(word);
    }

    private boolean word(String word) {
        var end = at + word.length();
        if (!text.regionMatches(true, at, word, 0, word.length())
                || (end < text.length() && Character.isLetterOrDigit(text.charAt(end)))) {
            return false;
        }
        at = end;
        return true;
    }

    private boolean symbol(String symbol) {
        if (!text.startsWith(symbol, at)) {
            return false;
        }
        at += symbol.length();
        return true;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private RuntimeException malformed(String expected) {
        var rest = text.substring(at, Math.min(text.length(), at + 40));
        return TrackingRules.invalid(
                "The filter is malformed at position " + (at + 1) + ": expected " + expected + ", found "
                        + (rest.isEmpty() ? "the end" : "'" + rest + "'")
                        + ". Write comparisons joined by AND, e.g. metrics.loss < 0.2 AND"
                        + " params.\"depth\" = '6'.");
    }
}
