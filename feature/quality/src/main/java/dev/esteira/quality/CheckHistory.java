package dev.esteira.quality;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Database;
import java.util.List;
import java.util.Optional;

/** What checks found from run to run. Thread-safe. */
final class CheckHistory {

    private final Database database;
    private final CheckResultStore store = new CheckResultStore();

    CheckHistory(Database database) {
        this.database = database;
    }

    /**
     * What the checks of a pipeline found, the newest first.
     *
     * @param step of this step only
     * @param check of the check with this id only
     * @param after where a page before this one ended
     */
    List<CheckResult> list(
            WorkspaceName workspace,
            String pipeline,
            Optional<String> step,
            Optional<String> check,
            Optional<CheckResult.Place> after,
            int limit) {
        return database.read(tx -> store.newest(tx, workspace, pipeline, step, check, after, limit));
    }
}
