package dev.esteira.kernel;

/**
 * A stable name for one kind of error, implemented by one enum per module. Names are unique in the whole product,
 * documented in the generated reference and never used again for something else.
 */
public interface ErrorCode {

    /** The stable name in upper snake case, e.g. {@code UNKNOWN_FIELD}. */
    String name();

    /** Who has to act. */
    FaultOwner owner();

    /** The HTTP status of an answer with this code, 400 to 599. */
    int status();

    /** One sentence for the reference: when this happens and what to do. */
    String description();
}
