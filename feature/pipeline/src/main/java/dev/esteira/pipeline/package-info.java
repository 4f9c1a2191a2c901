/** The engine, its cache and its triggers. It knows no step kind. */
@NullMarked
package dev.esteira.pipeline;

import org.jspecify.annotations.NullMarked;
