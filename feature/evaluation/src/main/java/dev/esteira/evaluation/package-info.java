/** Resampling, slices, comparison and gates. */
@NullMarked
package dev.esteira.evaluation;

import org.jspecify.annotations.NullMarked;
