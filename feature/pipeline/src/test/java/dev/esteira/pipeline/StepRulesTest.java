package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepRulesTest {

    @Test
    void waitsUntilAllBeforeItHaveEnded() {
        assertThat(StepRules.next(List.of(before(StepRules.Edge.DATA, StepState.RUNNING))))
                .isEmpty();
    }

    @Test
    void aSkippedInputSkipsAndASkippedOrderDoesNot() {
        assertThat(next(StepRules.Edge.DATA, StepState.SKIPPED)).isEqualTo(StepState.SKIPPED);
        assertThat(next(StepRules.Edge.OPTIONAL, StepState.SKIPPED)).isEqualTo(StepState.READY);
        assertThat(next(StepRules.Edge.CONTROL, StepState.SKIPPED)).isEqualTo(StepState.READY);
    }

    @Test
    void aFailureBeforeItIsNamed() {
        var next = StepRules.next(List.of(before(StepRules.Edge.CONTROL, StepState.FAILED)))
                .orElseThrow();
        assertThat(next.state()).isEqualTo(StepState.UPSTREAM_FAILED);
        assertThat(next.because()).contains("a");
    }

    @Test
    void pausesGrowUpToTheLongestAndEnd() {
        var policy = new RetryPolicy(4, List.of("infra"), Duration.ofSeconds(1), 3, Duration.ofSeconds(5), 0);
        assertThat(policy.pause(Cause.INFRA, 1, "x")).contains(Duration.ofSeconds(1));
        assertThat(policy.pause(Cause.INFRA, 2, "x")).contains(Duration.ofSeconds(3));
        assertThat(policy.pause(Cause.INFRA, 3, "x")).contains(Duration.ofSeconds(5));
        assertThat(policy.pause(Cause.INFRA, 4, "x")).isEmpty();
        assertThat(policy.pause(Cause.USER, 1, "x")).isEmpty();
    }

    @Test
    void aRefusalIsNeverTriedAgain() {
        var policy = new RetryPolicy(9, List.of("refused"), Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0);
        assertThat(policy.pause(Cause.REFUSED, 1, "x")).isEmpty();
    }

    @Test
    void theShellsTimesAreRead() {
        assertThat(Shim.processor("0m0.01s 0m0.00s\n1m2.50s 0m0.25s\n")).contains(Duration.ofMillis(62_750));
        assertThat(Shim.processor("nothing")).isEmpty();
    }

    private static StepState next(StepRules.Edge edge, StepState state) {
        return StepRules.next(List.of(before(edge, state))).orElseThrow().state();
    }

    private static StepRules.Before before(StepRules.Edge edge, StepState state) {
        return new StepRules.Before("a", edge, state);
    }
}
