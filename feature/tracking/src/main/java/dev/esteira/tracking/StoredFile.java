package dev.esteira.tracking;

import dev.esteira.kernel.Digest;

/**
 * A file of a run, logged model or registered version.
 *
 * @param path with forward slashes, below what it was asked for
 * @param size in bytes
 */
public record StoredFile(String path, Digest digest, long size) {}
