package dev.esteira.pipelinespec;

import java.time.Duration;
import java.util.Optional;

/**
 * How the engine treats a step.
 *
 * @param timeout of one attempt; empty for none
 */
public record StepPolicy(RetrySpec retry, Optional<Duration> timeout, CacheSpec cache) {}
