package dev.esteira.pipeline;

/** The stores of the feature, which hold no state. */
record Rows(RunStore runs, StepStore steps, AttemptStore attempts, CacheStore cache) {

    Rows() {
        this(new RunStore(), new StepStore(), new AttemptStore(), new CacheStore());
    }
}
