package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "diff",
        description = "Compares two files or data sets: exit code 0 when they are the same, 1 when they differ.")
final class DataDiffCommand extends Command {

    @Parameters(index = "0", paramLabel = "A", description = "One: " + DataReference.FORMS + ".")
    String left = "";

    @Parameters(index = "1", paramLabel = "B", description = "The other.")
    String right = "";

    @Option(names = "--all", description = "Show the figures that are the same too.")
    boolean all;

    @Override
    int run() throws Exception {
        try (var session = working()) {
            var looking = new Looking(this, session);
            Value.Fields one;
            Value.Fields other;
            try {
                one = looking.dataset(left);
                other = looking.dataset(right);
            } catch (Looking.Refused e) {
                return looking.refused(e);
            }
            var diff = new DataDiff(one, other);
            if (common.json) {
                print(diff.document());
            } else {
                show(diff, one, other);
            }
            return diff.same() ? ExitCode.YES : ExitCode.NO;
        }
    }

    private void show(DataDiff diff, Value.Fields one, Value.Fields other) {
        var sides = new Table("", "data", "rows", "columns", "id").right("rows", "columns");
        side(sides, "A", left, one);
        side(sides, "B", right, other);
        terminal().out(sides);
        section("Columns that are not the same", diff.schema());
        var figures = diff.figures();
        var differing = figures.stream().filter(DataDiff.Line::differs).toList();
        section(all ? "Figures" : "Figures that differ", all ? figures : differing);
        terminal().out("");
        terminal().sentence(verdict(diff, differing));
    }

    private static void side(Table table, String name, String data, Value.Fields set) {
        table.row(
                name,
                data,
                set.whole("rows").map(RunText::grouped).orElse(""),
                set.whole("columns").map(RunText::grouped).orElse(""),
                set.text("id").map(RunText::digest).orElse(""));
    }

    private void section(String title, List<DataDiff.Line> lines) {
        var table = new Table("column", "figure", "A", "B").right("A", "B");
        lines.forEach(line -> table.row(line.column(), line.figure(), line.left(), line.right()));
        if (!table.isEmpty()) {
            terminal().headline(title);
            terminal().out(table);
        }
    }

    private static String verdict(DataDiff diff, List<DataDiff.Line> differing) {
        if (diff.same()) {
            return "The same, to the bit.";
        }
        if (diff.onlyRowsDiffer()) {
            return "Different: columns and figures are the same, the rows are not.";
        }
        var columns = differing.stream().map(DataDiff.Line::column).distinct().count();
        return "Different" + (columns == 0 ? "." : ": figures of " + RunText.count(columns, "column") + ".");
    }
}
