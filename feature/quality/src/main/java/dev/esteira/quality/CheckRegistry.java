package dev.esteira.quality;

import dev.esteira.kernel.Limit;
import dev.esteira.kernel.LogicalType;
import dev.esteira.spi.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The kinds of check by name. Immutable and thread-safe. */
public final class CheckRegistry {

    /** The fields that every check has. */
    private static final List<Shape.Field> COMMON = List.of(
            Shape.Field.required("id", new Shape.Scalar(LogicalType.STRING), "Its name, unique in the file."),
            Shape.Field.required(
                    "check", new Shape.Scalar(LogicalType.STRING), "What it asks: a name from the registry."),
            Shape.Field.optional(
                    "severity",
                    new Shape.Choice(Severity.texts()),
                    "What follows when it fails; error unless said otherwise."),
            Shape.Field.optional("description", new Shape.Scalar(LogicalType.STRING), "Why it is asked."),
            Shape.Field.optional(
                    "input",
                    new Shape.Scalar(LogicalType.STRING),
                    "The input it is asked of; every one unless said otherwise."),
            Shape.Field.optional(
                    "dimension",
                    new Shape.Choice(List.of(
                            "accuracy",
                            "completeness",
                            "conformity",
                            "consistency",
                            "coverage",
                            "timeliness",
                            "uniqueness")),
                    "The dimension of quality, by the Open Data Contract Standard."),
            Shape.Field.optional("owner", new Shape.Scalar(LogicalType.STRING), "Who looks when it fails."),
            Shape.Field.optional(
                    "tags", new Shape.ListOf(new Shape.Scalar(LogicalType.STRING)), "Words to find it by."));

    private static final Shape.Field WHERE = Shape.Field.optional(
            "where",
            new Shape.Scalar(LogicalType.STRING),
            "The rows it is asked of: a scalar SQL expression over the row's columns; all unless said otherwise.");
    /** How many groups a check is asked of when it does not say. */
    static final int GROUPS_UNLESS_SAID = 100;

    @Limit(value = "Groups that one check can be asked of.", unit = "groups")
    private static final int GROUPS_MAX = 1_000;

    private static final Shape.Field GROUP_BY = Shape.Field.optional(
            "groupBy",
            new Shape.ListOf(new Shape.Scalar(LogicalType.STRING)),
            "The columns whose equal values make a group; every group must pass.");
    private static final Shape.Field MAX_GROUPS = Shape.Field.optional(
            "maxGroups",
            new Shape.WholeIn(1, GROUPS_MAX),
            "The most groups; with more, nothing is decided. " + GROUPS_UNLESS_SAID + " unless said otherwise.");
    private static final List<Shape.Field> SOME = List.of(WHERE, GROUP_BY, MAX_GROUPS);
    private static final Shape.Field NULLS = Shape.Field.optional(
            "nulls",
            new Shape.Choice(Nulls.texts()),
            "What becomes of rows whose value is missing: they are skipped unless said otherwise.");

    private static final Shape.Field ON_FAIL = Shape.Field.optional(
            "onFail",
            new Shape.Choice(OnFail.texts()),
            "What becomes of rows that fail: they are only reported unless said otherwise; quarantine takes them out and"
                    + " keeps them apart, drop takes them out and keeps them nowhere.");
    private static final Shape.Field MIN_PASS_RATIO = Shape.Field.optional(
            "minPassRatio", new Shape.NumberIn(0, 1), "The share of rows that must pass; 1 unless said otherwise.");

    private final SequencedMap<String, CheckKind> kinds;

    /** A registry of these kinds. */
    public CheckRegistry(List<CheckKind> kinds) {
        var byName = new LinkedHashMap<String, CheckKind>();
        kinds.forEach(kind -> byName.put(kind.name(), kind));
        this.kinds = Collections.unmodifiableSequencedMap(byName);
    }

    /** The registry of all built-in kinds. */
    public static CheckRegistry builtIn() {
        var kinds = new ArrayList<CheckKind>(RowChecks.all());
        kinds.add(new Predicate());
        kinds.add(new SchemaCheck());
        kinds.addAll(TableChecks.all());
        kinds.addAll(PartChecks.all());
        return new CheckRegistry(kinds);
    }

    /** All kinds in order. */
    public List<CheckKind> kinds() {
        return List.copyOf(kinds.values());
    }

    /** The kind of a name, empty when there is none. */
    public Optional<CheckKind> kind(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    /** The names of all kinds. */
    public List<String> names() {
        return List.copyOf(kinds.keySet());
    }

    /** The fields that every check has. */
    public static List<Shape.Field> common() {
        return COMMON;
    }

    /** The fields that a check of a kind may have. */
    public static Shape.Group shape(CheckKind kind) {
        var extra = switch (kind) {
            case CheckKind.OfRows rows ->
                fields(List.of(ON_FAIL, MIN_PASS_RATIO), SOME, rows.asksMissing() ? List.of() : List.of(NULLS));
            case CheckKind.OfTable table ->
                fields(
                        table.asksShare() ? List.of(MIN_PASS_RATIO) : List.of(),
                        table.asksSome() ? SOME : List.of(),
                        List.of());
            case CheckKind.OfParts parts -> List.<Shape.Field>of();
        };
        return new Shape.Group(fields(COMMON, extra, kind.parameters()));
    }

    private static List<Shape.Field> fields(
            List<Shape.Field> first, List<Shape.Field> second, List<Shape.Field> third) {
        return Stream.of(first, second, third).flatMap(List::stream).toList();
    }
}
