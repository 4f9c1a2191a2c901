/**
 * Conditions in CEL. Names and types are known when the file is submitted; evaluation has a limit, and a figure that
 * does not exist makes the answer undecided instead of an error.
 */
@NullMarked
package dev.esteira.expression;

import org.jspecify.annotations.NullMarked;
