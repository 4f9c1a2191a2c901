package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "compare", description = "Puts the metrics of two versions side by side.")
final class ModelCompareCommand extends Command {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    String name = "";

    @Parameters(index = "1", paramLabel = "A", description = "A version's number or alias.")
    String left = "";

    @Parameters(index = "2", paramLabel = "B", description = "The other version's.")
    String right = "";

    @Override
    int run() throws Exception {
        try (var session = reading()) {
            var one = ModelCommand.version(session.client(), name, left);
            var other = ModelCommand.version(session.client(), name, right);
            var a = new VersionMetrics(session.client(), one).report();
            var b = new VersionMetrics(session.client(), other).report();
            if (common.json) {
                print(Value.Fields.EMPTY.with("a", one.with("metrics", a)).with("b", other.with("metrics", b)));
                return ExitCode.YES;
            }
            show(table("A: " + heading(one), a, "B: " + heading(other), b), "No metrics are known of these versions.");
            if (!a.field("rows").equals(b.field("rows"))) {
                terminal().out("  They were evaluated on different rows: " + rows(a) + " and " + rows(b) + ".");
            }
            return ExitCode.YES;
        }
    }

    private static String rows(Value.Fields report) {
        return report.field("rows").map(RunText::value).orElse("?");
    }

    private static String heading(Value.Fields version) {
        return "version " + version.whole("version").map(String::valueOf).orElse("");
    }

    private static Table table(String one, Value.Fields a, String other, Value.Fields b) {
        var table = new Table("metric", one, "interval of A", other, "interval of B", "B - A")
                .right(one, other, "B - A")
                .whole("metric");
        var names = new TreeSet<>(new MetricsTable(a).names());
        names.addAll(new MetricsTable(b).names());
        for (var metric : names) {
            var x = a.number(metric);
            var y = b.number(metric);
            table.row(
                    metric,
                    MetricsTable.figure(a, metric),
                    MetricsTable.interval(a.fields("interval").fields(metric)),
                    MetricsTable.figure(b, metric),
                    MetricsTable.interval(b.fields("interval").fields(metric)),
                    x.isPresent() && y.isPresent() ? RunText.signed(y.get() - x.get()) : "");
        }
        return table;
    }
}
