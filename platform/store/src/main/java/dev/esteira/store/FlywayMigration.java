package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The only user of the migration library, so that it is loaded only when a script has to run. */
final class FlywayMigration {

    private FlywayMigration() {}

    /** Runs the scripts that have not run yet. Numbers are given out in ranges, so an old range may grow later. */
    static void run(MigrationChain chain, Dialect dialect, DataSource source) {
        try {
            Flyway.configure(FlywayMigration.class.getClassLoader())
                    .loggers("slf4j")
                    .dataSource(source)
                    .locations("classpath:" + chain.location())
                    .placeholders(dialect.types())
                    .outOfOrder(true)
                    .ignoreMigrationPatterns("*:missing")
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw explained(e, chain, dialect);
        }
    }

    /** A full disk or a lost database is called that, and not a script that failed. */
    private static EsteiraException explained(FlywayException error, MigrationChain chain, Dialect dialect) {
        var cause = Stream.iterate((Throwable) error, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst()
                .map(dialect::explain)
                .filter(known -> known.code() != StoreErrorCode.DATABASE_FAILED);
        return cause.orElseGet(() -> new EsteiraException(
                StoreErrorCode.DATABASE_FAILED,
                "The tables of the " + chain.name() + " database could not be made: " + error.getMessage(),
                "Restore the database from a backup and report this with the log.",
                error));
    }
}
