/**
 * The pipeline file: read, checked and turned into the graph that the engine walks. No input or output happens here
 * but that of the kinds' own checks. Every problem of a file is found in one go, with file, line and column.
 */
@NullMarked
package dev.esteira.pipelinespec;

import org.jspecify.annotations.NullMarked;
