package dev.esteira.access;

import dev.esteira.http.Access;
import dev.esteira.http.Caller;
import dev.esteira.http.Guard;
import dev.esteira.http.HttpErrorCode;
import dev.esteira.http.Request;
import dev.esteira.kernel.EsteiraException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * The guard of a server inside somebody's command: only who can read the owner's data directory, and the token in it, is
 * the owner. Other users of the machine can reach the port and are refused.
 */
public final class TokenGuard implements Guard {

    private static final String SCHEME = "bearer ";

    private final byte[] token;

    /** @param token as in the data directory, at least 32 characters */
    public TokenGuard(String token) {
        if (token.length() < 32) {
            throw new IllegalArgumentException("A token has at least 32 characters");
        }
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Caller admit(Request request, Access access) {
        if (access == Access.OPEN) {
            return Caller.ANONYMOUS;
        }
        var header = request.header("Authorization").orElse("");
        var given = header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? header.substring(SCHEME.length()).strip()
                : "";
        // Compared in a time that tells nothing about where the two differ.
        if (!MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8))) {
            throw new EsteiraException(
                    HttpErrorCode.UNAUTHENTICATED,
                    "The request does not carry the token of this server.",
                    "Send the token in the data directory's file 'token' as Authorization: Bearer.");
        }
        return Principal.LOCAL_OWNER.caller();
    }
}
