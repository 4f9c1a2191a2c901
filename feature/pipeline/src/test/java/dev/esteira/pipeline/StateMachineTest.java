package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StateMachineTest {

    @Test
    void nothingLeavesAnEnd() {
        assertThat(StateMachine.RUN.rules()).noneMatch(rule -> rule.from().ended());
        assertThat(StateMachine.STEP.rules()).noneMatch(rule -> rule.from().ended());
        assertThat(StateMachine.ATTEMPT.rules()).noneMatch(rule -> rule.from().ended());
    }

    @Test
    void everyStateIsReachedAndLeft() {
        for (var state : StepState.values()) {
            assertThat(StateMachine.STEP.rules().stream().anyMatch(rule -> rule.to() == state))
                    .as("into %s", state)
                    .isEqualTo(state != StepState.PENDING);
            assertThat(StateMachine.STEP.rules().stream().anyMatch(rule -> rule.from() == state))
                    .as("out of %s", state)
                    .isEqualTo(!state.ended());
        }
    }

    @Test
    void theSpecificationShowsThisTable() throws Exception {
        var document =
                """
                # State machines of a pipeline run

                Made from the transition tables of the engine by its tests; a change of the tables without this page fails.
                A state that is an end never changes: resuming makes a new run. Every transition is one event.

                ## Run

                %s
                ## Step

                %s
                ## Attempt

                %s""".formatted(diagram(StateMachine.RUN), diagram(StateMachine.STEP), diagram(StateMachine.ATTEMPT));
        var page = Path.of(System.getProperty("esteira.root"), "docs", "spec", "state-machine.md");
        if (Boolean.getBoolean("esteira.write")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, document);
        }
        assertThat(Files.readString(page, StandardCharsets.UTF_8)).isEqualTo(document);
    }

    private static <S extends Enum<S>> String diagram(StateMachine<S> machine) {
        var out = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        machine.rules()
                .forEach(rule -> out.append("    ")
                        .append(rule.from())
                        .append(" --> ")
                        .append(rule.to())
                        .append(": ")
                        .append(rule.trigger())
                        .append('\n'));
        return out.append("```\n").toString();
    }
}
