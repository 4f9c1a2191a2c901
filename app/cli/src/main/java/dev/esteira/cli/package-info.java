/** The commands, on the client. */
@NullMarked
package dev.esteira.cli;

import org.jspecify.annotations.NullMarked;
