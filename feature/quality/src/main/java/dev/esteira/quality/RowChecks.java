package dev.esteira.quality;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checks that ask each row about one column; a missing value is asked of {@code col.not_null} alone. */
final class RowChecks {

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);
    private static final Shape.Field COLUMN = Shape.Field.required("column", TEXT, "The column.");

    private RowChecks() {}

    static List<CheckKind> all() {
        return List.of(new NotNull(), new Range(), new InSet(), new Regex(), new Length(), new Type(), new Finite());
    }

    private static String present(CheckSpec spec) {
        return Sql.name(spec.column()) + " IS NOT NULL";
    }

    /** {@code col.not_null}. */
    record NotNull() implements CheckKind.OfRows {
        @Override
        public String name() {
            return "col.not_null";
        }

        @Override
        public String documentation() {
            return "The value is there.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(COLUMN);
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.known(spec, schema, problems);
        }

        @Override
        public boolean asksMissing() {
            return true;
        }

        @Override
        public String applicable(CheckSpec spec, Schema schema) {
            return "TRUE";
        }

        @Override
        public String failing(CheckSpec spec, Schema schema) {
            return Sql.name(spec.column()) + " IS NULL";
        }

        @Override
        public String expected(CheckSpec spec) {
            return "not missing";
        }
    }

    /** {@code col.range}. */
    record Range() implements CheckKind.OfRows {
        @Override
        public String name() {
            return "col.range";
        }

        @Override
        public String documentation() {
            return "The value lies within its bounds; NaN lies within none.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return Stream.concat(Stream.of(COLUMN), Bounds.OF_VALUES.stream()).toList();
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Bounds.check(spec.parameters(), problems);
            Columns.known(spec.column(), schema, problems.below("/column")).ifPresent(column -> {
                for (var bound : Bounds.of(spec.parameters()).values()) {
                    if (Sql.literal(bound, column).isEmpty()) {
                        problems.problem(
                                "",
                                QualityErrorCode.CHECK_MALFORMED,
                                "The bound " + Figures.text(bound) + " is no "
                                        + column.type().text() + " like the column '" + column.name() + "'.",
                                "Write a bound of the column's type.");
                    }
                }
            });
        }

        @Override
        public String applicable(CheckSpec spec, Schema schema) {
            return present(spec);
        }

        @Override
        public String failing(CheckSpec spec, Schema schema) {
            var column = schema.column(spec.column()).orElseThrow();
            var bounds = Bounds.of(spec.parameters());
            var reference = Sql.name(column.name());
            var passes = bounds.sql(
                    reference,
                    bounds.min().flatMap(bound -> Sql.literal(bound, column)),
                    bounds.max().flatMap(bound -> Sql.literal(bound, column)));
            var number = column.type() == LogicalType.NUMBER ? "NOT isnan(" + reference + ")" : "TRUE";
            return "NOT (" + passes + " AND " + number + ")";
        }

        @Override
        public String expected(CheckSpec spec) {
            return Bounds.of(spec.parameters()).words();
        }
    }

    /** {@code col.in_set}. */
    record InSet() implements CheckKind.OfRows {
        @Override
        public String name() {
            return "col.in_set";
        }

        @Override
        public String documentation() {
            return "The value is one of a set.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(
                    COLUMN,
                    Shape.Field.required("set", new Shape.ListOf(new Shape.Anything()), "The values that pass."));
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.known(spec.column(), schema, problems.below("/column")).ifPresent(column -> {
                for (var item : spec.parameters().items("set")) {
                    if (Sql.literal(item, column).isEmpty()) {
                        problems.problem(
                                "/set",
                                QualityErrorCode.CHECK_MALFORMED,
                                "'" + Figures.text(item) + "' is no "
                                        + column.type().text() + " like the column '" + column.name() + "'.",
                                "Write values of the column's type.");
                    }
                }
            });
            if (spec.parameters().items("set").isEmpty()) {
                problems.problem(
                        "/set", QualityErrorCode.CHECK_MALFORMED, "The set is empty.", "Add the values that pass.");
            }
        }

        @Override
        public String applicable(CheckSpec spec, Schema schema) {
            return present(spec);
        }

        @Override
        public String failing(CheckSpec spec, Schema schema) {
            var column = schema.column(spec.column()).orElseThrow();
            var set = spec.parameters().items("set").stream()
                    .map(item -> Sql.literal(item, column).orElseThrow())
                    .collect(Collectors.joining(", "));
            return Sql.name(column.name()) + " NOT IN (" + set + ")";
        }

        @Override
        public String expected(CheckSpec spec) {
            return "one of "
                    + spec.parameters().items("set").stream().map(Figures::text).collect(Collectors.joining(", "));
        }
    }

    /** {@code col.regex}. */
    record Regex() implements CheckKind.OfRows {
        @Override
        public String name() {
            return "col.regex";
        }

        @Override
        public String documentation() {
            return "The whole text matches a regular expression (RE2 syntax).";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(COLUMN, Shape.Field.required("pattern", TEXT, "The regular expression."));
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.fit(spec, schema, column -> column.type() == LogicalType.STRING, "a text", problems);
            PredicateParser.fault("SELECT regexp_full_match('', ?)", pattern(spec))
                    .ifPresent(fault -> problems.problem(
                            "/pattern",
                            QualityErrorCode.CHECK_MALFORMED,
                            "'" + pattern(spec) + "' is no regular expression in RE2 syntax: " + fault + ".",
                            "Mend the pattern; RE2 looks neither ahead nor behind."));
        }

        private static String pattern(CheckSpec spec) {
            return spec.parameters().text("pattern").orElse("");
        }

        @Override
        public String applicable(CheckSpec spec, Schema schema) {
            return present(spec);
        }

        @Override
        public String failing(CheckSpec spec, Schema schema) {
            return "NOT regexp_full_match(" + Sql.name(spec.column()) + ", " + Sql.text(pattern(spec)) + ")";
        }

        @Override
        public String expected(CheckSpec spec) {
            return "matching " + pattern(spec);
        }
    }

    /** {@code col.length}. */
    record Length() implements CheckKind.OfRows {
        @Override
        public String name() {
            return "col.length";
        }

        @Override
        public String documentation() {
            return "The number of characters (code points) lies within its bounds.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return Stream.concat(Stream.of(COLUMN), Bounds.OF_FIGURES.stream()).toList();
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.fit(spec, schema, column -> column.type() == LogicalType.STRING, "a text", problems);
            Bounds.check(spec.parameters(), problems);
        }

        @Override
        public String applicable(CheckSpec spec, Schema schema) {
            return present(spec);
        }

        @Override
        public String failing(CheckSpec spec, Schema schema) {
            var bounds = Bounds.of(spec.parameters());
            var length = "length(" + Sql.name(spec.column()) + ")";
            return "NOT "
                    + bounds.sql(
                            length,
                            bounds.min().flatMap(Value::asNumber).map(Sql::number),
                            bounds.max().flatMap(Value::asNumber).map(Sql::number));
        }

        @Override
        public String expected(CheckSpec spec) {
            return Bounds.of(spec.parameters()).words() + " characters";
        }
    }

    /** {@code col.type}. */
    record Type() implements CheckKind.OfRows {
        @Override
        public String name() {
            return "col.type";
        }

        @Override
        public String documentation() {
            return "The value is of a logical type, or is a text that reads as one.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(COLUMN, Shape.Field.required("type", new Shape.Choice(types()), "The logical type."));
        }

        static List<String> types() {
            return Arrays.stream(LogicalType.values()).map(LogicalType::text).toList();
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.known(spec, schema, problems);
        }

        @Override
        public String applicable(CheckSpec spec, Schema schema) {
            return present(spec);
        }

        @Override
        public String failing(CheckSpec spec, Schema schema) {
            var column = schema.column(spec.column()).orElseThrow();
            var type = asked(spec);
            if (column.type().satisfies(type)) {
                return "FALSE";
            }
            if (column.type() != LogicalType.STRING) {
                return "TRUE";
            }
            var text = Sql.name(column.name());
            var cast = "TRY_CAST(" + text + " AS " + Sql.type(type) + ") IS NULL";
            // A cast to an integer rounds 1.5, and one to a date drops the time: neither text is of the type.
            return switch (type) {
                case INTEGER -> "(" + cast + " OR NOT regexp_full_match(trim(" + text + "), '[+-]?[0-9]+'))";
                case DATE -> "(" + cast + " OR NOT regexp_full_match(trim(" + text + "), '[+-]?[0-9]+-[0-9]+-[0-9]+'))";
                default -> cast;
            };
        }

        private static LogicalType asked(CheckSpec spec) {
            return spec.parameters().text("type").flatMap(LogicalType::of).orElseThrow();
        }

        @Override
        public String expected(CheckSpec spec) {
            return "of type " + asked(spec).text();
        }
    }

    /** {@code col.finite}. */
    record Finite() implements CheckKind.OfRows {
        @Override
        public String name() {
            return "col.finite";
        }

        @Override
        public String documentation() {
            return "The number is neither NaN nor infinite.";
        }

        @Override
        public List<Shape.Field> parameters() {
            return List.of(COLUMN);
        }

        @Override
        public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
            Columns.fit(spec, schema, column -> column.type().numeric(), "a number", problems);
        }

        @Override
        public String applicable(CheckSpec spec, Schema schema) {
            return present(spec);
        }

        @Override
        public String failing(CheckSpec spec, Schema schema) {
            return "NOT isfinite(CAST(" + Sql.name(spec.column()) + " AS DOUBLE))";
        }

        @Override
        public String expected(CheckSpec spec) {
            return "finite";
        }
    }
}
