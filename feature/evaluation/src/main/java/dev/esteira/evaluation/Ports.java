package dev.esteira.evaluation;

import dev.esteira.kernel.NearestName;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.CheckContext;
import java.util.Collection;
import java.util.Map;

/** Checks the inputs of a step against those that its kind takes. */
final class Ports {

    private Ports() {}

    /** Reports inputs that are missing, of another type, or unknown. */
    static void check(Map<String, ArtifactType> wanted, CheckContext context) {
        wanted.forEach((name, type) -> {
            var input = context.inputs().get(name);
            if (input == null) {
                context.problem(
                        "",
                        EvaluationErrorCode.EVALUATION_INPUT_MISSING,
                        "The step has no input '" + name + "'.",
                        "Add a " + type.text() + " under 'inputs'.");
            } else if (input.type() != type) {
                context.problem(
                        "/inputs/" + name,
                        EvaluationErrorCode.EVALUATION_INPUT_MISSING,
                        "The input '" + name + "' is a " + input.type().text() + ", not a " + type.text() + ".",
                        "");
            }
        });
        for (var name : context.inputs().keySet()) {
            if (!wanted.containsKey(name)) {
                context.problem(
                        "/inputs/" + name,
                        EvaluationErrorCode.EVALUATION_INPUT_MISSING,
                        "The step does not take an input '" + name + "'.",
                        nearest(name, wanted.keySet()));
            }
        }
    }

    static String nearest(String name, Collection<String> known) {
        return NearestName.of(name, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("There are " + String.join(", ", known.stream().sorted().toList()) + ".");
    }
}
