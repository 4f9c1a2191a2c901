package dev.esteira.kernel;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Esteira: a code, one sentence that says what is wrong and where, and what to do about it. Both
 * texts are shown to people as they are, so they hold no secret and no stack trace.
 */
public final class EsteiraException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final String remedy;

    /**
     * @param message what is wrong and where, one sentence
     * @param remedy what to do, one sentence; empty when the message says it already
     */
    public EsteiraException(ErrorCode code, String message, String remedy) {
        this(code, message, remedy, null);
    }

    /** The same with the error that led to it. */
    public EsteiraException(ErrorCode code, String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** What kind of error this is. */
    public ErrorCode code() {
        return code;
    }

    /** What is wrong and where. */
    public String explanation() {
        return Objects.requireNonNull(getMessage());
    }

    /** What to do, when the message does not say it already. */
    public Optional<String> remedy() {
        return remedy.isEmpty() ? Optional.empty() : Optional.of(remedy);
    }
}
