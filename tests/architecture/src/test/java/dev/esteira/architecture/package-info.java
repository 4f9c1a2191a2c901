/** Rules about the code itself; each is shown to fail on a small house that breaks it. */
@NullMarked
package dev.esteira.architecture;

import org.jspecify.annotations.NullMarked;
