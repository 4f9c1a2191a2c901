package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever units succeed and fail in whatever order, the rows are those of the units that succeeded. */
class UnitSequencesTest {

    enum Deed {
        INSERT,
        INSERT_AND_FAIL,
        INSERT_AND_BREAK_THE_STATEMENT,
        DELETE,
        REOPEN
    }

    record Step(Deed deed, long id) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Deed.class), Arbitraries.longs().between(0, 5))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 25)
    void theRowsAreThoseOfTheUnitsThatSucceeded(@ForAll("steps") List<Step> steps) throws IOException {
        var folder = Files.createTempDirectory("units");
        var model = new TreeSet<Long>();
        var database = open(folder);
        try {
            for (var step : steps) {
                if (step.deed() == Deed.REOPEN) {
                    database.close();
                    database = open(folder);
                }
                if (succeeds(database, step)) {
                    change(model, step);
                }
                var rows = database.read(tx -> tx.query("SELECT id FROM probe ORDER BY id", row -> row.whole("id")));
                assertThat(rows).containsExactlyElementsOf(model);
            }
        } finally {
            database.close();
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Database open(Path folder) {
        var database = Database.sqlite(folder.resolve("probe.db"), Probes.CHAIN);
        database.start();
        return database;
    }

    private static boolean succeeds(Database database, Step step) {
        try {
            database.change(tx -> {
                switch (step.deed()) {
                    case INSERT -> Probes.insert(step.id()).in(tx);
                    case INSERT_AND_FAIL -> {
                        Probes.insert(step.id() + 100).in(tx);
                        throw new IllegalStateException("on purpose");
                    }
                    case INSERT_AND_BREAK_THE_STATEMENT -> {
                        Probes.insert(step.id() + 100).in(tx);
                        tx.update("INSERT INTO nowhere VALUES (1)");
                    }
                    case DELETE -> tx.update("DELETE FROM probe WHERE id = ?", step.id());
                    case REOPEN -> tx.exists("SELECT 1 FROM probe");
                }
            });
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void change(Set<Long> model, Step step) {
        switch (step.deed()) {
            case INSERT ->
                assertThat(model.add(step.id())).as("a key is taken once").isTrue();
            case DELETE -> model.remove(step.id());
            case INSERT_AND_FAIL, INSERT_AND_BREAK_THE_STATEMENT ->
                throw new AssertionError("a unit that failed was kept");
            case REOPEN -> assertThat(model).doesNotContainNull();
        }
    }
}
