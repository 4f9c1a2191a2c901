/**
 * Whether a model is good: its figures on rows that it has never seen, with intervals and by slice, beside a constant
 * prediction and beside the champion, and the gate that decides.
 */
@NullMarked
package dev.esteira.evaluation;

import org.jspecify.annotations.NullMarked;
