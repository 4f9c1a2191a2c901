package dev.esteira.quality;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checks that ask whether data is fit to learn from, most of them over the parts of a split. */
final class PartChecks {

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);

    private PartChecks() {}

    static List<CheckKind> all() {
        return List.of(
                new ClassBalance(),
                new SingleFeatureLeakage(),
                new SplitOverlap(),
                new GroupLeakage(),
                new TimeLeakage(),
                new NewCategory());
    }

    private static void role(Role role, CheckSpec spec, Schema schema, ProblemTaker problems) {
        if (schema.withRole(role).isEmpty()) {
            problems.problem(
                    "",
                    QualityErrorCode.ROLE_MISSING,
                    "The check " + spec.kind().name() + " needs a column with the role " + role.text() + ".",
                    "Say 'roles: {" + role.text() + ": …}' where the rows take their final shape.");
        }
    }

    private static List<String> columns(Schema schema, Role role) {
        return schema.withRole(role).stream().map(Column::name).toList();
    }

    /** {@code ml.class_balance}. */
    record ClassBalance() implements CheckKind.OfTable {
        @Limit(value = "Classes of a label whose balance is checked.", unit = "classes")
        private static final int MOST_CLASSES = 1_000;

        @Override
        public String name() {
            return "ml.class_balance";
        }

        @Override
        public String documentation() {
            return "The label has two classes or more, and none is too rare.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(
                    Shape.Field.optional("minShare", new Shape.NumberIn(0, 0.5), "The least share of a class."),
                    Shape.Field.optional(
                            "maxRatio",
                            new Shape.NumberIn(1, 1e9),
                            "The most rows of the most frequent class for one of the rarest."));
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            role(Role.LABEL, spec, schema, problems);
        }

        @Override
        public Finding judge(CheckSpec spec, Table table) throws InterruptedException {
            var label = Sql.name(columns(table.schema(), Role.LABEL).getFirst());
            var counts = table.ask(
                    "SELECT " + label + "::VARCHAR, count(*) FROM " + table.relation() + " WHERE " + label
                            + " IS NOT NULL GROUP BY 1 ORDER BY 2, 1 LIMIT " + (MOST_CLASSES + 1),
                    row -> new ClassCount(row.getString(1), row.getLong(2)));
            var expected = expected(spec);
            if (counts.isEmpty() || counts.size() > MOST_CLASSES) {
                return Finding.undecided(counts.isEmpty() ? "no label at all" : "too many classes", expected);
            }
            var total = counts.stream().mapToLong(ClassCount::rows).sum();
            var rarest = counts.getFirst();
            if (counts.size() == 1) {
                return Finding.of(false, "one class only: " + rarest.name(), expected, 0);
            }
            var share = (double) rarest.rows() / total;
            var ratio = (double) counts.getLast().rows() / rarest.rows();
            var most = spec.parameters().number("maxRatio");
            var passed =
                    share >= spec.parameters().number("minShare").orElse(0.0) && ratio <= most.orElse(Double.MAX_VALUE);
            var observed = "rarest class " + rarest.name() + " " + Figures.percent(share)
                    + most.map(_ -> ", " + Figures.number(ratio) + " to 1").orElse("");
            return Finding.of(passed, observed, expected, share);
        }

        private static String expected(CheckSpec spec) {
            var share =
                    spec.parameters().number("minShare").map(least -> "each class at least " + Figures.percent(least));
            var ratio = spec.parameters().number("maxRatio").map(most -> "at most " + Figures.number(most) + " to 1");
            return Stream.of(share, ratio)
                    .flatMap(Optional::stream)
                    .reduce((first, second) -> first + ", " + second)
                    .orElse("two classes or more");
        }

        private record ClassCount(String name, long rows) {}
    }

    /** {@code ml.split_overlap}. */
    record SplitOverlap() implements CheckKind.OfParts {
        @Override
        public String name() {
            return "ml.split_overlap";
        }

        @Override
        public String documentation() {
            return "No row, told by its id or else by all its columns, stands in two parts.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(Shape.Field.optional(
                    "max", new Shape.WholeIn(0, Long.MAX_VALUE), "The most such rows; none unless said otherwise."));
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            // Every table has rows to tell apart.
        }

        @Override
        public Finding judge(CheckSpec spec, Parts parts) throws InterruptedException {
            var schema = parts.train().schema();
            var ids = columns(schema, Role.ID);
            var keys = ids.isEmpty() ? schema.names() : ids;
            // Rows told by all their columns may have missing values in them; a missing id tells nothing.
            return finding(spec, parts, keys, ids.isEmpty() ? "TRUE" : Sql.present(ids), "row");
        }

        static Finding finding(CheckSpec spec, Parts parts, List<String> keys, String asked, String what)
                throws InterruptedException {
            var most = spec.parameters().whole("max").orElse(0L);
            var expected = "at most " + Figures.count(most);
            if (parts.others().isEmpty()) {
                return Finding.undecided("there is one part only", expected);
            }
            var shared = shared(parts, keys, asked);
            return Finding.of(
                    shared <= most, Figures.counted(shared, what) + " in two parts", expected, (double) shared);
        }

        private static long shared(Parts parts, List<String> keys, String asked) throws InterruptedException {
            var union = parts.tables().entrySet().stream()
                    .map(part -> "SELECT DISTINCT " + Sql.names(keys) + ", " + Sql.text(part.getKey())
                            + " AS \"esteira part\" FROM " + part.getValue().relation() + " WHERE " + asked)
                    .collect(Collectors.joining(" UNION ALL "));
            return parts.train()
                    .askOne(
                            "SELECT count(*) FROM (SELECT 1 FROM (" + union + ") GROUP BY " + Sql.names(keys)
                                    + " HAVING count(*) > 1)",
                            row -> row.getLong(1));
        }
    }

    /** {@code ml.group_leakage}. */
    record GroupLeakage() implements CheckKind.OfParts {
        @Override
        public String name() {
            return "ml.group_leakage";
        }

        @Override
        public String documentation() {
            return "No group stands in two parts.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(
                    Shape.Field.optional(
                            "groupBy", new Shape.ListOf(TEXT), "The columns that make a group; else the role group."),
                    Shape.Field.optional(
                            "max",
                            new Shape.WholeIn(0, Long.MAX_VALUE),
                            "The most such groups; none unless said otherwise."));
        }

        private static List<String> groups(CheckSpec spec, Schema schema) {
            var named = spec.parameters().items("groupBy").stream()
                    .flatMap(item -> item.asText().stream())
                    .toList();
            return named.isEmpty() ? columns(schema, Role.GROUP) : named;
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            if (groups(spec, schema).isEmpty()) {
                role(Role.GROUP, spec, schema, problems);
            }
            groups(spec, schema).forEach(name -> Columns.known(name, schema, problems.below("/groupBy")));
        }

        @Override
        public Finding judge(CheckSpec spec, Parts parts) throws InterruptedException {
            var groups = groups(spec, parts.train().schema());
            return SplitOverlap.finding(spec, parts, groups, Sql.present(groups), "group");
        }
    }

    /** {@code ml.time_leakage}. */
    record TimeLeakage() implements CheckKind.OfParts {
        @Override
        public String name() {
            return "ml.time_leakage";
        }

        @Override
        public String documentation() {
            return "Each part begins after the one before it has ended, by the column with the role time.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of();
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            role(Role.TIME, spec, schema, problems);
        }

        @Override
        public Finding judge(CheckSpec spec, Parts parts) throws InterruptedException {
            var time = Sql.name(columns(parts.train().schema(), Role.TIME).getFirst());
            var order = new ArrayList<>(List.of(parts.trainName()));
            order.addAll(parts.others());
            var expected = String.join(" before ", order);
            if (order.size() == 1) {
                return Finding.undecided("there is one part only", expected);
            }
            var early = 0L;
            for (var index = 1; index < order.size(); index++) {
                early += early(time, parts, order.subList(0, index), order.get(index));
            }
            return Finding.of(
                    early == 0,
                    early == 0
                            ? "the parts follow each other"
                            : Figures.counted(early, "row") + (early == 1 ? " is" : " are")
                                    + " not later than the parts before",
                    expected,
                    (double) early);
        }

        /** The rows of a part that are not later than every row before it; a part without rows hides none of these. */
        private static long early(String time, Parts parts, List<String> before, String after)
                throws InterruptedException {
            var earlier = before.stream()
                    .map(name -> "SELECT max(" + time + ") AS t FROM "
                            + parts.table(name).relation())
                    .collect(Collectors.joining(" UNION ALL "));
            return parts.train()
                    .askOne(
                            "SELECT count(*) FROM " + parts.table(after).relation() + " WHERE " + time
                                    + " <= (SELECT max(t) FROM (" + earlier + "))",
                            row -> row.getLong(1));
        }
    }

    /** {@code ml.new_category}. */
    record NewCategory() implements CheckKind.OfParts {
        @Override
        public String name() {
            return "ml.new_category";
        }

        @Override
        public String documentation() {
            return "Few rows of the later parts have a category that the training rows lack.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(
                    Shape.Field.required("columns", new Shape.ListOf(TEXT), "The columns of categories."),
                    Shape.Field.optional(
                            "maxShare",
                            new Shape.NumberIn(0, 1),
                            "The most rows with one; none unless said otherwise."));
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.known(spec, schema, problems);
        }

        @Override
        public Finding judge(CheckSpec spec, Parts parts) throws InterruptedException {
            var most = spec.parameters().number("maxShare").orElse(0.0);
            if (parts.others().isEmpty()) {
                return Finding.undecided("there is one part only", "at most " + Figures.percent(most));
            }
            var worst = new Unseen("", "", 0, 0);
            for (var part : parts.others()) {
                for (var column : spec.columns()) {
                    var next = unseen(column, part, parts);
                    worst = next.share() > worst.share() ? next : worst;
                }
            }
            return Finding.of(worst.share() <= most, worst.words(), "at most " + Figures.percent(most), worst.share());
        }

        private static Unseen unseen(String column, String part, Parts parts) throws InterruptedException {
            var name = Sql.name(column);
            return parts.train()
                    .askOne(
                            "SELECT count(*) FILTER (WHERE " + name + " IS NOT NULL AND " + name
                                    + " NOT IN (SELECT DISTINCT " + name + " FROM "
                                    + parts.train().relation() + " WHERE "
                                    + name + " IS NOT NULL)), count(*) FROM "
                                    + parts.table(part).relation(),
                            row -> new Unseen(column, part, row.getLong(1), row.getLong(2)));
        }

        private record Unseen(String column, String part, long rows, long of) {
            private double share() {
                return of == 0 ? 0 : (double) rows / of;
            }

            private String words() {
                return rows == 0
                        ? "no new category"
                        : Figures.count(rows) + " of " + Figures.counted(of, "row") + " of " + part + " have a new "
                                + column + ", " + Figures.percent(share());
            }
        }
    }

    /** {@code ml.single_feature_leakage}. */
    record SingleFeatureLeakage() implements CheckKind.OfTable {
        @Override
        public String name() {
            return "ml.single_feature_leakage";
        }

        @Override
        public String documentation() {
            return "No feature alone predicts the label too well: max(AUC, 1 − AUC) for a number, the same of the "
                    + "cross-fitted target rate for a category, R² for a regression.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(Shape.Field.required("maxScore", new Shape.NumberIn(0, 1), "The best score that passes."));
        }

        @Override
        public boolean asksSome() {
            return false;
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            role(Role.LABEL, spec, schema, problems);
        }

        @Override
        public Finding judge(CheckSpec spec, Table table) throws InterruptedException {
            var most = spec.parameters().number("maxScore").orElseThrow();
            var scores = FeatureScores.of(table);
            var expected = "at most " + Figures.number(most);
            if (scores.isEmpty()) {
                return Finding.undecided("no feature can be scored against the label", expected);
            }
            var best = scores.getFirst();
            var leaking = scores.stream().filter(score -> score.score() > most).toList();
            return new Finding(
                    leaking.isEmpty() ? Verdict.PASS : Verdict.FAIL,
                    best.feature() + " alone scores " + Figures.number(best.score()),
                    expected,
                    OptionalDouble.of(best.score()),
                    0,
                    0,
                    leaking.stream()
                            .limit(5)
                            .map(score -> score.feature() + " " + Figures.number(score.score()))
                            .toList());
        }
    }
}
