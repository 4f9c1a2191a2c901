package dev.esteira.registry;

import java.time.Instant;

/**
 * A registered model.
 *
 * @param lastVersion the highest number that was given out, 0 before the first
 */
public record RegisteredModel(ModelName name, String description, long lastVersion, Instant created, Instant changed) {}
