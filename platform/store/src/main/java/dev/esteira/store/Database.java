package dev.esteira.store;

import java.nio.file.Path;

/**
 * A database of Esteira. Units of work are atomic, isolated as if they ran one after the other, and durable when
 * {@link #write} returns. Thread-safe; may be called from virtual threads.
 */
public sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {

    /** A database in a file of its own, which one process at a time uses. */
    static Database sqlite(Path file, MigrationChain chain) {
        return new SqliteDatabase(file, chain);
    }

    /** A schema named {@code esteira_<chain>} of a PostgreSQL database, which several processes may share. */
    static Database postgres(PostgresAddress address, MigrationChain chain) {
        return new PostgresDatabase(address, chain);
    }

    /**
     * Connects, and makes or changes the tables when they are not those of this version.
     *
     * @throws dev.esteira.kernel.EsteiraException when it cannot be reached, is newer than this version, or is not
     *     Esteira's
     */
    void start();

    /**
     * Runs a unit and returns when its changes are on disk. Read-your-writes holds for everyone from then on.
     *
     * @throws dev.esteira.kernel.EsteiraException what the unit threw, or why the database could not do it; nothing of
     *     the unit is kept then, except with OUTCOME_UNKNOWN
     * @throws IllegalStateException when called inside a unit
     */
    <T> T write(Unit<T> unit);

    /**
     * Runs a unit that only reads, on one snapshot.
     *
     * @throws dev.esteira.kernel.EsteiraException what the unit threw, or why the database could not do it
     * @throws IllegalStateException when called inside a unit
     */
    <T> T read(Unit<T> unit);

    /** Runs a unit without an answer; see {@link #write}. */
    default void change(Action action) {
        write(tx -> {
            action.in(tx);
            return true;
        });
    }

    /** What differs between the databases. */
    Dialect dialect();

    /** What it has done so far. */
    DatabaseFigures figures();

    /** Finishes the units that wait and disconnects; later units are refused. No error when closed already. */
    @Override
    void close();
}
