/**
 * What a plugin compiles against. A step kind, a sink, an artifact store: each enters by the same door, whether it is
 * built in or not. Only the JDK, JSpecify and the kernel are seen from here.
 */
@NullMarked
package dev.esteira.spi;

import org.jspecify.annotations.NullMarked;
