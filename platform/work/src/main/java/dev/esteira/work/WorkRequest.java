package dev.esteira.work;

import dev.esteira.kernel.Limit;
import dev.esteira.kernel.WorkspaceName;
import java.time.Instant;
import java.util.Optional;

/**
 * Work to be done.
 *
 * @param kind the name of a {@link WorkKind}
 * @param id a second request with the same id is ignored while the first is not done; empty for one of its own
 * @param payload up to 16 KiB of text that the kind understands, e.g. JSON
 * @param orderKey work of one kind with the same key is done one after the other, in the order of submission
 * @param due not before this moment
 */
public record WorkRequest(
        WorkspaceName workspace,
        String kind,
        Optional<String> id,
        String payload,
        Optional<String> orderKey,
        Instant due) {

    /** The longest payload in characters. */
    @Limit(value = "The payload of background work.", unit = "characters")
    public static final int PAYLOAD_MAX = 16 << 10;

    public WorkRequest {
        if (payload.length() > PAYLOAD_MAX) {
            throw new IllegalArgumentException("A payload of " + payload.length() + " characters belongs in a blob");
        }
    }

    /** Work that is due at once. */
    public static WorkRequest now(WorkspaceName workspace, String kind, String payload) {
        return new WorkRequest(workspace, kind, Optional.empty(), payload, Optional.empty(), Instant.EPOCH);
    }

    /** A timer: work with a name, due at a moment. */
    public static WorkRequest timer(WorkspaceName workspace, String kind, String id, Instant due) {
        return new WorkRequest(workspace, kind, Optional.of(id), "", Optional.empty(), due);
    }

    /** The same, done in turn with others of that key. */
    public WorkRequest inOrderOf(String key) {
        return new WorkRequest(workspace, kind, id, payload, Optional.of(key), due);
    }
}
