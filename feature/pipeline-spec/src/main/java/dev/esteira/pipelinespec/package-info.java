/** The pipeline file: parse, validate, expressions and plan. Pure. */
@NullMarked
package dev.esteira.pipelinespec;

import org.jspecify.annotations.NullMarked;
