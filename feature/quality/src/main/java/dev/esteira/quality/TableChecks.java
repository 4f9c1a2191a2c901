package dev.esteira.quality;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Quantity;
import dev.esteira.kernel.Schema;
import dev.esteira.spi.Shape;
import dev.esteira.statistics.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The checks that ask a table as a whole. */
final class TableChecks {

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);
    private static final Shape.Field COLUMN = Shape.Field.required("column", TEXT, "The column.");
    private static final Shape.Field COLUMNS =
            Shape.Field.required("columns", new Shape.ListOf(TEXT), "The columns, taken together.");

    private TableChecks() {}

    static List<CheckKind> all() {
        return List.of(
                new RowCount(),
                new Unique("col.unique", COLUMN, "No value stands twice; missing values are not asked."),
                new Unique(
                        "cols.unique", COLUMNS, "No combination stands twice; one with a missing value is not asked."),
                new Statistic("col.mean", "The mean of the finite values lies within its bounds.", Statistic::mean),
                new Statistic(
                        "col.std",
                        "The sample standard deviation (n - 1) of the finite values lies within its bounds.",
                        Moments::standardDeviationSample),
                new Quantile(),
                new References(),
                new ContinuousTime());
    }

    private static List<Shape.Field> with(List<Shape.Field> more, Shape.Field... fields) {
        return Stream.concat(Stream.of(fields), more.stream()).toList();
    }

    /** A finding about a share of rows. */
    static Finding ofShare(CheckSpec spec, long checked, long failing, String what, String expected) {
        if (checked == 0) {
            return Finding.undecided("no row to ask", expected);
        }
        var passing = (double) (checked - failing) / checked;
        var observed = failing == 0
                ? "all of " + Figures.count(checked)
                : Figures.count(failing) + " of " + Figures.count(checked) + " " + what + ", "
                        + Figures.percent(passing) + " pass";
        var verdict = passing >= spec.minPassRatio() ? Verdict.PASS : Verdict.FAIL;
        return new Finding(verdict, observed, expected, OptionalDouble.of(passing), checked, failing, List.of());
    }

    /** A finding about a figure between bounds; nobody can tell when there was no number. */
    private static Finding bounded(CheckSpec spec, OptionalDouble figure) {
        var bounds = Bounds.of(spec.parameters());
        if (figure.isEmpty()) {
            return Finding.undecided("no number to ask", bounds.words());
        }
        var number = figure.getAsDouble();
        return Finding.of(bounds.hold(number), Figures.number(number), bounds.words(), number);
    }

    /** How many must pass, in words. */
    static String share(CheckSpec spec, String what) {
        return spec.minPassRatio() < 1 ? what + " in at least " + Figures.percent(spec.minPassRatio()) : what;
    }

    /** {@code tbl.row_count}. */
    record RowCount() implements CheckKind.OfTable {
        @Override
        public String name() {
            return "tbl.row_count";
        }

        @Override
        public String documentation() {
            return "The number of rows lies within its bounds.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return Bounds.OF_FIGURES;
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Bounds.check(spec.parameters(), problems);
        }

        @Override
        public Finding judge(CheckSpec spec, Table table) {
            var bounds = Bounds.of(spec.parameters());
            return Finding.of(
                    bounds.hold((double) table.rows()), Figures.counted(table.rows(), "row"), bounds.words(), (double)
                            table.rows());
        }
    }

    /** {@code col.unique} and {@code cols.unique}. */
    record Unique(String name, Shape.Field column, String documentation) implements CheckKind.OfTable {
        @Override
        public List<Shape.Field> parameters() {
            return List.of(column);
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.known(spec, schema, problems);
        }

        @Override
        public boolean asksShare() {
            return true;
        }

        @Override
        public Finding judge(CheckSpec spec, Table table) throws InterruptedException {
            var columns = Sql.names(spec.columns());
            var groups = "(SELECT count(*) AS n FROM " + table.relation() + " WHERE " + Sql.present(spec.columns())
                    + " GROUP BY " + columns + ")";
            var counts = table.askOne(
                    "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE n > 1), 0) FROM " + groups,
                    row -> new long[] {row.getLong(1), row.getLong(2)});
            var finding = ofShare(spec, counts[0], counts[1], "stand twice or more", share(spec, "unique"));
            return finding.verdict() == Verdict.FAIL ? finding.withExamples(examples(spec, table)) : finding;
        }

        private static List<String> examples(CheckSpec spec, Table table) throws InterruptedException {
            var columns = Sql.names(spec.columns());
            return table.ask(
                    "SELECT " + columns + ", count(*) FROM " + table.relation() + " WHERE "
                            + Sql.present(spec.columns()) + " GROUP BY " + columns
                            + " HAVING count(*) > 1 ORDER BY " + columns + " LIMIT 5",
                    row -> {
                        var values = new ArrayList<String>();
                        for (var index = 1; index <= spec.columns().size(); index++) {
                            values.add(Examination.shortened(row.getString(index)));
                        }
                        return String.join(", ", values);
                    });
        }
    }

    /** {@code col.mean}, {@code col.std}. */
    record Statistic(String name, String documentation, Function<Moments, OptionalDouble> figure)
            implements CheckKind.OfTable {

        @Override
        public List<Shape.Field> parameters() {
            return with(Bounds.OF_FIGURES, COLUMN);
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Bounds.check(spec.parameters(), problems);
            Columns.fit(spec, schema, column -> column.type().numeric(), "a number", problems);
        }

        private static OptionalDouble mean(Moments moments) {
            return moments.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(moments.mean());
        }

        @Override
        public Finding judge(CheckSpec spec, Table table) throws InterruptedException {
            var found = figure.apply(table.moments(spec.column()));
            return bounded(spec, found.stream().filter(Double::isFinite).findFirst());
        }
    }

    /** {@code col.quantile}. */
    record Quantile() implements CheckKind.OfTable {
        @Override
        public String name() {
            return "col.quantile";
        }

        @Override
        public String documentation() {
            return "A quantile of the finite values (linear interpolation, numpy's default) lies within its bounds.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return with(
                    Bounds.OF_FIGURES,
                    COLUMN,
                    Shape.Field.required("q", new Shape.NumberIn(0, 1), "Which quantile, from 0 to 1."));
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Bounds.check(spec.parameters(), problems);
            Columns.fit(spec, schema, column -> column.type().numeric(), "a number", problems);
        }

        private static String aggregate(CheckSpec spec) {
            var number = "CAST(" + Sql.name(spec.column()) + " AS DOUBLE)";
            return "quantile_cont(" + number + ", "
                    + spec.parameters().number("q").orElseThrow() + ") FILTER (WHERE isfinite(" + number + "))";
        }

        @Override
        public List<String> aggregates(CheckSpec spec, Schema schema) {
            return List.of(aggregate(spec));
        }

        @Override
        public Finding judge(CheckSpec spec, Table table) {
            return bounded(spec, table.figure(aggregate(spec)));
        }
    }

    /** {@code tbl.references}. */
    record References() implements CheckKind.OfTable {
        @Override
        public String name() {
            return "tbl.references";
        }

        @Override
        public String documentation() {
            return "The columns' values stand in another table; rows with a missing value are not asked.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(
                    COLUMNS,
                    Shape.Field.required(
                            "to",
                            Shape.Group.of(
                                    Shape.Field.required("reference", TEXT, "A name under the step's 'references'."),
                                    Shape.Field.required("columns", new Shape.ListOf(TEXT), "Its columns, in order.")),
                            "Where the values must stand."));
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.known(spec, schema, problems);
            if (other(spec).size() != spec.columns().size()) {
                problems.problem(
                        "/to/columns",
                        QualityErrorCode.CHECK_MALFORMED,
                        "There are " + spec.columns().size() + " columns here and "
                                + other(spec).size() + " there.",
                        "Name as many columns of the reference, in the same order.");
            }
        }

        static String reference(CheckSpec spec) {
            return spec.parameters().fields("to").text("reference").orElseThrow();
        }

        static List<String> other(CheckSpec spec) {
            return spec.parameters().fields("to").items("columns").stream()
                    .flatMap(item -> item.asText().stream())
                    .toList();
        }

        /** Reports columns whose values can never stand in those of the reference. */
        static void fit(CheckSpec spec, Schema schema, Schema reference, ProblemTaker problems) {
            for (var index = 0;
                    index < Math.min(spec.columns().size(), other(spec).size());
                    index++) {
                var here = schema.column(spec.columns().get(index));
                var there = Columns.known(other(spec).get(index), reference, problems.below("/to/columns"));
                if (here.isPresent()
                        && there.isPresent()
                        && !comparable(here.get().type(), there.get().type())) {
                    problems.problem(
                            "/to/columns",
                            QualityErrorCode.CHECK_COLUMN_UNFIT,
                            "'" + here.get().name() + "' is a "
                                    + here.get().type().text() + " and '"
                                    + there.get().name() + "' of the reference a "
                                    + there.get().type().text() + ".",
                            "Compare columns of the same type.");
                }
            }
        }

        private static boolean comparable(LogicalType here, LogicalType there) {
            return here == there || (here.numeric() && there.numeric());
        }

        @Override
        public boolean asksShare() {
            return true;
        }

        @Override
        public Finding judge(CheckSpec spec, Table table) throws InterruptedException {
            var reference = Optional.ofNullable(table.references().get(reference(spec)));
            var expected = share(spec, "in " + reference(spec));
            if (reference.isEmpty()) {
                return new Finding(
                        Verdict.SKIPPED, "no such reference", expected, OptionalDouble.empty(), 0, 0, List.of());
            }
            var counts = table.askOne(
                    "SELECT count(*), count(*) FILTER (WHERE r.known IS NULL) " + join(spec, table, reference.get()),
                    row -> new long[] {row.getLong(1), row.getLong(2)});
            return ofShare(spec, counts[0], counts[1], "are not in " + reference(spec), expected);
        }

        private static String join(CheckSpec spec, Table table, Table reference) {
            var keys = IntStream.range(0, spec.columns().size())
                    .mapToObj(index -> "d." + Sql.name(spec.columns().get(index)) + " = r."
                            + Sql.name(other(spec).get(index)))
                    .collect(Collectors.joining(" AND "));
            return "FROM (SELECT * FROM " + table.relation() + " WHERE " + Sql.present(spec.columns())
                    + ") d LEFT JOIN (SELECT DISTINCT " + Sql.names(other(spec)) + ", 1 AS known FROM "
                    + reference.relation() + ") r ON " + keys;
        }
    }

    /** {@code tbl.continuous_time}. */
    record ContinuousTime() implements CheckKind.OfTable {
        @Override
        public String name() {
            return "tbl.continuous_time";
        }

        @Override
        public String documentation() {
            return "Between the first and the last row there is one in every step of time; "
                    + "steps begin where the clock in UTC says, e.g. at the full hour.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(
                    COLUMN, Shape.Field.required("step", new Shape.Duration(), "The time between two rows, e.g. 1h."));
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.fit(
                    spec,
                    schema,
                    column -> column.type() == LogicalType.TIMESTAMP || column.type() == LogicalType.DATE,
                    "a time",
                    problems);
        }

        @Override
        public boolean asksShare() {
            return true;
        }

        @Override
        public Finding judge(CheckSpec spec, Table table) throws InterruptedException {
            var step = Quantity.duration(spec.parameters().text("step").orElseThrow())
                            .toNanos()
                    / 1_000;
            var time = "epoch_us(CAST(" + Sql.name(spec.column()) + " AS TIMESTAMP))";
            // Division of integers rounds towards zero, and times before 1970 are negative: the rest makes it a floor.
            var place =
                    "((" + time + " - ((" + time + " % " + step + ") + " + step + ") % " + step + ") // " + step + ")";
            var counts = table.askOne(
                    "SELECT coalesce(max(" + place + ") - min(" + place + ") + 1, 0), count(DISTINCT " + place
                            + ") FROM " + table.relation() + " WHERE " + Sql.name(spec.column()) + " IS NOT NULL",
                    row -> new long[] {row.getLong(1), row.getLong(2)});
            return ofShare(
                    spec,
                    counts[0],
                    counts[0] - counts[1],
                    "are missing",
                    share(spec, "a row every " + spec.parameters().text("step").orElseThrow()));
        }
    }
}
