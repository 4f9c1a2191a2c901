package dev.esteira.store;

/**
 * What a database has done since its start, for metrics and tests.
 *
 * @param units units that were written successfully
 * @param commits commits of writing transactions; fewer than units where several shared one
 * @param failures units that were rolled back for good
 * @param repeats runs of a unit beyond its first
 * @param reads units that were read successfully
 */
public record DatabaseFigures(long units, long commits, long failures, long repeats, long reads) {}
