package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Brings a database to the tables of this version. Looks first, cheaply, and loads the migration library only when
 * there is something to do.
 */
final class Migrations {

    private static final String HISTORY = "flyway_schema_history";
    private static final Pattern SCRIPT = Pattern.compile("V(\\d{4})__[a-z0-9_]+\\.sql");

    private final MigrationChain chain;
    private final Dialect dialect;

    Migrations(MigrationChain chain, Dialect dialect) {
        this.chain = chain;
        this.dialect = dialect;
    }

    /**
     * Brings the database up to date.
     *
     * @param connection to look with
     * @param source for the library, when it is needed
     */
    void bring(Connection connection, DataSource source) throws SQLException {
        var known = known();
        var applied = applied(connection);
        if (applied.isEmpty() || !applied.get().containsAll(known)) {
            FlywayMigration.run(chain, dialect, source);
        }
    }

    /** The numbers that this version knows. */
    Set<Integer> known() {
        var numbers = new TreeSet<Integer>();
        try {
            var loader = Migrations.class.getClassLoader();
            for (var folder : Collections.list(loader.getResources(chain.location()))) {
                files(folder).forEach(name -> add(name, numbers));
            }
        } catch (IOException e) {
            throw new EsteiraException(
                    StoreErrorCode.DATABASE_FAILED,
                    "The migration scripts of this version cannot be read.",
                    "Install Esteira again.",
                    e);
        }
        return numbers;
    }

    private void add(String name, Set<Integer> numbers) {
        var matcher = SCRIPT.matcher(name);
        if (!matcher.matches() || !numbers.add(Integer.parseInt(matcher.group(1)))) {
            throw new IllegalStateException("The migration script " + chain.location() + "/" + name
                    + " has a number that is used twice, or is not named like V0012__words.sql");
        }
    }

    private Stream<String> files(URL folder) throws IOException {
        if (folder.getProtocol().equals("file")) {
            var names = new File(URI.create(folder.toString())).list();
            return names == null ? Stream.empty() : Stream.of(names);
        }
        var prefix = chain.location() + "/";
        var jar = ((JarURLConnection) folder.openConnection()).getJarFile();
        return jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
                .map(name -> name.substring(prefix.length()));
    }

    /** The numbers that the database has seen; empty when it has no table at all. */
    private Optional<Set<Integer>> applied(Connection connection) throws SQLException {
        var tables = dialect.tables(connection);
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        if (!tables.contains(HISTORY)) {
            throw new EsteiraException(
                    StoreErrorCode.DATABASE_FOREIGN,
                    "The " + chain.name() + " database holds tables that are not Esteira's, such as '"
                            + tables.getFirst() + "'.",
                    "Name an empty database or data directory.");
        }
        var applied = new TreeSet<Integer>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT version FROM " + HISTORY + " WHERE version IS NOT NULL")) {
            while (rows.next()) {
                applied.add(Integer.parseInt(rows.getString(1)));
            }
        }
        refuseNewer(applied);
        return Optional.of(applied);
    }

    private void refuseNewer(Set<Integer> applied) {
        var unknown = new TreeSet<>(applied);
        unknown.removeAll(known());
        if (!unknown.isEmpty()) {
            throw new EsteiraException(
                    StoreErrorCode.DATABASE_NEWER,
                    "The " + chain.name() + " database was changed by a newer version of Esteira (step "
                            + unknown.last() + ").",
                    "Start the newer version, or restore a backup from before it.");
        }
    }
}
