package dev.esteira.pipeline;

import dev.esteira.kernel.WorkspaceName;

/** Names a run. */
record RunRef(WorkspaceName workspace, String run) {

    StepRef step(String name) {
        return new StepRef(workspace, run, name);
    }
}
