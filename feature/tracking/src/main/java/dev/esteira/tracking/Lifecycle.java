package dev.esteira.tracking;

import java.util.Locale;

/** Whether something was deleted; what was deleted can be restored. */
public enum Lifecycle {
    ACTIVE,
    DELETED;

    /** MLflow's word: {@code active} or {@code deleted}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
