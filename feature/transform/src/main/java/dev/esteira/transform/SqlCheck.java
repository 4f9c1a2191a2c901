package dev.esteira.transform;

import dev.esteira.dataset.DatasetErrorCode;
import dev.esteira.dataset.NamedParameters;
import dev.esteira.dataset.QueryCheck;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Value;
import dev.esteira.spi.CheckContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the SQL of a step before anything runs: that it is one query, that its parameters are bound, and that the tables
 * it reads are inputs of the step. Whether columns fit is found when it runs.
 */
final class SqlCheck {

    private static final Pattern LINE = Pattern.compile("Line (\\d+), column (\\d+): ");

    private final Optional<String> path;
    private final CheckContext context;

    private SqlCheck(Optional<String> path, CheckContext context) {
        this.path = path;
        this.context = context;
    }

    static void check(Value.Fields sql, CheckContext context) {
        var path = sql.text("path");
        var check = new SqlCheck(path, context);
        var text = path.isPresent() ? context.file(path.get()).flatMap(check::read) : sql.text("text");
        text.ifPresent(query -> check.check(query, sql.fields("bind")));
    }

    private Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            problem(1, 1, "The SQL file is not text in UTF-8.", "Save it as UTF-8.");
            return Optional.empty();
        }
    }

    private void check(String sql, Value.Fields bind) {
        try {
            NamedParameters.bind(sql, bind.entries());
        } catch (EsteiraException e) {
            context.problem("/sql", e.code(), e.explanation(), e.remedy().orElse(""));
        }
        try {
            for (var table : QueryCheck.tables(sql)) {
                requireInput(table);
            }
        } catch (EsteiraException e) {
            malformed(e);
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
            context.problemIn(
                    path.get(),
                    Integer.parseInt(place.group(1)),
                    Integer.parseInt(place.group(2)),
                    e.code(),
                    e.explanation().substring(place.end()),
                    e.remedy().orElse(""));
        } else if (path.isPresent()) {
            context.problemIn(
                    path.get(), 1, 1, e.code(), e.explanation(), e.remedy().orElse(""));
        } else {
            context.problem("/sql/text", e.code(), e.explanation(), e.remedy().orElse(""));
        }
    }

    private void problem(int line, int column, String message, String remedy) {
        if (path.isPresent()) {
            context.problemIn(path.get(), line, column, DatasetErrorCode.SQL_MALFORMED, message, remedy);
        } else {
            context.problem(
                    "/sql/text",
                    DatasetErrorCode.SQL_MALFORMED,
                    "Line " + line + ", column " + column + ": " + message,
                    remedy);
        }
    }
}
