/** Experiments, runs, metrics, artifacts and logged models over the MLflow protocol. */
@NullMarked
package dev.esteira.tracking;

import org.jspecify.annotations.NullMarked;
