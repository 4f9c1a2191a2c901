/** Tests of the whole product as its users start it. */
@NullMarked
package dev.esteira.endtoend;

import org.jspecify.annotations.NullMarked;
