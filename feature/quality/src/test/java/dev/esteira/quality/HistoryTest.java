package dev.esteira.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.store.Database;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures that checks leave with the commit of their step. */
class HistoryTest {

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private Database database;

    @BeforeEach
    void start() {
        database = Database.sqlite(folder.resolve("main.db"), MigrationChain.MAIN);
        database.start();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void everyCheckOfEveryRunLeavesItsFigureInOrder() throws Exception {
        commit("run1", report(100));
        clock.advance(Duration.ofDays(1));
        commit("run2", report(120));

        assertThat(rows("volume"))
                .containsExactly("run1 data tbl.row_count warn pass 100.0", "run2 data tbl.row_count warn pass 120.0");
        assertThat(rows("complete"))
                .containsExactly("run1 data col.not_null error pass 1.0", "run2 data col.not_null error pass 1.0");
    }

    @Test
    void theSameCommitTwiceLeavesOneFigure() throws Exception {
        commit("run1", report(100));
        commit("run1", report(100));

        assertThat(rows("volume")).hasSize(1);
    }

    @Test
    void aCommitThatIsUndoneLeavesNothing() throws Exception {
        var artifact = artifact(report(100));
        try {
            database.write(tx -> {
                new CheckReportSink().commit(tx, commitOf("run1", artifact));
                throw new IllegalStateException("the step's own rows were refused");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("refused");
        }

        assertThat(rows("volume")).isEmpty();
    }

    @Test
    void theNewestAreListedFirstPageByPage() throws Exception {
        for (var run = 1; run <= 4; run++) {
            commit("run" + run, report(100 + run));
            clock.advance(run == 2 ? Duration.ZERO : Duration.ofDays(1));
        }
        var history = new CheckHistory(database);
        for (var size = 1; size <= 9; size++) {
            var listed = new ArrayList<String>();
            var after = Optional.<CheckResult.Place>empty();
            for (var page = page(history, after, size); !page.isEmpty(); page = page(history, after, size)) {
                page.forEach(
                        one -> listed.add(one.place().run() + " " + one.place().check()));
                after = Optional.of(page.getLast().place());
            }
            assertThat(listed)
                    .containsExactly(
                            "run4 volume",
                            "run4 complete",
                            "run3 volume",
                            "run3 complete",
                            "run2 volume",
                            "run2 complete",
                            "run1 volume",
                            "run1 complete");
        }
    }

    @Test
    void oneCheckIsChosenByStepAndId() throws Exception {
        commit("run1", report(100));
        var history = new CheckHistory(database);

        var chosen = history.list(
                WorkspaceName.DEFAULT,
                "pipeline",
                Optional.of("contract"),
                Optional.of("volume"),
                Optional.empty(),
                10);

        assertThat(chosen).singleElement().satisfies(one -> {
            assertThat(one.value()).contains(100.0);
            assertThat(one.verdict()).isEqualTo("pass");
            assertThat(one.cached()).isFalse();
        });
        assertThat(history.list(
                        WorkspaceName.DEFAULT, "other", Optional.empty(), Optional.empty(), Optional.empty(), 10))
                .isEmpty();
        assertThat(history.list(
                        new WorkspaceName("other"),
                        "pipeline",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        10))
                .isEmpty();
    }

    private static List<CheckResult> page(CheckHistory history, Optional<CheckResult.Place> after, int size) {
        return history.list(WorkspaceName.DEFAULT, "pipeline", Optional.empty(), Optional.empty(), after, size);
    }

    private void commit(String run, CheckReport report) throws Exception {
        var artifact = artifact(report);
        database.write(tx -> {
            new CheckReportSink().commit(tx, commitOf(run, artifact));
            return true;
        });
    }

    private Commit commitOf(String run, Artifact artifact) {
        return new Commit(
                WorkspaceName.DEFAULT,
                "pipeline",
                run,
                "contract",
                "report",
                artifact,
                Map.of(),
                Value.Fields.EMPTY,
                false,
                clock.instant());
    }

    private static Artifact artifact(CheckReport report) {
        return new Artifact(ArtifactType.CHECK_REPORT, List.of(), report.summary());
    }

    private CheckReport report(int rows) throws Exception {
        try (var checked = new CheckedTable(folder.resolve("r" + rows))) {
            checked.input("data", "SELECT i AS id FROM range(" + rows + ") t(i)", Map.of("id", Role.ID));
            var results = checked.ask(CheckedTable.json("[{id: volume, check: tbl.row_count, min: 50, severity: warn},"
                    + " {id: complete, check: col.not_null, column: id}]"));
            var counts = new LinkedHashMap<String, CheckReport.RowCounts>();
            counts.put("data", new CheckReport.RowCounts(rows, 0, 0));
            return new CheckReport(counts, results);
        }
    }

    private List<String> rows(String check) {
        return database.read(tx -> tx.query(
                "SELECT run, input, kind, severity, verdict, figure FROM check_result WHERE check_id = ? ORDER BY created",
                row -> row.text("run") + " " + row.text("input") + " " + row.text("kind") + " " + row.text("severity")
                        + " " + row.text("verdict") + " " + row.number("figure"),
                check));
    }
}
