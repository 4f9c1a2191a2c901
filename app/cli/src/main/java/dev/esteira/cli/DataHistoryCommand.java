package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "history",
        description = "Shows what the checks of a pipeline found from run to run, with their figures.")
final class DataHistoryCommand extends Command {

    /** Of all checks together; enough for twenty runs of a hundred checks. */
    private static final int MOST_FINDINGS = 2_000;

    private static final String BARS = "▁▂▃▄▅▆▇█";

    @Parameters(index = "0", paramLabel = "PIPELINE", description = "The pipeline's name.")
    String pipeline = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "CHECK", description = "One check by its id, run by run.")
    String check = "";

    @Mixin
    LimitOption limit = new LimitOption();

    @Override
    int run() throws Exception {
        var most = limit.most();
        try (var session = reading()) {
            var path = "/api/v1/pipelines/" + EsteiraClient.escape(pipeline) + "/check-results";
            var found = check.isEmpty()
                    ? session.client().list(path, MOST_FINDINGS)
                    : session.client().list(path + "?check=" + EsteiraClient.escape(check), most);
            if (common.json) {
                printItems(found);
                return ExitCode.YES;
            }
            var what = check.isEmpty() ? "check" : "check '" + check + "'";
            show(
                    check.isEmpty() ? checks(found, most) : runs(found),
                    "No " + what + " of a pipeline '" + pipeline + "' is in the history; '" + Program.name()
                            + " runs' shows the pipelines.");
            if (!check.isEmpty()) {
                limit.hint(found.size(), this);
            }
            return ExitCode.YES;
        }
    }

    /** A line for each check: what its latest run found, and the figures of those before. */
    private static Table checks(List<Value.Fields> found, int most) {
        var byCheck = new TreeMap<String, List<Value.Fields>>();
        for (var one : found) {
            var place = one.text("step").orElse("") + "\n" + name(one);
            var runs = byCheck.computeIfAbsent(place, key -> new ArrayList<>());
            if (runs.size() < most) {
                runs.add(one);
            }
        }
        var table = new Table("step", "check", "severity", "verdict", "figure", "before", "runs", "figures so far")
                .right("figure", "before", "runs")
                .whole("verdict", "severity", "figure", "before");
        byCheck.values()
                .forEach(runs -> table.row(
                        runs.getFirst().text("step").orElse(""),
                        name(runs.getFirst()),
                        runs.getFirst().text("severity").orElse(""),
                        RunText.verdict(runs.getFirst()),
                        figure(runs.getFirst()),
                        runs.size() > 1 ? figure(runs.get(1)) : "",
                        RunText.grouped(runs.size()),
                        bars(runs.reversed())));
        return table;
    }

    /** A line for each run of one check, the newest first. */
    private static Table runs(List<Value.Fields> found) {
        var table = new Table("created (UTC)", "run", "step", "check", "verdict", "figure")
                .right("figure")
                .whole("created (UTC)", "run", "verdict", "figure");
        found.forEach(one -> table.row(
                one.text("created").map(RunText::minute).orElse(""),
                one.text("run").orElse(""),
                one.text("step").orElse(""),
                name(one),
                RunText.verdict(one),
                figure(one)));
        return table;
    }

    private static String name(Value.Fields one) {
        var input = one.text("input").filter(name -> !name.isEmpty());
        return one.text("checkId").orElse("")
                + input.map(name -> " (" + name + ")").orElse("");
    }

    private static String figure(Value.Fields one) {
        return one.number("value").map(RunText::figure).orElse("");
    }

    /** The figures as bars between the least and the greatest of them; a blank where a run has none. */
    static String bars(List<Value.Fields> runs) {
        var numbers = runs.stream().map(one -> one.number("value")).toList();
        var least = numbers(numbers).min().orElse(0);
        var range = numbers(numbers).max().orElse(0) - least;
        var bars = new StringBuilder();
        for (var number : numbers) {
            var share = range > 0 ? (number.orElse(least) - least) / range : 0.5;
            bars.append(number.isEmpty() ? ' ' : BARS.charAt((int) Math.round(share * (BARS.length() - 1))));
        }
        return bars.toString();
    }

    private static DoubleStream numbers(List<Optional<Double>> numbers) {
        return numbers.stream().flatMap(Optional::stream).mapToDouble(Double::doubleValue);
    }
}
