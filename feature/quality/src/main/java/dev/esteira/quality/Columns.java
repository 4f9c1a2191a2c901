package dev.esteira.quality;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Schema;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks for the columns that a check names and says what is wrong with them. */
final class Columns {

    private Columns() {}

    /** Reports every column of the check that the schema lacks. */
    static void known(CheckSpec spec, Schema schema, ProblemTaker problems) {
        for (var name : spec.columns()) {
            known(name, schema, problems.below(pointer(spec, name)));
        }
    }

    /** Where in a check one of its columns is named. */
    private static String pointer(CheckSpec spec, String name) {
        return spec.parameters().field("column").isPresent()
                ? "/column"
                : "/columns/" + spec.columns().indexOf(name);
    }

    /** Reports a column that the schema lacks. */
    static Optional<Column> known(String name, Schema schema, ProblemTaker problems) {
        var column = schema.column(name);
        if (column.isEmpty()) {
            problems.problem(
                    "",
                    QualityErrorCode.CHECK_COLUMN_UNKNOWN,
                    "There is no column '" + name + "'.",
                    NearestName.of(name, schema.names())
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("The columns are " + String.join(", ", schema.names()) + "."));
        }
        return column;
    }

    /** Reports columns that are missing or not of a kind. */
    static void fit(CheckSpec spec, Schema schema, Predicate<Column> fits, String kind, ProblemTaker problems) {
        for (var name : spec.columns()) {
            var place = problems.below(pointer(spec, name));
            known(name, schema, place)
                    .filter(column -> !fits.test(column))
                    .ifPresent(column -> place.problem(
                            "",
                            QualityErrorCode.CHECK_COLUMN_UNFIT,
                            "The check " + spec.kind().name() + " needs " + kind + ", and '" + name + "' is a "
                                    + column.type().text() + ".",
                            "Ask it of another column."));
        }
    }
}
