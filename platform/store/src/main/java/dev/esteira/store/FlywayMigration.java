package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
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
            throw new EsteiraException(
                    StoreErrorCode.DATABASE_FAILED,
                    "The tables of the " + chain.name() + " database could not be made: " + e.getMessage(),
                    "Restore the database from a backup and report this with the log.",
                    e);
        }
    }
}
