package dev.esteira.store;

/** What the tests of the database write. */
final class Probes {

    static final MigrationChain CHAIN = new MigrationChain("probe");

    private Probes() {}

    static Unit<Integer> insert(long id) {
        return tx -> tx.update("INSERT INTO probe (workspace, id, words) VALUES ('default', ?, ?)", id, "w" + id);
    }

    static long count(Database database) {
        return database.read(tx -> tx.whole("SELECT count(*) FROM probe"));
    }
}
