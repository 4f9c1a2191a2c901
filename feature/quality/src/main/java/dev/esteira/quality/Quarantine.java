package dev.esteira.quality;

import dev.esteira.dataset.DatasetOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows that checks with {@code onFail: quarantine} or {@code drop} take out of a table. A row that fails checks of
 * both kinds is kept in the quarantine.
 *
 * @param kept the SQL condition of the rows that are taken out and kept
 * @param dropped the SQL condition of those that are taken out and kept nowhere
 * @param reasons the SQL expression that names the checks that a kept row failed
 */
record Quarantine(String kept, String dropped, String reasons) {

    /** The column of a quarantine that names the failed checks of each row. */
    static final String REASONS = "failed_checks";

    /** What the checks asked of a table take out; empty when none of them takes rows out. */
    static Optional<Quarantine> of(List<CheckSpec> checks, Table table) {
        var keeping = conditions(checks, OnFail.QUARANTINE, table);
        var dropping = conditions(checks, OnFail.DROP, table);
        if (keeping.isEmpty() && dropping.isEmpty()) {
            return Optional.empty();
        }
        var kept = any(keeping);
        var reasons = keeping.stream()
                .map(condition -> "CASE WHEN " + condition.sql() + " THEN " + Sql.text(condition.id()) + " END")
                .collect(Collectors.joining(", ", "concat_ws(', ', ", ")"));
        return Optional.of(new Quarantine(kept, "(NOT " + kept + " AND " + any(dropping) + ")", reasons));
    }

    private static List<Condition> conditions(List<CheckSpec> checks, OnFail onFail, Table table) {
        return checks.stream()
                .filter(check -> check.onFail() == onFail)
                .filter(check -> check.kind() instanceof CheckKind.OfRows)
                .map(check -> new Condition(check.id(), condition(check, table)))
                .toList();
    }

    private static String any(List<Condition> conditions) {
        return conditions.isEmpty()
                ? "FALSE"
                : conditions.stream().map(Condition::sql).collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static String condition(CheckSpec check, Table table) {
        return check.kind() instanceof CheckKind.OfRows kind
                ? "coalesce(" + Examination.failing(check, kind, table) + ", FALSE)"
                : "FALSE";
    }

    /** The query of the rows that stay. */
    String clean(Table table) {
        return "SELECT * FROM " + table.relation() + " WHERE NOT " + kept + " AND NOT " + dropped;
    }

    /** What happens to the rows of a table. */
    CheckReport.RowCounts count(Table table) throws InterruptedException {
        return table.askOne(
                "SELECT count(*), count(*) FILTER (WHERE " + kept + "), count(*) FILTER (WHERE " + dropped + ") FROM "
                        + table.relation(),
                row -> new CheckReport.RowCounts(row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    /** The query of the rows taken out and kept, with the checks that each failed. */
    String taken(Table table) {
        return "SELECT *, " + reasons + " AS " + Sql.name(REASONS) + " FROM " + table.relation() + " WHERE " + kept;
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
