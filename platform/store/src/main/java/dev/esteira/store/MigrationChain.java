package dev.esteira.store;

import java.util.regex.Pattern;

/**
 * The scripts that make and change the tables of one database, in their order: every file
 * {@code db/<name>/V<number>__<words>.sql} of every module on the class path. A number is used once in a chain and a
 * released script never changes.
 *
 * <p>Scripts are the same for both databases; where the types differ they say {@code ${blob}} (bytes), {@code ${text}}
 * (text in the order of its code points), {@code ${identity}} (a whole number that counts up, primary key) and
 * {@code ${clustered}} after a table's closing parenthesis (rows lie in the order of the primary key). BIGINT, SMALLINT
 * and DOUBLE PRECISION mean the same on both.
 *
 * @param name lower-case letters
 */
public record MigrationChain(String name) {

    private static final Pattern FORM = Pattern.compile("[a-z]{1,40}");

    /** Engine, data sets, registry, access, work. */
    public static final MigrationChain MAIN = new MigrationChain("main");

    /** Experiments, runs, metrics, params, tags. */
    public static final MigrationChain TRACKING = new MigrationChain("tracking");

    public MigrationChain {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("The name of a chain is lower-case letters, not '" + name + "'");
        }
    }

    /** The folder on the class path. */
    String location() {
        return "db/" + name;
    }
}
