/**
 * Whether data can be trusted: the registry of checks, one scan that measures for all of them, verdicts with what was
 * seen and what was expected, rows taken into quarantine, and the history of every figure.
 */
@NullMarked
package dev.esteira.quality;

import org.jspecify.annotations.NullMarked;
