package dev.esteira.dataset;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The document {@code dataset.json}: what the columns of a data set are. */
record DatasetDocument(Schema schema, List<String> orderBy, long rows) {

    static final long FORMAT_VERSION = 1;

    DatasetDocument {
        orderBy = List.copyOf(orderBy);
    }

    static DatasetDocument of(Value.Fields document) {
        var version = document.whole("formatVersion").orElse(0L);
        if (version != FORMAT_VERSION) {
            throw malformed("has the format version " + version + ", not " + FORMAT_VERSION);
        }
        var columns = document.items("columns").stream()
                .map(column -> column(column.asFields().orElse(Value.Fields.EMPTY)))
                .toList();
        var orderBy = document.items("orderBy").stream()
                .flatMap(item -> item.asText().stream())
                .toList();
        var rows = document.whole("rows").orElseThrow(() -> malformed("has no number of rows"));
        return new DatasetDocument(new Schema(columns), orderBy, rows);
    }

    Value.Fields value() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("formatVersion", Value.of(FORMAT_VERSION));
        fields.put("columns", columns(schema));
        fields.put("orderBy", Value.ofTexts(orderBy));
        fields.put("rows", Value.of(rows));
        return Value.ofFields(fields);
    }

    static Value columns(Schema schema) {
        return new Value.Sequence(
                schema.columns().stream().map(DatasetDocument::column).toList());
    }

    static Value.Fields summary(Schema schema, long rows) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("rows", Value.of(rows));
        fields.put("columns", Value.of((long) schema.columns().size()));
        return Value.ofFields(fields);
    }

    private static Value column(Column column) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("name", Value.of(column.name()));
        fields.put("type", Value.of(column.type().text()));
        fields.put("nullable", Value.of(column.nullable()));
        column.role().ifPresent(role -> fields.put("role", Value.of(role.text())));
        return Value.ofFields(fields);
    }

    private static Column column(Value.Fields fields) {
        var name = fields.text("name").orElseThrow(() -> malformed("has a column without a name"));
        var type = fields.text("type")
                .flatMap(LogicalType::of)
                .orElseThrow(() -> malformed("has a column '" + name + "' without a known type"));
        Optional<Role> role = fields.text("role")
                .map(text -> Role.of(text).orElseThrow(() -> malformed("has an unknown role '" + text + "'")));
        return new Column(name, type, fields.flag("nullable").orElse(true), role);
    }

    private static EsteiraException malformed(String what) {
        return new EsteiraException(
                DatasetErrorCode.DATASET_MALFORMED,
                "The description of a data set " + what + ".",
                "Make the data set again with this version.");
    }
}
