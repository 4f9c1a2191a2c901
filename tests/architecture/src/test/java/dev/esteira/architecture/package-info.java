/** Rules about the code itself. */
@NullMarked
package dev.esteira.architecture;

import org.jspecify.annotations.NullMarked;
