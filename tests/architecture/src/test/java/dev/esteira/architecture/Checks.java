package dev.esteira.architecture;

import dev.esteira.quality.CheckKind;
import dev.esteira.quality.CheckRegistry;
import dev.esteira.spi.Shape;
import java.util.Comparator;
import java.util.List;

/** Every kind of check that comes with the product. */
final class Checks {

    private static final String INTRODUCTION = "What a contract or a `validate` step can ask of data.";

    private Checks() {}

    static Reference reference() {
        return new Reference("checks", Checks::page);
    }

    private static String page() {
        var text = new StringBuilder(Reference.NOTE + "# Checks\n\n" + INTRODUCTION + "\n");
        text.append("\n## Every check\n\n").append(table(CheckRegistry.common()));
        CheckRegistry.builtIn().kinds().stream()
                .sorted(Comparator.comparing(CheckKind::name))
                .forEach(kind -> append(kind, text));
        return text.toString();
    }

    private static void append(CheckKind kind, StringBuilder text) {
        text.append("\n## ")
                .append(kind.name())
                .append("\n\n")
                .append(kind.documentation())
                .append('\n');
        var own = CheckRegistry.shape(kind).fields().stream()
                .filter(field -> !CheckRegistry.common().contains(field))
                .sorted(Comparator.comparing(field -> !kind.parameters().contains(field)))
                .toList();
        if (!own.isEmpty()) {
            text.append('\n').append(table(own));
        }
    }

    private static String table(List<Shape.Field> fields) {
        var rows = fields.stream()
                .map(field -> List.of(
                        "`" + field.name() + "`", field.required() ? "required" : "optional", field.documentation()))
                .toList();
        return Reference.table(List.of("Field", "", "What"), rows);
    }
}
