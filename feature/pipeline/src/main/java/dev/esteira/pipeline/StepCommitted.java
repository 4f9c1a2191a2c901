package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;

/**
 * The message that the result of a step counts, published in the transaction that makes it so, to the topic
 * {@link #TOPIC}. Only steps that ran and whose attempt noted something about itself are told: what nobody noted, nobody
 * waits for. Messages of one run keep their order.
 *
 * @param run id of the pipeline run
 * @param attempt id of the attempt whose result counts
 */
public record StepCommitted(String run, String step, String attempt) {

    /** The topic of these messages. */
    public static final String TOPIC = "StepCommitted";

    /** The message as text. */
    String payload() {
        return Json.text(Value.Fields.EMPTY
                .with("run", Value.of(run))
                .with("step", Value.of(step))
                .with("attempt", Value.of(attempt)));
    }

    /** Reads the text of a message. */
    public static StepCommitted parse(String payload) {
        var fields = Json.parseFields(payload);
        return new StepCommitted(
                fields.text("run").orElseThrow(),
                fields.text("step").orElseThrow(),
                fields.text("attempt").orElseThrow());
    }
}
