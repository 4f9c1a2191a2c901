package dev.esteira.work;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Rows of work. Stateless. */
final class WorkStore {

    /** Work in the hands of this process; writes with an older token than the row's are refused. */
    record Taken(WorkItem item, long token) {}

    /** Earlier work of the same key comes first; what was given up holds nobody up. */
    private static final String READY = "((state = 'WAITING' AND due <= ?) OR (state = 'RUNNING' AND lease_until <= ?))"
            + " AND (order_key IS NULL OR NOT EXISTS (SELECT 1 FROM work_item earlier"
            + " WHERE earlier.workspace = item.workspace AND earlier.kind = item.kind"
            + " AND earlier.order_key = item.order_key AND earlier.seq < item.seq AND earlier.state <> 'GIVEN_UP'))";

    boolean insert(SqlTx tx, WorkRequest request, String id, Instant at) throws SQLException {
        var seq = tx.whole(
                "SELECT coalesce(max(seq), 0) + 1 FROM work_item WHERE workspace = ? AND kind = ? AND order_key = ?",
                request.workspace(),
                request.kind(),
                request.orderKey().orElse(""));
        return tx.update(
                        "INSERT INTO work_item (workspace, id, kind, payload, order_key, seq, state, due, attempts,"
                                + " token, version, created, changed)"
                                + " VALUES (?, ?, ?, ?, ?, ?, 'WAITING', ?, 0, 0, 1, ?, ?)"
                                + " ON CONFLICT (workspace, id) DO NOTHING",
                        request.workspace(),
                        id,
                        request.kind(),
                        request.payload(),
                        request.orderKey(),
                        seq,
                        request.due(),
                        at,
                        at)
                == 1;
    }

    /** Has waiting work done at the request's moment where that is earlier, and work that was given up at that moment. */
    void bringForward(SqlTx tx, WorkRequest request, Instant now) throws SQLException {
        tx.update(
                "UPDATE work_item SET state = 'WAITING', due = ?, attempts = 0, version = version + 1, changed = ?"
                        + " WHERE workspace = ? AND id = ? AND (state = 'GIVEN_UP' OR (state = 'WAITING' AND due > ?))",
                request.due(),
                now,
                request.workspace(),
                request.id(),
                request.due());
    }

    /** Takes the work that has been due longest, if there is any. */
    Optional<Taken> take(SqlTx tx, String owner, Duration lease, Instant now) throws SQLException {
        var found = tx.first(
                "SELECT * FROM work_item item WHERE " + READY + " ORDER BY due, created, seq LIMIT 1"
                        + tx.dialect().skipLocked(),
                WorkStore::taken,
                now,
                now);
        if (found.isPresent()) {
            var item = found.get().item();
            tx.update(
                    "UPDATE work_item SET state = 'RUNNING', attempts = ?, token = ?, lease_owner = ?,"
                            + " lease_until = ?, version = version + 1, changed = ? WHERE workspace = ? AND id = ?",
                    item.attempt(),
                    found.get().token(),
                    owner,
                    now.plus(lease),
                    now,
                    item.workspace(),
                    item.id());
        }
        return found;
    }

    private static Taken taken(Row row) throws SQLException {
        return new Taken(
                new WorkItem(
                        new WorkspaceName(row.text("workspace")),
                        row.text("id"),
                        row.text("kind"),
                        row.text("payload"),
                        row.integer("attempts") + 1),
                row.whole("token") + 1);
    }

    /** Whether the lease was still this process's. */
    boolean renew(SqlTx tx, Taken taken, Instant until) throws SQLException {
        return tx.update(
                        "UPDATE work_item SET lease_until = ? WHERE workspace = ? AND id = ? AND token = ?"
                                + " AND state = 'RUNNING'",
                        until,
                        taken.item().workspace(),
                        taken.item().id(),
                        taken.token())
                == 1;
    }

    /** Whether another process took the work after this one did. */
    boolean takenOver(SqlTx tx, Taken taken) throws SQLException {
        return tx.exists(
                "SELECT 1 FROM work_item WHERE workspace = ? AND id = ? AND token > ?",
                taken.item().workspace(),
                taken.item().id(),
                taken.token());
    }

    void remove(SqlTx tx, Taken taken) throws SQLException {
        fence(tx.update(
                "DELETE FROM work_item WHERE workspace = ? AND id = ? AND token = ? AND state = 'RUNNING'",
                taken.item().workspace(),
                taken.item().id(),
                taken.token()));
    }

    /** Has it done later; {@code attempts} is how many have failed so far. */
    void postpone(SqlTx tx, Taken taken, Instant due, int attempts, Optional<String> failure, Instant now)
            throws SQLException {
        settle(tx, taken, "WAITING", due, attempts, failure, now);
    }

    void giveUp(SqlTx tx, Taken taken, String failure, Instant now) throws SQLException {
        settle(tx, taken, "GIVEN_UP", now, taken.item().attempt(), Optional.of(failure), now);
    }

    private static void settle(
            SqlTx tx, Taken taken, String state, Instant due, int attempts, Optional<String> failure, Instant now)
            throws SQLException {
        fence(tx.update(
                "UPDATE work_item SET state = ?, due = ?, attempts = ?, failure = ?, lease_owner = NULL,"
                        + " lease_until = NULL, version = version + 1, changed = ?"
                        + " WHERE workspace = ? AND id = ? AND token = ? AND state = 'RUNNING'",
                state,
                due,
                attempts,
                failure,
                now,
                taken.item().workspace(),
                taken.item().id(),
                taken.token()));
    }

    private static void fence(int rows) {
        if (rows != 1) {
            throw new EsteiraException(
                    WorkErrorCode.WORK_FENCED, "Another process has taken the work over; this result is dropped.", "");
        }
    }

    /** Gives back what an earlier process of this node held when it died. */
    int release(SqlTx tx, String owner, Instant now) throws SQLException {
        return tx.update(
                "UPDATE work_item SET state = 'WAITING', attempts = attempts - 1, lease_owner = NULL,"
                        + " lease_until = NULL, version = version + 1, changed = ?"
                        + " WHERE state = 'RUNNING' AND lease_owner = ?",
                now,
                owner);
    }

    /** When the next work is due or the next lease ends, empty when nothing waits. */
    Optional<Instant> nearest(SqlTx tx) throws SQLException {
        return tx.first(
                        "SELECT min(CASE WHEN state = 'RUNNING' THEN lease_until ELSE due END) AS moment FROM work_item item"
                                + " WHERE state = 'RUNNING' OR (state = 'WAITING' AND (order_key IS NULL OR NOT EXISTS"
                                + " (SELECT 1 FROM work_item earlier WHERE earlier.workspace = item.workspace"
                                + " AND earlier.kind = item.kind AND earlier.order_key = item.order_key"
                                + " AND earlier.seq < item.seq AND earlier.state <> 'GIVEN_UP')))",
                        row -> row.optionalInstant("moment"))
                .flatMap(moment -> moment);
    }

    long givenUp(SqlTx tx) throws SQLException {
        return tx.whole("SELECT count(*) FROM work_item WHERE state = 'GIVEN_UP'");
    }
}
