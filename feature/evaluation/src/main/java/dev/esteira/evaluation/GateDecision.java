package dev.esteira.evaluation;

import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.quality.Severity;
import dev.esteira.quality.Verdict;
import java.util.List;

/** What a gate decided, the document {@code decision.json}. */
record GateDecision(List<GateCheck.Result> results) {

    private static final long FORMAT_VERSION = 1;

    @Limit(value = "Findings of a gate that its decision sums up one by one.", unit = "findings")
    private static final int FINDINGS_MAX = 100;

    GateDecision {
        results = List.copyOf(results);
    }

    boolean passed() {
        return results.stream().noneMatch(GateCheck.Result::blocks);
    }

    int warnings() {
        return (int) results.stream()
                .filter(result -> result.check().severity() == Severity.WARN)
                .filter(result -> result.verdict() != Verdict.PASS)
                .count();
    }

    /** One sentence that names what blocks. */
    String refusal() {
        var blocking = results.stream().filter(GateCheck.Result::blocks).toList();
        var first = blocking.getFirst();
        var word = first.verdict() == Verdict.FAIL ? " failed: " : " cannot be decided: ";
        var observed = first.observed().endsWith(".")
                ? first.observed().substring(0, first.observed().length() - 1)
                : first.observed();
        return "The gate's check '" + first.check().id() + "'" + word + observed + ", expected "
                + first.check().expected()
                + (blocking.size() == 1 ? "." : "; " + (blocking.size() - 1) + " more.");
    }

    Value.Fields toValue() {
        return Value.Fields.EMPTY
                .with("formatVersion", Value.of(FORMAT_VERSION))
                .with("passed", Value.of(passed()))
                .with("warnings", Value.of(warnings()))
                .with(
                        "checks",
                        new Value.Sequence(
                                results.stream().map(GateDecision::result).toList()));
    }

    private static Value result(GateCheck.Result result) {
        return Value.Fields.EMPTY
                .with("id", Value.of(result.check().id()))
                .with("check", Value.of(result.check().assertion().isPresent() ? "assert" : "model.size"))
                .with("severity", Value.of(result.check().severity().text()))
                .with("verdict", Value.of(result.verdict().text()))
                .with("observed", Value.of(result.observed()))
                .with("expected", Value.of(result.check().expected()));
    }

    /** The figures that stand beside the artifact, with what the first checks found. */
    Value.Fields summary() {
        var findings =
                results.stream().limit(FINDINGS_MAX).map(GateDecision::result).toList();
        return Value.Fields.EMPTY
                .with("passed", Value.of(passed()))
                .with("checks", Value.of(results.size()))
                .with("warnings", Value.of(warnings()))
                .with("findings", new Value.Sequence(findings));
    }
}
