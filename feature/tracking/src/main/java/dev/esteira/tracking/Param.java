package dev.esteira.tracking;

/** A setting of a run; written once. */
public record Param(String key, String value) {}
