package dev.esteira.quality;

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
    private static final Shape.Field NULLS = Shape.Field.optional(
            "nulls",
            new Shape.Choice(Nulls.texts()),
            "What becomes of rows whose value is missing: they are skipped unless said otherwise.");

    private static final Shape.Field ON_FAIL = Shape.Field.optional(
            "onFail",
            new Shape.Choice(List.of("report", "quarantine")),
            "Whether rows that fail are only reported or taken out; report unless said otherwise.");
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
                rows.asksMissing()
                        ? List.of(ON_FAIL, MIN_PASS_RATIO, WHERE)
                        : List.of(ON_FAIL, MIN_PASS_RATIO, WHERE, NULLS);
            case CheckKind.OfTable table ->
                Stream.of(
                                table.asksShare() ? List.of(MIN_PASS_RATIO) : List.<Shape.Field>of(),
                                table.asksSome() ? List.of(WHERE) : List.<Shape.Field>of())
                        .flatMap(List::stream)
                        .toList();
            case CheckKind.OfParts parts -> List.<Shape.Field>of();
        };
        return new Shape.Group(Stream.of(COMMON, extra, kind.parameters())
                .flatMap(List::stream)
                .toList());
    }
}
