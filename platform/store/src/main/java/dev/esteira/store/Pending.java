package dev.esteira.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A unit that waits for its answer. Its caller waits for as long as it takes, so that the outcome is always known. */
final class Pending<T> {

    private sealed interface Outcome<T> {

        record Done<T>(T value, List<Runnable> afterCommit) implements Outcome<T> {
            public Done {
                afterCommit = List.copyOf(afterCommit);
            }
        }

        record Failed<T>(Throwable error) implements Outcome<T> {}
    }

    private final Unit<T> unit;
    private final CompletableFuture<Outcome<T>> answer = new CompletableFuture<>();
    private Outcome.@Nullable Done<T> result;

    Pending(Unit<T> unit) {
        this.unit = unit;
    }

    /** Runs the unit and keeps what it gave until {@link #succeed}. */
    void run(SqlTx tx) throws SQLException {
        try {
            var value = unit.in(tx);
            result = new Outcome.Done<>(value, tx.finish());
        } catch (CarriedSqlException e) {
            throw e.carried();
        } finally {
            tx.finish();
        }
    }

    /** Answers with what the last run gave. */
    void succeed() {
        answer.complete(Objects.requireNonNull(result));
    }

    void fail(Throwable error) {
        answer.complete(new Outcome.Failed<>(error));
    }

    /** Waits for the answer, then does what the unit wanted done after its commit. */
    T await() {
        return switch (answer.join()) {
            case Outcome.Done<T> done -> {
                done.afterCommit().forEach(Runnable::run);
                yield done.value();
            }
            case Outcome.Failed<T> failed -> throw unchecked(failed.error());
        };
    }

    private static RuntimeException unchecked(Throwable error) {
        return switch (error) {
            case RuntimeException unchecked -> unchecked;
            case Error fatal -> throw fatal;
            default -> new IllegalStateException(error);
        };
    }
}
