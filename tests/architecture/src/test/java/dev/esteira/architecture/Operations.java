package dev.esteira.architecture;

import dev.esteira.spi.Shape;
import dev.esteira.transform.OperationCatalogue;

/** Every operation of a transform, with its fields. */
final class Operations {

    private static final String INTRODUCTION = "What a `transform` step can list under `ops`. An operation is fitted on"
            + " the training rows and applied to every input; lists of columns may hold patterns with `*`.";

    private Operations() {}

    static Reference reference() {
        return new Reference("operations", Operations::page);
    }

    private static String page() {
        var text = new StringBuilder(Reference.NOTE + "# Operations of transforms\n\n" + INTRODUCTION + "\n");
        for (var entry : OperationCatalogue.entries()) {
            text.append("\n## ").append(entry.name()).append("\n\n");
            text.append(entry.documentation()).append('\n');
            if (entry.shape() instanceof Shape.Group group) {
                text.append('\n').append(Shapes.table(group));
            }
        }
        return text.toString();
    }
}
