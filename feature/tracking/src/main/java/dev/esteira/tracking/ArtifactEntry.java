package dev.esteira.tracking;

import java.util.Optional;

/**
 * What a folder shows of one file or folder in it.
 *
 * @param name the last segment of its path
 * @param size in bytes, empty for a folder
 */
public record ArtifactEntry(String name, Optional<Long> size) {}
