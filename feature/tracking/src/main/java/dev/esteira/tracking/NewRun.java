package dev.esteira.tracking;

import java.time.Instant;
import java.util.List;

/**
 * A run that a step of this server begins.
 *
 * @param experimentName made when there is none of that name
 * @param runId chosen by the caller, so that a repeated call is the same run: 32 lower-case hexadecimal digits
 * @param userId who or what runs it
 */
public record NewRun(String experimentName, String runId, String name, String userId, List<Tag> tags, Instant start) {

    public NewRun {
        tags = List.copyOf(tags);
    }
}
