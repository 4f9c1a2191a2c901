package dev.esteira.dataset;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Shape;
import dev.esteira.spi.Shape.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The field {@code roles} of a step: {@code {label: late, id: flight_key}}; a role may have a list of columns. */
public final class Roles {

    /** The field's shape, for every kind whose rows take their final form. */
    public static final Field FIELD = Field.optional(
            "roles",
            new Shape.Group(Arrays.stream(Role.values())
                    .map(role -> Field.optional(
                            role.text(),
                            new Shape.AnyOf(List.of(
                                    new Shape.Scalar(LogicalType.STRING),
                                    new Shape.ListOf(new Shape.Scalar(LogicalType.STRING)))),
                            "The column, or list of columns, of role " + role.text() + "."))
                    .toList()),
            "What columns mean for learning; columns without a role are features. Inherited by every step after.");

    private Roles() {}

    /**
     * Reads the field, which has the right shape already.
     *
     * @return roles by column, in the order written
     * @throws EsteiraException ROLE_MALFORMED when a column has two roles
     */
    public static Map<String, Role> of(Value.Fields fields) {
        var roles = new LinkedHashMap<String, Role>();
        for (var role : Role.values()) {
            fields.fields("roles").field(role.text()).ifPresent(value -> {
                for (var name : names(value)) {
                    if (roles.put(name, role) != null) {
                        throw malformed(
                                "The column '" + name + "' has two roles.", "Give a column one role, or copy it.");
                    }
                }
            });
        }
        return roles;
    }

    /** Reports what is wrong with the roles, as far as the columns are known. */
    public static void check(Value.Fields fields, Optional<Schema> schema, CheckContext context) {
        try {
            var roles = of(fields);
            schema.ifPresent(known -> problems(
                    roles,
                    known,
                    (message, remedy) -> context.problem("/roles", DatasetErrorCode.ROLE_MALFORMED, message, remedy)));
        } catch (EsteiraException e) {
            context.problem("/roles", e.code(), e.explanation(), e.remedy().orElse(""));
        }
    }

    /**
     * The schema with the roles.
     *
     * @throws EsteiraException ROLE_MALFORMED when a role does not fit
     */
    public static Schema apply(Schema schema, Map<String, Role> roles) {
        problems(roles, schema, (message, remedy) -> {
            throw malformed(message, remedy);
        });
        return new Schema(schema.columns().stream()
                .map(column -> Optional.ofNullable(roles.get(column.name()))
                        .map(column::withRole)
                        .orElse(column))
                .toList());
    }

    private static void problems(Map<String, Role> roles, Schema schema, BiConsumer<String, String> report) {
        for (var entry : roles.entrySet()) {
            var column = schema.column(entry.getKey());
            if (column.isEmpty()) {
                report.accept(
                        "The role " + entry.getValue().text() + " names the column '" + entry.getKey()
                                + "', which the data do not have.",
                        nearest(entry.getKey(), schema));
            } else {
                unfit(entry.getValue(), column.get())
                        .ifPresent(message -> report.accept(message, "Cast the column, or name another."));
            }
        }
        for (var role : List.of(Role.LABEL, Role.TIME, Role.WEIGHT)) {
            if (roles.values().stream().filter(role::equals).count() > 1) {
                report.accept("Two columns have the role " + role.text() + ".", "Give it to one.");
            }
        }
    }

    private static Optional<String> unfit(Role role, Column column) {
        var fits = switch (role) {
            case TIME ->
                column.type() == LogicalType.TIMESTAMP
                        || column.type() == LogicalType.DATE
                        || column.type().numeric();
            case WEIGHT -> column.type().numeric();
            case LABEL, ID, GROUP, PROTECTED -> true;
        };
        return fits
                ? Optional.empty()
                : Optional.of("The column '" + column.name() + "' is of type "
                        + column.type().text() + ", which the role " + role.text() + " cannot have.");
    }

    private static List<String> names(Value value) {
        return value.asText()
                .map(List::of)
                .orElseGet(() -> value.items().stream()
                        .flatMap(item -> item.asText().stream())
                        .toList());
    }

    static String nearest(String name, Schema schema) {
        return NearestName.of(name, schema.names())
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("The columns are: " + String.join(", ", schema.names()) + ".");
    }

    private static EsteiraException malformed(String message, String remedy) {
        return new EsteiraException(DatasetErrorCode.ROLE_MALFORMED, message, remedy);
    }
}
