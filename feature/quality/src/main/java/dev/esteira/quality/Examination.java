package dev.esteira.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/** Asks checks of tables: one scan of each table for all of its checks, then a judgement each. */
final class Examination {

    private static final int EXAMPLES = 5;
    private static final int EXAMPLE_LENGTH = 100;

    private Examination() {}

    /**
     * What a check found on an input.
     *
     * @param input the input's name; {@code ""} for a check of all parts together
     */
    record Result(CheckSpec check, String input, Finding finding, List<GroupFinding> groups) {
        Result {
            groups = List.copyOf(groups);
        }

        private Result(CheckSpec check, String input, Finding finding) {
            this(check, input, finding, List.of());
        }

        /** The same with another finding. */
        Result withFinding(Finding other) {
            return new Result(check, input, other, groups);
        }
    }

    /** Judges rows that were measured. */
    private interface Judge {
        Finding judge(Table rows) throws InterruptedException;
    }

    /** The findings of all checks in the order of the checks. */
    static List<Result> run(List<CheckSpec> checks, SequencedMap<String, Table> tables) throws InterruptedException {
        for (var table : tables.entrySet()) {
            measure(asked(checks, table.getKey()), table.getValue());
        }
        var results = new ArrayList<Result>();
        for (var check : checks) {
            switch (check.kind()) {
                case CheckKind.OfParts kind -> results.add(new Result(check, "", kind.judge(check, new Parts(tables))));
                case CheckKind.OfTable kind -> {
                    for (var table : chosen(check, tables).entrySet()) {
                        var rows = table.getValue().of(check);
                        results.add(result(check, table.getKey(), rows, chosen -> kind.judge(check, chosen)));
                    }
                }
                case CheckKind.OfRows kind -> {
                    for (var table : chosen(check, tables).entrySet()) {
                        var rows = check.groupBy().isEmpty()
                                ? table.getValue()
                                : table.getValue().of(check);
                        results.add(result(check, table.getKey(), rows, chosen -> rows(check, kind, chosen)));
                    }
                }
            }
        }
        return results;
    }

    private static Result result(CheckSpec check, String input, Table rows, Judge judge) throws InterruptedException {
        if (check.groupBy().isEmpty()) {
            return new Result(check, input, judge.judge(rows));
        }
        var aggregates = aggregates(List.of(check), rows);
        var groups = rows.groups(check.groupBy(), check.maxGroups(), aggregates);
        if (groups.size() > check.maxGroups()) {
            return new Result(check, input, GroupFinding.tooMany(check));
        }
        if (groups.isEmpty()) {
            rows.measure(aggregates);
            return new Result(check, input, judge.judge(rows));
        }
        var findings = new ArrayList<GroupFinding>();
        for (var group : groups) {
            findings.add(new GroupFinding(group.name(), judge.judge(group.rows())));
        }
        return new Result(check, input, GroupFinding.together(check, findings), findings);
    }

    static List<CheckSpec> asked(List<CheckSpec> checks, String input) {
        return checks.stream()
                .filter(check -> check.input().map(input::equals).orElse(true))
                .toList();
    }

    private static SequencedMap<String, Table> chosen(CheckSpec check, SequencedMap<String, Table> tables) {
        var chosen = new LinkedHashMap<String, Table>();
        tables.forEach((name, table) -> {
            if (check.input().map(name::equals).orElse(true)) {
                chosen.put(name, table);
            }
        });
        return chosen;
    }

    /** Scans the table once, and once more for each set of rows that checks of the whole table choose by a condition. */
    private static void measure(List<CheckSpec> checks, Table table) throws InterruptedException {
        var whole = checks.stream()
                .filter(check -> check.groupBy().isEmpty())
                .filter(check -> check.where().isEmpty() || check.kind() instanceof CheckKind.OfRows)
                .toList();
        table.measure(aggregates(whole, table));
        for (var check : checks) {
            if (check.groupBy().isEmpty() && !whole.contains(check)) {
                var chosen = table.of(check);
                chosen.measure(aggregates(List.of(check), chosen));
            }
        }
    }

    private static List<String> aggregates(List<CheckSpec> checks, Table table) {
        var aggregates = new ArrayList<String>();
        for (var check : checks) {
            switch (check.kind()) {
                case CheckKind.OfRows kind -> {
                    aggregates.add(Sql.count(asked(check, kind, table)));
                    aggregates.add(Sql.count(failing(check, kind, table)));
                }
                case CheckKind.OfTable kind -> aggregates.addAll(kind.aggregates(check, table.schema()));
                case CheckKind.OfParts kind -> {}
            }
        }
        return aggregates;
    }

    /** The SQL condition of the rows that a check is asked of. */
    private static String asked(CheckSpec check, CheckKind.OfRows kind, Table table) {
        var applicable = check.nulls() == Nulls.SKIP ? kind.applicable(check, table.schema()) : "TRUE";
        return check.where().map(condition -> "(" + condition + "\n) AND ").orElse("") + "(" + applicable + ")";
    }

    /** The SQL condition of the rows that fail a check. */
    static String failing(CheckSpec check, CheckKind.OfRows kind, Table table) {
        var applicable = kind.applicable(check, table.schema());
        var failing = kind.failing(check, table.schema());
        return asked(check, kind, table)
                + (check.nulls() == Nulls.FAIL
                        ? " AND (NOT (" + applicable + ") OR (" + failing + "))"
                        : " AND (" + applicable + ") AND (" + failing + ")");
    }

    private static Finding rows(CheckSpec check, CheckKind.OfRows kind, Table table) throws InterruptedException {
        var checked = table.count(Sql.count(asked(check, kind, table)));
        var failing = table.count(Sql.count(failing(check, kind, table)));
        var expected = TableChecks.share(check, kind.expected(check));
        var finding = checked == 0 && table.rows() > 0
                ? new Finding(Verdict.PASS, "no value to ask", expected, OptionalDouble.of(1), 0, 0, List.of())
                : TableChecks.ofShare(check, checked, failing, "rows fail", expected);
        return failing > 0 && !check.columns().isEmpty() ? finding.withExamples(examples(check, kind, table)) : finding;
    }

    /** A value as an example: long texts are cut, never within a character. */
    static String shortened(String value) {
        if (value.length() <= EXAMPLE_LENGTH) {
            return value;
        }
        var within = Character.isHighSurrogate(value.charAt(EXAMPLE_LENGTH - 1));
        return value.substring(0, within ? EXAMPLE_LENGTH - 1 : EXAMPLE_LENGTH) + "…";
    }

    private static List<String> examples(CheckSpec check, CheckKind.OfRows kind, Table table)
            throws InterruptedException {
        var column = Sql.name(check.columns().getFirst());
        return table
                .ask(
                        "SELECT DISTINCT coalesce(CAST(" + column + " AS VARCHAR), 'missing') AS value FROM "
                                + table.relation() + " WHERE " + failing(check, kind, table) + " ORDER BY value LIMIT "
                                + EXAMPLES,
                        row -> row.getString(1))
                .stream()
                .map(Examination::shortened)
                .toList();
    }
}
