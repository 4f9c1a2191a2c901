package dev.esteira.tracking;

/** A run and its number inside the database. */
record RunRow(long number, RunInfo info) {}
