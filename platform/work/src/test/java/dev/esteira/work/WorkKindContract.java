package dev.esteira.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.WorkspaceName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every kind of work promises, whatever it does. */
public abstract class WorkKindContract {

    /** The kind, with everything it needs. */
    protected abstract WorkKind kind() throws Exception;

    /** Work that the kind can do. */
    protected abstract String payload();

    /** How often the work has been done as far as anybody outside can see; once and twice must look the same. */
    protected abstract Object effect() throws Exception;

    private WorkItem item(WorkKind kind, int attempt) {
        return new WorkItem(WorkspaceName.DEFAULT, "work", kind.name(), payload(), attempt);
    }

    @Test
    void doesTheSameWorkAgainWithoutHarm() throws Exception {
        var kind = kind();
        var first = kind.perform(item(kind, 1));
        var after = effect();
        var second = kind.perform(item(kind, 2));
        assertThat(second).hasSameClassAs(first);
        assertThat(effect()).isEqualTo(after);
    }

    @Test
    void canBeInterruptedAndDoneLater() throws Exception {
        var kind = kind();
        Thread.currentThread().interrupt();
        try {
            kind.perform(item(kind, 1));
        } catch (InterruptedException e) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        } finally {
            Thread.interrupted();
        }
        assertThat(kind.perform(item(kind, 1))).isNotNull();
    }

    @Test
    void hasANameALeaseAndAnEndOfItsRetries() throws Exception {
        var kind = kind();
        assertThat(kind.name()).matches("[a-z][a-z0-9/-]*");
        assertThat(kind.lease()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(kind.retry().attemptsMax()).isBetween(1, 10_000);
    }
}
