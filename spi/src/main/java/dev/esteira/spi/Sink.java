package dev.esteira.spi;

/**
 * Writes what an artifact means to a feature's own tables, in the very transaction that makes the step succeed: no
 * registered version without its step, no step without its version.
 */
public interface Sink {

    /** The type of artifacts that this sink takes. */
    ArtifactType type();

    /**
     * Writes rows. Called once for each output of that type of a step that succeeds, also when the value came from the
     * cache. Does no other input or output, and is called again when the transaction is tried again.
     *
     * @throws dev.esteira.kernel.EsteiraException when the step must fail instead; nothing is written then
     */
    void commit(Tx tx, Commit commit);
}
