package dev.esteira.pipeline;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** What the kinds of the tests refuse with. */
enum TestRefusal implements ErrorCode {
    GATE_FAILED;

    @Override
    public FaultOwner owner() {
        return FaultOwner.DATA;
    }

    @Override
    public int status() {
        return 422;
    }

    @Override
    public String description() {
        return "The gate of a test did not let the model pass.";
    }
}
