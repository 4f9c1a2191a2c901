/**
 * Learning a model from data sets: the step kind {@code train}, the trainers it knows, and the model directory that
 * every later part reads.
 */
@NullMarked
package dev.esteira.training;

import org.jspecify.annotations.NullMarked;
