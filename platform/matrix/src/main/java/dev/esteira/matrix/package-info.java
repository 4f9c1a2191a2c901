/** Dense matrices of 32-bit floats in files: how rows reach a process that learns or predicts, and how scores come back. */
@NullMarked
package dev.esteira.matrix;

import org.jspecify.annotations.NullMarked;
