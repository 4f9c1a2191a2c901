/** Trainers, environments and tuning. */
@NullMarked
package dev.esteira.training;

import org.jspecify.annotations.NullMarked;
