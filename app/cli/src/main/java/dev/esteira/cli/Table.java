package dev.esteira.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Rows in columns that are as wide as they must be. Where the screen is narrower, the widest columns are folded between
 * words; a word longer than its column is cut apart, so that nothing is lost.
 */
final class Table {

    private static final int LEAST = 8;
    private static final int MARGIN = 2;
    private static final Map<String, Style> WORDS = Map.ofEntries(
            Map.entry("PASS", Style.GREEN),
            Map.entry("OK", Style.GREEN),
            Map.entry("SUCCEEDED", Style.GREEN),
            Map.entry("FAIL", Style.RED),
            Map.entry("FAILED", Style.RED),
            Map.entry("failed", Style.RED),
            Map.entry("done", Style.GREEN),
            Map.entry("WARN", Style.YELLOW),
            Map.entry("UNDECIDED", Style.YELLOW),
            Map.entry("SKIPPED", Style.YELLOW),
            Map.entry("CANCELLED", Style.YELLOW));

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> right = new HashSet<>();
    private final Set<Integer> whole = new HashSet<>();

    Table(String... heads) {
        this.heads = List.of(heads);
    }

    /** Puts figures of these columns under each other, to the right. */
    Table right(String... columns) {
        for (var column : columns) {
            right.add(heads.indexOf(column));
        }
        return this;
    }

    /** Never folds these columns: what people copy, such as ids and times, stays in one piece. */
    Table whole(String... columns) {
        for (var column : columns) {
            whole.add(heads.indexOf(column));
        }
        return this;
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * The lines, indented by two.
     *
     * @param width of the screen
     * @param styled gives text a style
     */
    List<String> lines(int width, BiFunction<Style, String, String> styled) {
        var widths = widths(width);
        var lines = new ArrayList<String>();
        var folded = fold(heads, widths);
        folded.forEach(line -> lines.add(line(line, widths, (column, text) -> styled.apply(Style.DIM, text))));
        for (var row : rows) {
            for (var line : fold(row, widths)) {
                lines.add(line(line, widths, (column, text) -> {
                    var style = WORDS.get(row.get(column));
                    return style == null ? text : styled.apply(style, text);
                }));
            }
        }
        return lines;
    }

    private int[] widths(int width) {
        var widths = new int[heads.size()];
        for (var column = 0; column < widths.length; column++) {
            widths[column] = heads.get(column).length();
            for (var row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        var room = Math.max(0, width - MARGIN * widths.length);
        while (total(widths) > room) {
            var widest = widest(widths);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static long total(int[] widths) {
        var sum = 0L;
        for (var width : widths) {
            sum += width;
        }
        return sum;
    }

    /** The widest column that may become narrower, the last one of several; -1 when there is none. */
    private int widest(int[] widths) {
        var widest = -1;
        for (var column = 0; column < widths.length; column++) {
            var least = widest < 0 ? LEAST + 1 : widths[widest];
            if (!whole.contains(column) && widths[column] >= least) {
                widest = column;
            }
        }
        return widest;
    }

    private static List<List<String>> fold(List<String> cells, int[] widths) {
        var columns = new ArrayList<List<String>>();
        var height = 1;
        for (var column = 0; column < widths.length; column++) {
            var folded = fold(cells.get(column), widths[column]);
            columns.add(folded);
            height = Math.max(height, folded.size());
        }
        var lines = new ArrayList<List<String>>();
        for (var line = 0; line < height; line++) {
            var at = line;
            lines.add(columns.stream()
                    .map(folded -> at < folded.size() ? folded.get(at) : "")
                    .toList());
        }
        return lines;
    }

    /** A text in lines of at most a width, broken between words where that is possible; groups of digits stay together. */
    static List<String> fold(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split("(?<!\\d) | (?!\\d)", -1)) {
            var rest = word;
            if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (rest.length() > width) {
                var cut = cut(rest, width);
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Where a word that is too long is cut: behind a sign in it, if that leaves more than half of the width. */
    private static int cut(String word, int width) {
        for (var end = width; end > width / 2; end--) {
            if (".,_/=-:".indexOf(word.charAt(end - 1)) >= 0) {
                return end;
            }
        }
        return width;
    }

    private String line(List<String> cells, int[] widths, BiFunction<Integer, String, String> styled) {
        var line = new StringBuilder();
        for (var column = 0; column < widths.length; column++) {
            var cell = cells.get(column);
            var pad = " ".repeat(widths[column] - cell.length());
            var last = column == widths.length - 1;
            line.append(" ".repeat(MARGIN));
            if (right.contains(column)) {
                line.append(pad).append(cell.isEmpty() ? "" : styled.apply(column, cell));
            } else {
                line.append(cell.isEmpty() ? "" : styled.apply(column, cell)).append(last ? "" : pad);
            }
        }
        return line.toString().stripTrailing();
    }
}
