package dev.esteira.quality;

import dev.esteira.dataset.DatasetOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows that checks with {@code onFail: quarantine} take out of a table.
 *
 * @param condition the SQL condition of these rows
 * @param reasons the SQL expression that names the checks that a row failed
 */
record Quarantine(String condition, String reasons) {

    /** The column of a quarantine that names the failed checks of each row. */
    static final String REASONS = "failed_checks";

    /** What the checks asked of a table take out; empty when none of them takes rows out. */
    static Optional<Quarantine> of(List<CheckSpec> checks, Table table) {
        var conditions = checks.stream()
                .filter(CheckSpec::quarantine)
                .filter(check -> check.kind() instanceof CheckKind.OfRows)
                .map(check -> new Condition(check.id(), condition(check, table)))
                .toList();
        if (conditions.isEmpty()) {
            return Optional.empty();
        }
        var any = conditions.stream().map(Condition::sql).collect(Collectors.joining(" OR "));
        var reasons = conditions.stream()
                .map(condition -> "CASE WHEN " + condition.sql() + " THEN " + Sql.text(condition.id()) + " END")
                .collect(Collectors.joining(", ", "concat_ws(', ', ", ")"));
        return Optional.of(new Quarantine("(" + any + ")", reasons));
    }

    private static String condition(CheckSpec check, Table table) {
        return check.kind() instanceof CheckKind.OfRows kind
                ? "coalesce(" + Examination.failing(check, kind, table) + ", FALSE)"
                : "FALSE";
    }

    /** The query of the rows that stay. */
    String clean(Table table) {
        return "SELECT * FROM " + table.relation() + " WHERE NOT " + condition;
    }

    /** The query of the rows taken out, with the checks that each failed. */
    String taken(Table table) {
        return "SELECT *, " + reasons + " AS " + Sql.name(REASONS) + " FROM " + table.relation() + " WHERE "
                + condition;
    }

    /** The query of a quarantine without rows. */
    static String none(Table table) {
        return "SELECT *, CAST(NULL AS VARCHAR) AS " + Sql.name(REASONS) + " FROM " + table.relation() + " WHERE FALSE";
    }

    /** How both are written: as the table was. */
    static DatasetOptions options(Table table) {
        return DatasetOptions.inherited(table.dataset(), table.schema().names());
    }

    private record Condition(String id, String sql) {}
}
