package dev.esteira.transform;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetErrorCode;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
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
import java.util.List;
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
    static Optional<Schema> check(Value.Fields step, CheckContext context, DataEngine engine) {
        var check = new SqlCheck(step, context);
        var text = check.path.isPresent()
                ? context.file(check.path.get()).flatMap(check::read)
                : step.fields("sql").text("text");
        text.ifPresent(check::checkText);
        return text.filter(query -> check.sound).flatMap(query -> check.columns(query, engine));
    }

    private Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            problem(1, 1, "The SQL file is not text in UTF-8.", "Save it as UTF-8.");
            return Optional.empty();
        }
    }

    private NamedParameters bound(String sql) {
        return NamedParameters.bind(sql, step.fields("sql").fields("bind").entries());
    }

    private void checkText(String sql) {
        try {
            bound(sql);
        } catch (EsteiraException e) {
            problem("/sql", e);
        }
        try {
            for (var table : QueryCheck.tables(sql)) {
                requireInput(table);
            }
        } catch (EsteiraException e) {
            malformed(e);
        }
    }

    private Optional<Schema> columns(String sql, DataEngine engine) {
        var tables = new LinkedHashMap<String, Schema>();
        context.inputs().forEach((name, input) -> input.schema().ifPresent(columns -> tables.put(name, columns)));
        if (tables.size() < context.inputs().size()) {
            return Optional.empty();
        }
        try (var session = engine.openEmpty(tables)) {
            var bound = bound(sql);
            var options = new DatasetOptions(Roles.of(step), List.of());
            var columns = new DatasetWriter(session).schema(bound.sql(), bound.parameters(), options);
            requireOrder(columns);
            return Optional.of(columns);
        } catch (EsteiraException e) {
            if (e.code() == DatasetErrorCode.ROLE_MALFORMED) {
                problem("/roles", e);
            } else {
                malformed(e);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
