package dev.esteira.pipelinespec;

/** An output of a step, written {@code ${{ steps.STEP.outputs.OUTPUT }}}. */
public record OutputReference(String step, String output) {}
