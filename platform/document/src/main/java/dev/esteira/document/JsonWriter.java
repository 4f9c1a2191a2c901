package dev.esteira.document;

import dev.esteira.kernel.Value;
import java.util.List;

/** Writes a value as JSON in the order of its fields. */
final class JsonWriter {

    private final StringBuilder out;
    private final boolean pretty;

    JsonWriter(StringBuilder out, boolean pretty) {
        this.out = out;
        this.pretty = pretty;
    }

    void write(Value value, int depth) {
        switch (value) {
            case Value.Text(var text) -> text(text);
            case Value.Whole(var whole) -> out.append(whole);
            case Value.Real(var real) -> out.append(Json.number(real));
            case Value.Flag(var flag) -> out.append(flag);
            case Value.Nothing nothing -> out.append("null");
            case Value.Sequence(var items) -> items(items, depth);
            case Value.Fields fields -> fields(fields, depth);
        }
    }

    private void items(List<Value> items, int depth) {
        if (items.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (var index = 0; index < items.size(); index++) {
            separate(index, depth + 1);
            write(items.get(index), depth + 1);
        }
        newLine(depth);
        out.append(']');
    }

    private void fields(Value.Fields fields, int depth) {
        if (fields.entries().isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{');
        var index = 0;
        for (var entry : fields.entries().entrySet()) {
            separate(index++, depth + 1);
            text(entry.getKey());
            out.append(pretty ? ": " : ":");
            write(entry.getValue(), depth + 1);
        }
        newLine(depth);
        out.append('}');
    }

    private void separate(int index, int depth) {
        if (index > 0) {
            out.append(',');
        }
        newLine(depth);
    }

    private void newLine(int depth) {
        if (pretty) {
            out.append('\n').repeat(' ', 2 * depth);
        }
    }

    private void text(String text) {
        out.append('"');
        for (var index = 0; index < text.length(); index++) {
            character(text.charAt(index));
        }
        out.append('"');
    }

    private void character(char character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (character < ' ') {
                    out.append("\\u%04x".formatted((int) character));
                } else {
                    out.append(character);
                }
            }
        }
    }
}
