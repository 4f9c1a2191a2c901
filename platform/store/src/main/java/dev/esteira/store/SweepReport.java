package dev.esteira.store;

/**
 * What a sweep of unreachable contents found.
 *
 * @param trees artifacts that nothing reaches
 * @param blobs contents that nothing reaches, counted once for each workspace
 * @param files stored contents that no workspace has
 * @param bytes size of these files
 */
public record SweepReport(long trees, long blobs, long files, long bytes) {}
