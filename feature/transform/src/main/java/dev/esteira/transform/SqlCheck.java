package dev.esteira.transform;

import dev.esteira.dataset.DatasetErrorCode;
import dev.esteira.dataset.NamedParameters;
import dev.esteira.dataset.QueryCheck;
import dev.esteira.dataset.Roles;
import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.CheckContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the SQL of a step before anything runs: that it is one query, that its parameters are bound, that the tables it
 * reads are inputs of the step, and, where the columns of all inputs are known, that the query fits them.
 */
final class SqlCheck {

    private static final Pattern LINE = Pattern.compile("Line (\\d+)(?:, column (\\d+))?: ");

    private final Value.Fields step;
    private final Optional<String> path;
    private final CheckContext context;
    private boolean sound = true;

    private SqlCheck(Value.Fields step, CheckContext context) {
        this.step = step;
        this.path = step.fields("sql").text("path");
        this.context = context;
    }

    /** Reports what is wrong with a step's query, and gives the columns of its rows as far as they can be told. */
    static Optional<Schema> check(Value.Fields step, CheckContext context, SqlOutline outline) {
        var check = new SqlCheck(step, context);
        var text = check.path.isPresent()
                ? context.file(check.path.get()).flatMap(check::read)
                : step.fields("sql").text("text");
        return text.flatMap(sql -> check.check(sql, outline));
    }

    private Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            problem(1, 1, "The SQL file is not text in UTF-8.", "Save it as UTF-8.");
            return Optional.empty();
        }
    }

    private Optional<Schema> check(String sql, SqlOutline outline) {
        var bind = step.fields("sql").fields("bind");
        try {
            NamedParameters.bind(sql, bind.entries());
        } catch (EsteiraException e) {
            problem("/sql", e);
        }
        var inputs = new LinkedHashMap<String, Optional<Schema>>();
        context.inputs().forEach((name, input) -> inputs.put(name, input.schema()));
        var answer = outline.of(new SqlOutline.Question(sql, bind, inputs));
        answer.ifPresent(told -> told.tables().forEach(this::requireInput));
        if (sound) {
            answer.flatMap(SqlOutline.Answer::fault).ifPresent(this::malformed);
        }
        return answer.filter(told -> sound).flatMap(SqlOutline.Answer::columns).flatMap(this::withRoles);
    }

    private Optional<Schema> withRoles(Schema columns) {
        requireOrder(columns);
        try {
            return Optional.of(Roles.apply(columns, Roles.of(step)));
        } catch (EsteiraException e) {
            problem("/roles", e);
            return Optional.empty();
        }
    }

    private void requireOrder(Schema columns) {
        for (var item : step.items("orderBy")) {
            var name = item.asText().orElse("");
            if (columns.column(name).isEmpty()) {
                context.problem(
                        "/orderBy",
                        DatasetErrorCode.COLUMN_UNKNOWN,
                        "orderBy names the column '" + name + "', which the query does not give.",
                        NearestName.of(name, columns.names())
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Its columns are " + String.join(", ", columns.names()) + "."));
            }
        }
    }

    private void requireInput(QueryCheck.Table table) {
        var names = context.inputs().keySet();
        var known = names.stream().anyMatch(name -> name.equalsIgnoreCase(table.name()));
        if (!known) {
            problem(
                    table.line(),
                    table.column(),
                    "The query reads '" + table.name() + "', which is no input of the step.",
                    NearestName.of(table.name().toLowerCase(Locale.ROOT), names)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Add it under 'inputs'."));
        }
    }

    private void malformed(EsteiraException e) {
        var place = LINE.matcher(e.explanation());
        if (path.isPresent() && place.lookingAt()) {
            var column =
                    Optional.ofNullable(place.group(2)).map(Integer::parseInt).orElse(1);
            var message = e.explanation().substring(place.end());
            problem(
                    Integer.parseInt(place.group(1)),
                    column,
                    e.code(),
                    message,
                    e.remedy().orElse(""));
        } else if (path.isPresent()) {
            problem(1, 1, e.code(), e.explanation(), e.remedy().orElse(""));
        } else {
            problem("/sql/text", e);
        }
    }

    private void problem(int line, int column, String message, String remedy) {
        if (path.isPresent()) {
            problem(line, column, DatasetErrorCode.SQL_MALFORMED, message, remedy);
        } else {
            sound = false;
            var text = "Line " + line + ", column " + column + ": " + message;
            context.problem("/sql/text", DatasetErrorCode.SQL_MALFORMED, text, remedy);
        }
    }

    private void problem(int line, int column, ErrorCode code, String message, String remedy) {
        sound = false;
        context.problemIn(path.orElseThrow(), line, column, code, message, remedy);
    }

    private void problem(String pointer, EsteiraException e) {
        sound = false;
        context.problem(pointer, e.code(), e.explanation(), e.remedy().orElse(""));
    }
}
