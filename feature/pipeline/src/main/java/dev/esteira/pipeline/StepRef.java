package dev.esteira.pipeline;

import dev.esteira.kernel.WorkspaceName;

/** Names a step of a run. */
record StepRef(WorkspaceName workspace, String run, String step) {

    RunRef runRef() {
        return new RunRef(workspace, run);
    }

    @Override
    public String toString() {
        return run + "/" + step;
    }
}
