package dev.esteira.spi;

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
     * @param reason a word for machines, e.g. {@code gateFailed}, {@code checkFailed}
     * @param message one sentence that names what failed with its figures
     */
    record Refused(String reason, String message, Map<String, Artifact> outputs) implements StepResult {
        public Refused {
            outputs = Map.copyOf(outputs);
        }
    }
}
