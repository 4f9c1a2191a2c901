package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.Commit;
import dev.esteira.spi.Sink;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every sink promises, on both databases. Each sink has a test that extends this. */
public abstract class SinkContract {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final WorkspaceName ELSEWHERE = new WorkspaceName("elsewhere");

    @TempDir
    private Path folder;

    /** The sink, made anew. */
    protected abstract Sink sink();

    /** An artifact that it takes. */
    protected abstract Artifact artifact();

    /** The tables that it writes to. */
    protected abstract List<String> tables();

    /** What the attempt noted that made it; nothing unless said otherwise. */
    protected Value.Fields annotations() {
        return Value.Fields.EMPTY;
    }

    @ParameterizedTest
    @EnumSource
    final void writesRowsWithTheTransaction(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            commit(database, commit(WorkspaceName.DEFAULT, "run"));
            assertThat(counts(database, WorkspaceName.DEFAULT).values()).anyMatch(rows -> rows > 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    final void leavesNothingOfATransactionThatFails(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            assertThatThrownBy(() -> database.change(tx -> {
                        sink().commit(tx, commit(WorkspaceName.DEFAULT, "run"));
                        throw new IllegalArgumentException("after the sink");
                    }))
                    .hasMessage("after the sink");
            assertThat(counts(database, WorkspaceName.DEFAULT).values()).allMatch(rows -> rows == 0);
            commit(database, commit(WorkspaceName.DEFAULT, "run"));
            assertThat(counts(database, WorkspaceName.DEFAULT).values()).anyMatch(rows -> rows > 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    final void writesTheSameOutputOnce(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            var commit = commit(WorkspaceName.DEFAULT, "run");
            commit(database, commit);
            var once = counts(database, WorkspaceName.DEFAULT);
            commit(database, commit);
            assertThat(counts(database, WorkspaceName.DEFAULT)).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @EnumSource
    final void takesTheSameArtifactFromAnotherRunAndFromTheCache(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            commit(database, commit(WorkspaceName.DEFAULT, "run"));
            var before = counts(database, WorkspaceName.DEFAULT);
            commit(database, commit(WorkspaceName.DEFAULT, "later"));
            counts(database, WorkspaceName.DEFAULT)
                    .forEach((table, rows) -> assertThat(rows).isGreaterThanOrEqualTo(before.get(table)));
        }
    }

    @ParameterizedTest
    @EnumSource
    final void keepsWorkspacesApart(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            commit(database, commit(WorkspaceName.DEFAULT, "run"));
            var before = counts(database, WorkspaceName.DEFAULT);
            commit(database, commit(ELSEWHERE, "run"));
            assertThat(counts(database, WorkspaceName.DEFAULT)).isEqualTo(before);
            assertThat(counts(database, ELSEWHERE)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    final void refusesATransactionThatIsNotTheStores(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            assertThat(sink().type()).isEqualTo(artifact().type());
            assertThatThrownBy(() -> sink().commit(new ForeignTx(), commit(WorkspaceName.DEFAULT, "run")))
                    .isInstanceOf(RuntimeException.class);
            assertThat(counts(database, WorkspaceName.DEFAULT).values()).allMatch(rows -> rows == 0);
        }
    }

    private record ForeignTx() implements dev.esteira.spi.Tx {}

    private void commit(Database database, Commit commit) {
        database.change(tx -> sink().commit(tx, commit));
    }

    private Commit commit(WorkspaceName workspace, String run) {
        return new Commit(
                workspace,
                "pipeline",
                run,
                "step",
                "output",
                artifact(),
                Map.of("data", artifact()),
                annotations(),
                !run.equals("run"),
                NOON);
    }

    private Map<String, Long> counts(Database database, WorkspaceName workspace) {
        return database.read(tx -> {
            var counts = new TreeMap<String, Long>();
            for (var table : tables()) {
                counts.put(table, tx.whole("SELECT count(*) FROM " + table + " WHERE workspace = ?", workspace));
            }
            return counts;
        });
    }
}
