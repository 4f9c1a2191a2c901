package dev.esteira.quality;

import dev.esteira.document.Document;
import dev.esteira.document.ShapeCheck;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data contract: the columns that must be there and the checks that must pass.
 *
 * @param checks with the one of the columns first
 */
public record Contract(String name, String version, List<CheckSpec> checks) {

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);

    /** What a contract file looks like. */
    public static final Shape.Group SHAPE = Shape.Group.of(
            Shape.Field.required(
                    "apiVersion", new Shape.Choice(List.of("esteira.dev/v1")), "The version of the format."),
            Shape.Field.required("kind", new Shape.Choice(List.of("DataContract")), "What the file is."),
            Shape.Field.required(
                    "metadata",
                    Shape.Group.of(
                            Shape.Field.required("name", TEXT, "The contract's name."),
                            Shape.Field.required("version", TEXT, "Its version, e.g. 1.0.0."),
                            Shape.Field.optional("owner", TEXT, "Who answers for the data."),
                            Shape.Field.optional("labels", new Shape.MapOf(TEXT), "Words to find it by.")),
                    "What the contract is called and who owns it."),
            Shape.Field.required(
                    "spec",
                    Shape.Group.of(
                            Shape.Field.optional("description", TEXT, "What a row is."),
                            Shape.Field.optional(
                                    "columns", new Shape.MapOf(SchemaCheck.COLUMN), "The columns by name."),
                            Shape.Field.optional(
                                    "checks", new Shape.ListOf(new Shape.Anything()), "The checks, in order.")),
                    "What must be true of the data."));

    public Contract {
        checks = List.copyOf(checks);
    }

    /**
     * Reads a contract.
     *
     * @param problems takes what is wrong, with pointers from the root of the file
     */
    static Contract of(Document document, CheckRegistry registry, ProblemTaker problems) {
        var wrong = ShapeCheck.problems(document.value(), SHAPE);
        wrong.forEach(
                problem -> problems.problem(problem.pointer(), problem.code(), problem.message(), problem.remedy()));
        var root = document.value().asFields().orElse(Value.Fields.EMPTY);
        var metadata = root.fields("metadata");
        var spec = root.fields("spec");
        var checks = new ArrayList<CheckSpec>();
        if (wrong.isEmpty() && !spec.fields("columns").entries().isEmpty()) {
            checks.add(columns(spec.fields("columns"), registry));
        }
        checks.addAll(new CheckReader(registry).read(spec.items("checks"), problems.below("/spec/checks")));
        return new Contract(
                metadata.text("name").orElse(""), metadata.text("version").orElse(""), checks);
    }

    private static CheckSpec columns(Value.Fields columns, CheckRegistry registry) {
        var parameters = new LinkedHashMap<>(Map.of("id", Value.of("columns"), "columns", columns));
        return new CheckSpec(
                "columns",
                registry.kind("tbl.schema").orElseThrow(),
                Value.ofFields(parameters),
                Severity.ERROR,
                OnFail.REPORT);
    }
}
