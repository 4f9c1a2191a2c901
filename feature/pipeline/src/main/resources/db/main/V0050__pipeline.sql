-- Pipeline runs: their steps, attempts and events. Instants are microseconds since 1970, documents canonical JSON.

CREATE TABLE pipeline_run (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    file_name TEXT NOT NULL,
    document TEXT NOT NULL,
    params TEXT NOT NULL,
    seed BIGINT NOT NULL,
    origin TEXT,
    root TEXT NOT NULL,
    idempotency_key TEXT,
    request_digest TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    open_steps INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    last_seq BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX pipeline_run_idempotency ON pipeline_run (workspace, idempotency_key);
CREATE INDEX pipeline_run_state ON pipeline_run (state);

-- The files that the run was submitted with: path below the pipeline file, content in the artifact store.
CREATE TABLE pipeline_file (
    workspace TEXT NOT NULL,
    run TEXT NOT NULL,
    path TEXT NOT NULL,
    digest TEXT NOT NULL,
    size BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, path)
);

CREATE TABLE pipeline_step (
    workspace TEXT NOT NULL,
    run TEXT NOT NULL,
    name TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    plan TEXT NOT NULL,
    forced INTEGER NOT NULL,
    uses_cache INTEGER NOT NULL,
    state TEXT NOT NULL,
    unsatisfied INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    charged INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    key TEXT,
    components TEXT,
    places TEXT,
    outcome TEXT,
    outputs TEXT,
    annotations TEXT,
    warnings INTEGER NOT NULL,
    -- Where the outputs were made: this step itself, an earlier run (cached), or the run that this one resumes (carried).
    source_run TEXT,
    source_step TEXT,
    causes TEXT,
    basis_run TEXT,
    basis_step TEXT,
    error TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, name)
);
CREATE INDEX pipeline_step_history ON pipeline_step (workspace, pipeline, name, created_at);
CREATE INDEX pipeline_step_key ON pipeline_step (workspace, key);
CREATE INDEX pipeline_step_state ON pipeline_step (state);

CREATE TABLE pipeline_edge (
    workspace TEXT NOT NULL,
    run TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, source, target)
);
CREATE INDEX pipeline_edge_target ON pipeline_edge (workspace, run, target);

-- The number is the fencing token: a write that carries an older one is refused.
CREATE TABLE pipeline_attempt (
    workspace TEXT NOT NULL,
    run TEXT NOT NULL,
    step TEXT NOT NULL,
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    execution TEXT NOT NULL,
    state TEXT NOT NULL,
    pid BIGINT,
    start_ticks BIGINT,
    annotations TEXT NOT NULL,
    cause TEXT,
    error TEXT,
    log_digest TEXT,
    log_size BIGINT,
    cpu_micros BIGINT,
    peak_bytes BIGINT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, step, number)
);
CREATE UNIQUE INDEX pipeline_attempt_id ON pipeline_attempt (workspace, id);
CREATE INDEX pipeline_attempt_state ON pipeline_attempt (state);

-- An effect is written down before it is tried and again after it was done; in between, its probe is asked.
CREATE TABLE pipeline_effect (
    workspace TEXT NOT NULL,
    run TEXT NOT NULL,
    step TEXT NOT NULL,
    effect_key TEXT NOT NULL,
    state TEXT NOT NULL,
    number INTEGER NOT NULL,
    result TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, step)
);

CREATE TABLE pipeline_timer (
    workspace TEXT NOT NULL,
    run TEXT NOT NULL,
    step TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, step)
);

CREATE TABLE pipeline_event (
    workspace TEXT NOT NULL,
    run TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    type TEXT NOT NULL,
    step TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (workspace, run, seq)
);

CREATE TABLE cache_value (
    workspace TEXT NOT NULL,
    key TEXT NOT NULL,
    attempt TEXT NOT NULL,
    run TEXT NOT NULL,
    step TEXT NOT NULL,
    state TEXT NOT NULL,
    outputs TEXT NOT NULL,
    annotations TEXT NOT NULL,
    warnings INTEGER NOT NULL,
    duration_micros BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, key, attempt)
);

-- Who makes the value of a key right now. Others wait instead of doing the same work twice.
CREATE TABLE cache_lease (
    workspace TEXT NOT NULL,
    key TEXT NOT NULL,
    run TEXT NOT NULL,
    step TEXT NOT NULL,
    number INTEGER NOT NULL,
    waiters INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, key)
);
