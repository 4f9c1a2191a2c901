package dev.esteira.spi;

import dev.esteira.kernel.ErrorCode;
import java.util.Locale;
import java.util.Map;

/** How an attempt ended, when it ended without an error. */
public sealed interface StepResult {

    /** The outputs by name. */
    Map<String, Artifact> outputs();

    /**
     * The step did its work.
     *
     * @param warnings the number of findings that a person should look at
     */
    record Succeeded(Map<String, Artifact> outputs, int warnings) implements StepResult {
        public Succeeded {
            outputs = Map.copyOf(outputs);
        }
    }

    /**
     * The data said no: a check or gate failed. The step fails and is not tried again; its outputs are kept to look at
     * and are not passed on.
     *
     * @param code of what said no, e.g. GATE_FAILED
     * @param message one sentence that names what failed with its figures
     */
    record Refused(ErrorCode code, String message, Map<String, Artifact> outputs) implements StepResult {
        public Refused {
            outputs = Map.copyOf(outputs);
        }

        /** The code as the reason of a run that ends with it, e.g. {@code gateFailed}. */
        public String reason() {
            return reason(code.name());
        }

        /** The same of the name of a code. */
        public static String reason(String code) {
            var words = code.toLowerCase(Locale.ROOT).split("_", -1);
            var reason = new StringBuilder(words[0]);
            for (var index = 1; index < words.length; index++) {
                reason.append(words[index].substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(words[index].substring(1));
            }
            return reason.toString();
        }
    }
}
