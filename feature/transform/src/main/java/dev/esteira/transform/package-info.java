/**
 * Transforms that are data, not code: an operation is fitted on the training rows and becomes a typed expression tree
 * with its constants inside. The same tree is rendered to SQL for many rows and evaluated in the JVM for the rows that
 * are served, with the semantics of {@code docs/spec/transform.md}.
 */
@NullMarked
package dev.esteira.transform;

import org.jspecify.annotations.NullMarked;
