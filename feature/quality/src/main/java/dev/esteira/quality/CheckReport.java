package dev.esteira.quality;

import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * What checks found, the document {@code report.json}.
 *
 * @param inputs what happened to the rows of each input, by name
 * @param results in the order of the checks
 */
record CheckReport(SequencedMap<String, RowCounts> inputs, List<Examination.Result> results) {

    /** The figure of the summary with what every check found, for the history. */
    static final String HISTORY = "findings";

    private static final long FORMAT_VERSION = 1;

    @Limit(value = "Findings that a report lists one by one; the others are counted.", unit = "findings")
    private static final int FINDINGS_MAX = 100;

    /** The rows of an input: {@code in = out + quarantined + dropped}. */
    record RowCounts(long in, long quarantined, long dropped) {

        /** How many do not go on. */
        long takenOut() {
            return quarantined + dropped;
        }
    }

    CheckReport {
        results = List.copyOf(results);
        inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
    }

    /** The findings of a severity that did not pass. */
    List<Examination.Result> failed(Severity severity) {
        return results.stream()
                .filter(result -> result.check().severity() == severity)
                .filter(result -> result.finding().verdict() == Verdict.FAIL)
                .toList();
    }

    /** Whether no check of severity error failed. */
    boolean passed() {
        return failed(Severity.ERROR).isEmpty();
    }

    /** The findings that a person should look at: failed warnings, and errors that nobody can decide. */
    int warnings() {
        var undecided = results.stream()
                .filter(result -> result.check().severity() == Severity.ERROR)
                .filter(result -> result.finding().verdict() == Verdict.UNDECIDED)
                .count();
        return failed(Severity.WARN).size() + (int) undecided;
    }

    /** One sentence that names the failed checks with their figures. */
    String refusal() {
        var first = failed(Severity.ERROR).getFirst();
        var others = failed(Severity.ERROR).size() - 1;
        return String.format(
                Locale.ROOT,
                "The check '%s' (%s) failed%s: %s, expected %s%s.",
                first.check().id(),
                first.check().kind().name(),
                first.input().isEmpty() ? "" : " on '" + first.input() + "'",
                first.finding().observed(),
                first.finding().expected(),
                others == 0 ? "" : "; " + others + " more failed");
    }

    Value.Fields toValue() {
        var rows = new LinkedHashMap<String, Value>();
        inputs.forEach((name, counts) -> rows.put(
                name,
                Value.Fields.EMPTY
                        .with("rows", Value.of(counts.in()))
                        .with("quarantined", Value.of(counts.quarantined()))
                        .with("dropped", Value.of(counts.dropped()))));
        return Value.Fields.EMPTY
                .with("formatVersion", Value.of(FORMAT_VERSION))
                .with("passed", Value.of(passed()))
                .with("warnings", Value.of(warnings()))
                .with("inputs", Value.ofFields(rows))
                .with(
                        "checks",
                        new Value.Sequence(
                                results.stream().map(CheckReport::result).toList()));
    }

    private static Value result(Examination.Result result) {
        var check = result.check();
        var finding = result.finding();
        var fields = Value.Fields.EMPTY
                .with("id", Value.of(check.id()))
                .with("check", Value.of(check.kind().name()))
                .with("severity", Value.of(check.severity().text()))
                .with("verdict", Value.of(finding.verdict().text()))
                .with("observed", Value.of(finding.observed()))
                .with("expected", Value.of(finding.expected()));
        if (!result.input().isEmpty()) {
            fields = fields.with("input", Value.of(result.input()));
        }
        if (!check.columns().isEmpty()) {
            fields = fields.with("columns", Value.ofTexts(check.columns()));
        }
        if (finding.value().isPresent()) {
            fields = fields.with("value", Value.of(finding.value().getAsDouble()));
        }
        if (finding.checked() > 0) {
            fields = fields.with("checkedRows", Value.of(finding.checked()))
                    .with("failingRows", Value.of(finding.failing()));
        }
        if (!finding.examples().isEmpty()) {
            fields = fields.with("examples", Value.ofTexts(finding.examples()));
        }
        if (!result.groups().isEmpty()) {
            fields = fields.with(
                    "groups",
                    new Value.Sequence(
                            result.groups().stream().map(CheckReport::group).toList()));
        }
        for (var name : List.of("description", "dimension", "owner")) {
            var words = check.parameters().text(name);
            fields = words.isPresent() ? fields.with(name, Value.of(words.get())) : fields;
        }
        return fields;
    }

    private static Value group(GroupFinding group) {
        var finding = group.finding();
        var fields = Value.Fields.EMPTY
                .with("name", Value.of(group.name()))
                .with("verdict", Value.of(finding.verdict().text()))
                .with("observed", Value.of(finding.observed()));
        return finding.value().isPresent()
                ? fields.with("value", Value.of(finding.value().getAsDouble()))
                : fields;
    }

    /** The figures that stand beside the artifact, with the findings of the first checks for the history. */
    Value.Fields summary() {
        var quarantined =
                inputs.values().stream().mapToLong(RowCounts::quarantined).sum();
        var findings =
                results.stream().limit(FINDINGS_MAX).map(CheckReport::finding).toList();
        return Value.Fields.EMPTY
                .with("passed", Value.of(passed()))
                .with("checks", Value.of(results.size()))
                .with("failed", Value.of(failed(Severity.ERROR).size()))
                .with("warnings", Value.of(warnings()))
                .with("quarantined", Value.of(quarantined))
                .with(HISTORY, new Value.Sequence(findings));
    }

    private static Value finding(Examination.Result result) {
        var fields = Value.Fields.EMPTY
                .with("id", Value.of(result.check().id()))
                .with("input", Value.of(result.input()))
                .with("check", Value.of(result.check().kind().name()))
                .with("severity", Value.of(result.check().severity().text()))
                .with("verdict", Value.of(result.finding().verdict().text()));
        var value = result.finding().value();
        return value.isPresent() ? fields.with("value", Value.of(value.getAsDouble())) : fields;
    }
}
