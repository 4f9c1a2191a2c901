package dev.esteira.architecture;

import dev.esteira.quality.CheckKind;
import dev.esteira.quality.CheckRegistry;
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
        if (kind.parameters().isEmpty()) {
            return;
        }
        var rows = kind.parameters().stream()
                .map(field -> List.of(
                        "`" + field.name() + "`", field.required() ? "required" : "optional", field.documentation()))
                .toList();
        text.append('\n').append(Reference.table(List.of("Field", "", "What"), rows));
    }
}
