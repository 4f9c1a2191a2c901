/** The child process that trains a model. */
@NullMarked
package dev.esteira.trainer;

import org.jspecify.annotations.NullMarked;
