-- Pipeline runs: their steps, attempts and events. Instants are microseconds since 1970, documents canonical JSON.

CREATE TABLE pipeline_run (
    workspace ${text} NOT NULL,
    id ${text} NOT NULL,
    pipeline ${text} NOT NULL,
    file_name ${text} NOT NULL,
    document ${text} NOT NULL,
    params ${text} NOT NULL,
    seed BIGINT NOT NULL,
    origin ${text},
    root ${text} NOT NULL,
    idempotency_key ${text},
    request_digest ${text} NOT NULL,
    state ${text} NOT NULL,
    reason ${text},
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
    workspace ${text} NOT NULL,
    run ${text} NOT NULL,
    path ${text} NOT NULL,
    digest ${text} NOT NULL,
    size BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, path)
);

CREATE TABLE pipeline_step (
    workspace ${text} NOT NULL,
    run ${text} NOT NULL,
    name ${text} NOT NULL,
    pipeline ${text} NOT NULL,
    position INTEGER NOT NULL,
    kind ${text} NOT NULL,
    plan ${text} NOT NULL,
    forced INTEGER NOT NULL,
    uses_cache INTEGER NOT NULL,
    state ${text} NOT NULL,
    unsatisfied INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    charged INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    key ${text},
    components ${text},
    places ${text},
    outcome ${text},
    outputs ${text},
    annotations ${text},
    warnings INTEGER NOT NULL,
    -- Where the outputs were made: this step itself, an earlier run (cached), or the run that this one resumes (carried).
    source_run ${text},
    source_step ${text},
    causes ${text},
    basis_run ${text},
    basis_step ${text},
    error ${text},
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
    workspace ${text} NOT NULL,
    run ${text} NOT NULL,
    source ${text} NOT NULL,
    target ${text} NOT NULL,
    kind ${text} NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, source, target)
);
CREATE INDEX pipeline_edge_target ON pipeline_edge (workspace, run, target);

-- The number is the fencing token: a write that carries an older one is refused.
CREATE TABLE pipeline_attempt (
    workspace ${text} NOT NULL,
    run ${text} NOT NULL,
    step ${text} NOT NULL,
    number INTEGER NOT NULL,
    id ${text} NOT NULL,
    execution ${text} NOT NULL,
    state ${text} NOT NULL,
    pid BIGINT,
    start_ticks BIGINT,
    annotations ${text} NOT NULL,
    cause ${text},
    error ${text},
    log_digest ${text},
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
    workspace ${text} NOT NULL,
    run ${text} NOT NULL,
    step ${text} NOT NULL,
    effect_key ${text} NOT NULL,
    state ${text} NOT NULL,
    number INTEGER NOT NULL,
    result ${text},
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, step)
);

CREATE TABLE pipeline_timer (
    workspace ${text} NOT NULL,
    run ${text} NOT NULL,
    step ${text} NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, step)
);

CREATE TABLE pipeline_event (
    workspace ${text} NOT NULL,
    run ${text} NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    type ${text} NOT NULL,
    step ${text},
    body ${text} NOT NULL,
    PRIMARY KEY (workspace, run, seq)
);

CREATE TABLE cache_value (
    workspace ${text} NOT NULL,
    key ${text} NOT NULL,
    attempt ${text} NOT NULL,
    run ${text} NOT NULL,
    step ${text} NOT NULL,
    state ${text} NOT NULL,
    outputs ${text} NOT NULL,
    annotations ${text} NOT NULL,
    warnings INTEGER NOT NULL,
    duration_micros BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, key, attempt)
);

-- Who makes the value of a key right now. Others wait instead of doing the same work twice.
CREATE TABLE cache_lease (
    workspace ${text} NOT NULL,
    key ${text} NOT NULL,
    run ${text} NOT NULL,
    step ${text} NOT NULL,
    number INTEGER NOT NULL,
    waiters INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, key)
);

-- What steps gave: the trees that runs and stored values reach.
CREATE TABLE pipeline_output (
    workspace ${text} NOT NULL,
    run ${text} NOT NULL,
    step ${text} NOT NULL,
    name ${text} NOT NULL,
    tree ${text} NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, step, name)
);
CREATE INDEX pipeline_output_tree ON pipeline_output (workspace, tree);

INSERT INTO blob_root (table_name, column_name, kind) VALUES ('pipeline_output', 'tree', 'tree');
INSERT INTO blob_root (table_name, column_name, kind) VALUES ('pipeline_file', 'digest', 'blob');
INSERT INTO blob_root (table_name, column_name, kind) VALUES ('pipeline_attempt', 'log_digest', 'blob');
