/** Registered models, versions, aliases and lineage over the MLflow protocol. */
@NullMarked
package dev.esteira.registry;

import org.jspecify.annotations.NullMarked;
