package dev.esteira.work;

import dev.esteira.kernel.WorkspaceName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@link Telling}, as the outbox makes it. */
class TellingContractTest extends WorkKindContract {

    private final Set<String> told = new LinkedHashSet<>();

    @Override
    protected WorkKind kind() {
        return Outbox.kinds(List.of(new OutboxConsumer() {
                    @Override
                    public String name() {
                        return "listener";
                    }

                    @Override
                    public String topic() {
                        return "Topic";
                    }

                    @Override
                    public void receive(WorkspaceName workspace, String payload) {
                        told.add(payload);
                    }
                }))
                .getFirst();
    }

    @Override
    protected String payload() {
        return "message";
    }

    @Override
    protected Object effect() {
        return Set.copyOf(told);
    }
}
