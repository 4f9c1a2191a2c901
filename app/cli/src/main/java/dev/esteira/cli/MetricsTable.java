package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The metrics of an evaluation report with their intervals, beside those of what it was compared with. */
final class MetricsTable {

    private static final List<String> COMPARED = List.of("constant", "baseline");

    private final Value.Fields report;

    /** @param report what stands under {@code report} in the document */
    MetricsTable(Value.Fields report) {
        this.report = report;
    }

    Table table() {
        var compared = COMPARED.stream()
                .filter(name -> !report.fields(name).entries().isEmpty())
                .toList();
        var intervals = report.fields("interval");
        var heads = new ArrayList<>(List.of("metric", "value"));
        if (!intervals.entries().isEmpty()) {
            heads.add(heading(intervals));
        }
        heads.addAll(compared);
        var table = new Table(heads.toArray(String[]::new)).right("value").whole("metric");
        for (var name : names()) {
            var cells = new ArrayList<>(List.of(name, figure(report, name)));
            if (!intervals.entries().isEmpty()) {
                cells.add(interval(intervals.fields(name)));
            }
            compared.forEach(other -> cells.add(figure(report.fields(other), name)));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    /** The metrics that have a figure. */
    Set<String> names() {
        var names = new TreeSet<String>();
        report.entries().forEach((name, value) -> {
            if (value.asNumber().isPresent() && !name.equals("rows")) {
                names.add(name);
            }
        });
        return names;
    }

    /** The level stands in the report, for each metric; they are the same unless somebody wrote the report by hand. */
    private static String heading(Value.Fields intervals) {
        var levels = intervals.entries().keySet().stream()
                .flatMap(name -> intervals.fields(name).number("level").stream())
                .distinct()
                .toList();
        return levels.size() == 1 ? percent(levels.getFirst()) + " interval" : "interval";
    }

    static String percent(double share) {
        var text = BigDecimal.valueOf(share)
                .movePointRight(2)
                .setScale(4, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return text.toPlainString() + " %";
    }

    static String interval(Value.Fields interval) {
        var low = interval.number("low");
        var high = interval.number("high");
        return low.isPresent() && high.isPresent()
                ? RunText.figure(low.get()) + " to " + RunText.figure(high.get())
                : "";
    }

    static String figure(Value.Fields fields, String name) {
        return fields.number(name).map(RunText::figure).orElse("-");
    }
}
