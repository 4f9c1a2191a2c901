package dev.esteira.architecture;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A page of docs/reference that is made from the code.
 *
 * @param file its name, without folder and ending
 * @param text makes the page; the same code makes the same text
 */
record Reference(String file, Supplier<String> text) {

    static final String NOTE = "<!-- Made from the code by script/test; change the code, then run"
            + " mvn -pl tests/architecture -am verify -Dupdate=true -->\n\n";

    /** A page with a heading, an introduction and one table. */
    static String page(String title, String introduction, List<String> columns, List<List<String>> rows) {
        return NOTE + "# " + title + "\n\n" + introduction + "\n\n" + table(columns, rows);
    }

    /** A Markdown table. */
    static String table(List<String> columns, List<List<String>> rows) {
        var rule = columns.stream().map(column -> "---").toList();
        return line(columns) + line(rule) + rows.stream().map(Reference::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    @Override
    public String toString() {
        return file;
    }
}
