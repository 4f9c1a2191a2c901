package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "profile", description = "Says what is in the columns of a file or a data set.")
final class DataProfileCommand extends Command {

    private static final List<String> FIGURES = List.of("missing", "distinct", "min", "mean", "max");
    private static final String MOST_FREQUENT = "most frequent";
    private static final int WIDE = 110;

    @Parameters(index = "0", paramLabel = "DATA", description = "The data: " + DataReference.FORMS + ".")
    String data = "";

    @Override
    int run() throws Exception {
        try (var session = working()) {
            var looking = new Looking(this, session);
            Value.Fields set;
            try {
                set = looking.dataset(data);
            } catch (Looking.Refused e) {
                return looking.refused(e);
            }
            var profile = set.fields("profile");
            if (common.json) {
                print(profile);
                return ExitCode.YES;
            }
            terminal()
                    .out(terminal().styled(Style.BOLD, data) + "  "
                            + RunText.count(set.whole("rows").orElse(0L), "row") + ", "
                            + RunText.count(set.whole("columns").orElse(0L), "column"));
            terminal().out(table(profile, terminal().screen().width() >= WIDE));
            return ExitCode.YES;
        }
    }

    private static Table table(Value.Fields profile, boolean wide) {
        var heads = new ArrayList<>(List.of("column", "type"));
        heads.addAll(FIGURES);
        if (wide) {
            heads.add(MOST_FREQUENT);
        }
        var table = new Table(heads.toArray(String[]::new))
                .right(FIGURES.toArray(String[]::new))
                .whole("column", "type", "missing", "distinct", "mean");
        for (var item : profile.items("columns")) {
            var column = item.asFields().orElse(Value.Fields.EMPTY);
            var figures = ColumnFigures.of(column);
            table.row(heads.stream()
                    .map(head -> switch (head) {
                        case "column" -> column.text("name").orElse("");
                        case "type" -> column.text("type").orElse("");
                        default -> figures.getOrDefault(head, "");
                    })
                    .toArray(String[]::new));
        }
        return table;
    }
}
