/** The composition root: the only place that sees every module. */
@NullMarked
package dev.esteira.server;

import org.jspecify.annotations.NullMarked;
