package dev.esteira.quality;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** {@code tbl.schema}: the columns of a contract are there, with their types, and not missing where they may not be. */
record SchemaCheck() implements CheckKind.OfTable {

    /** What a contract says of a column. */
    static final Shape.Group COLUMN = Shape.Group.of(
            Shape.Field.required("type", new Shape.Choice(RowChecks.Type.types()), "The logical type."),
            Shape.Field.optional(
                    "nullable",
                    new Shape.Scalar(LogicalType.BOOLEAN),
                    "Whether a value may be missing; true unless said otherwise."),
            Shape.Field.optional("unit", new Shape.Scalar(LogicalType.STRING), "The unit of the values."),
            Shape.Field.optional("description", new Shape.Scalar(LogicalType.STRING), "What the column holds."),
            Shape.Field.optional(
                    "tags", new Shape.ListOf(new Shape.Scalar(LogicalType.STRING)), "Words to find it by."));

    @Override
    public String name() {
        return "tbl.schema";
    }

    @Override
    public String documentation() {
        return "The named columns are there, of their types, and not missing where they may not be.";
    }

    @Override
    public List<Shape.Field> parameters() {
        return List.of(
                Shape.Field.required("columns", new Shape.MapOf(COLUMN), "The columns by name."),
                Shape.Field.optional(
                        "extra",
                        new Shape.Choice(List.of("allow", "refuse")),
                        "Whether other columns may be there; allow unless said otherwise."));
    }

    @Override
    public boolean asksSome() {
        return false;
    }

    @Override
    public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
        // A column that is not there is what this check finds, not a fault of the file.
    }

    @Override
    public List<String> aggregates(CheckSpec spec, Schema schema) {
        return columns(spec).entries().keySet().stream()
                .filter(name -> schema.column(name).isPresent() && !nullable(spec, name))
                .map(SchemaCheck::missing)
                .toList();
    }

    @Override
    public Finding judge(CheckSpec spec, Table table) {
        var faults = new ArrayList<String>();
        for (var name : columns(spec).entries().keySet()) {
            var type = columns(spec)
                    .fields(name)
                    .text("type")
                    .flatMap(LogicalType::of)
                    .orElseThrow();
            var column = table.schema().column(name);
            if (column.isEmpty()) {
                faults.add(name + " is not there");
            } else if (!column.get().type().satisfies(type)) {
                faults.add(name + " is a " + column.get().type().text() + ", not a " + type.text());
            } else if (!nullable(spec, name) && table.count(missing(name)) > 0) {
                faults.add(name + " is missing in " + Figures.counted(table.count(missing(name)), "row"));
            }
        }
        if (spec.parameters().text("extra").orElse("allow").equals("refuse")) {
            table.schema().names().stream()
                    .filter(name -> !columns(spec).entries().containsKey(name))
                    .forEach(name -> faults.add(name + " is not expected"));
        }
        var asked = columns(spec).entries().size();
        return new Finding(
                faults.isEmpty() ? Verdict.PASS : Verdict.FAIL,
                faults.isEmpty() ? "all " + asked + " columns" : String.join("; ", faults),
                asked + " columns of the contract",
                OptionalDouble.of(faults.size()),
                0,
                0,
                List.of());
    }

    private static Value.Fields columns(CheckSpec spec) {
        return spec.parameters().fields("columns");
    }

    private static boolean nullable(CheckSpec spec, String name) {
        return columns(spec).fields(name).flag("nullable").orElse(true);
    }

    private static String missing(String name) {
        return Sql.count(Sql.name(name) + " IS NULL");
    }
}
