package dev.esteira.http;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;

/**
 * What makes a POST safe to send again. Whoever creates something stores both parts with it in the same transaction, and
 * answers a second request with the first one's result.
 *
 * @param value 1 to 200 visible ASCII characters, chosen by the caller
 * @param request digest over method, path and body, to tell a repetition from a mistake
 */
public record IdempotencyKey(String value, Digest request) {

    /**
     * Checks that what was stored under this key came from the same request.
     *
     * @throws EsteiraException IDEMPOTENCY_KEY_REUSED
     */
    public void requireSameRequest(Digest stored) {
        if (!stored.equals(request)) {
            throw new EsteiraException(
                    HttpErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "The Idempotency-Key '" + value + "' was used before with another request.",
                    "Send a new key with a new request.");
        }
    }
}
