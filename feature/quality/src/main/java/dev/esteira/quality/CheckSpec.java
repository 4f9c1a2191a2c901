package dev.esteira.quality;

import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import java.util.List;
import java.util.Optional;

/**
 * A check as written in a contract or a step.
 *
 * @param id unique in its file
 * @param kind what it asks
 * @param parameters all fields as written
 * @param onFail what becomes of rows that fail
 */
public record CheckSpec(String id, CheckKind kind, Value.Fields parameters, Severity severity, OnFail onFail) {

    /** The one column of a column check. */
    String column() {
        return parameters.text("column").orElseThrow();
    }

    /** The columns of a check of several; the one of a column check. */
    List<String> columns() {
        var several = parameters.items("columns").stream()
                .flatMap(item -> item.asText().stream())
                .toList();
        return several.isEmpty() ? parameters.text("column").stream().toList() : several;
    }

    /** The share of rows that must pass, 1 unless said otherwise. */
    double minPassRatio() {
        return parameters.number("minPassRatio").orElse(1.0);
    }

    /** The SQL condition of the rows that it is asked of; empty for all. */
    Optional<String> where() {
        return parameters.text("where");
    }

    /** The columns whose equal values make a group that is judged by itself; none for all rows together. */
    List<String> groupBy() {
        return parameters.items("groupBy").stream()
                .flatMap(item -> item.asText().stream())
                .toList();
    }

    /** The most groups that it is asked of. */
    int maxGroups() {
        return parameters.whole("maxGroups").map(Math::toIntExact).orElse(CheckRegistry.GROUPS_UNLESS_SAID);
    }

    /** What becomes of a row whose value is missing. */
    Nulls nulls() {
        return parameters.text("nulls").map(Nulls::of).orElse(Nulls.SKIP);
    }

    /** Reports what keeps the check from being asked of rows with these columns. */
    void check(Schema schema, ProblemTaker problems) {
        where().ifPresent(condition -> Predicate.check(condition, schema, problems.below("/where")));
        if (!(kind instanceof CheckKind.OfParts)) {
            groupBy()
                    .forEach(name -> Columns.known(
                            name, schema, problems.below("/groupBy/" + groupBy().indexOf(name))));
        }
        if (onFail == OnFail.QUARANTINE && schema.column(Quarantine.REASONS).isPresent()) {
            problems.problem(
                    "/onFail",
                    QualityErrorCode.CHECK_COLUMN_UNFIT,
                    "The rows have a column '" + Quarantine.REASONS + "' of their own, which a quarantine adds.",
                    "Give that column another name before this step.");
        }
        kind.check(this, schema, problems);
    }

    /** The input that the check is asked of; empty for every one. */
    Optional<String> input() {
        return parameters.text("input");
    }
}
