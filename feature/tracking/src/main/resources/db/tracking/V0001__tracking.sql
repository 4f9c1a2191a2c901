-- Numbers that count up for the whole server; experiment ids are unique across workspaces.
CREATE TABLE number_source (
    workspace ${text} NOT NULL,
    name ${text} NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (workspace, name)
) ${clustered};

INSERT INTO number_source (workspace, name, last_number) VALUES ('default', 'experiment', 0);
INSERT INTO number_source (workspace, name, last_number) VALUES ('default', 'run', 0);

CREATE TABLE experiment (
    workspace ${text} NOT NULL,
    experiment_id BIGINT NOT NULL,
    name ${text} NOT NULL,
    artifact_location ${text} NOT NULL,
    lifecycle ${text} NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (workspace, experiment_id),
    UNIQUE (workspace, name)
) ${clustered};

CREATE UNIQUE INDEX experiment_number ON experiment (experiment_id, workspace);

CREATE TABLE experiment_tag (
    workspace ${text} NOT NULL,
    experiment_id BIGINT NOT NULL,
    tag_key ${text} NOT NULL,
    tag_value ${text} NOT NULL,
    PRIMARY KEY (workspace, experiment_id, tag_key)
) ${clustered};

-- run_number is the run's name inside this database, run_id its name outside.
CREATE TABLE run (
    workspace ${text} NOT NULL,
    run_number BIGINT NOT NULL,
    run_id ${text} NOT NULL,
    experiment_id BIGINT NOT NULL,
    name ${text} NOT NULL,
    user_id ${text} NOT NULL,
    status ${text} NOT NULL,
    lifecycle ${text} NOT NULL,
    start_millis BIGINT NOT NULL,
    end_millis BIGINT,
    artifact_uri ${text} NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (workspace, run_number),
    UNIQUE (workspace, run_id)
) ${clustered};

CREATE INDEX run_of_experiment ON run (workspace, experiment_id, start_millis, run_number);

CREATE TABLE run_param (
    workspace ${text} NOT NULL,
    run_number BIGINT NOT NULL,
    param_key ${text} NOT NULL,
    param_value ${text} NOT NULL,
    PRIMARY KEY (workspace, run_number, param_key)
) ${clustered};

CREATE TABLE run_tag (
    workspace ${text} NOT NULL,
    run_number BIGINT NOT NULL,
    tag_key ${text} NOT NULL,
    tag_value ${text} NOT NULL,
    PRIMARY KEY (workspace, run_number, tag_key)
) ${clustered};

-- The latest value of each key: greatest step, then timestamp, then value. NaN is value 0 with its flag.
CREATE TABLE run_metric (
    workspace ${text} NOT NULL,
    run_number BIGINT NOT NULL,
    metric_key ${text} NOT NULL,
    step BIGINT NOT NULL,
    logged_millis BIGINT NOT NULL,
    metric_value DOUBLE PRECISION NOT NULL,
    is_nan SMALLINT NOT NULL,
    PRIMARY KEY (workspace, run_number, metric_key)
) ${clustered};

-- Every point, in the order in which a history is read.
CREATE TABLE metric_point (
    workspace ${text} NOT NULL,
    run_number BIGINT NOT NULL,
    metric_key ${text} NOT NULL,
    logged_millis BIGINT NOT NULL,
    step BIGINT NOT NULL,
    metric_value DOUBLE PRECISION NOT NULL,
    is_nan SMALLINT NOT NULL,
    PRIMARY KEY (workspace, run_number, metric_key, logged_millis, step, metric_value, is_nan)
) ${clustered};

CREATE TABLE dataset_input (
    workspace ${text} NOT NULL,
    run_number BIGINT NOT NULL,
    name ${text} NOT NULL,
    digest ${text} NOT NULL,
    source_type ${text} NOT NULL,
    source ${text} NOT NULL,
    schema_text ${text},
    profile_text ${text},
    context ${text},
    PRIMARY KEY (workspace, run_number, name, digest)
) ${clustered};

CREATE TABLE logged_model (
    workspace ${text} NOT NULL,
    model_id ${text} NOT NULL,
    experiment_id BIGINT NOT NULL,
    name ${text} NOT NULL,
    model_type ${text} NOT NULL,
    source_run_id ${text} NOT NULL,
    status ${text} NOT NULL,
    status_message ${text} NOT NULL,
    artifact_uri ${text} NOT NULL,
    lifecycle ${text} NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (workspace, model_id)
) ${clustered};

CREATE INDEX logged_model_of_experiment ON logged_model (workspace, experiment_id, created);

CREATE TABLE logged_model_param (
    workspace ${text} NOT NULL,
    model_id ${text} NOT NULL,
    param_key ${text} NOT NULL,
    param_value ${text} NOT NULL,
    PRIMARY KEY (workspace, model_id, param_key)
) ${clustered};

CREATE TABLE logged_model_tag (
    workspace ${text} NOT NULL,
    model_id ${text} NOT NULL,
    tag_key ${text} NOT NULL,
    tag_value ${text} NOT NULL,
    PRIMARY KEY (workspace, model_id, tag_key)
) ${clustered};

-- Metrics that a run logged for a model, beside the run's own.
CREATE TABLE logged_model_metric (
    workspace ${text} NOT NULL,
    model_id ${text} NOT NULL,
    metric_key ${text} NOT NULL,
    logged_millis BIGINT NOT NULL,
    step BIGINT NOT NULL,
    metric_value DOUBLE PRECISION NOT NULL,
    is_nan SMALLINT NOT NULL,
    run_id ${text} NOT NULL,
    dataset_name ${text} NOT NULL,
    dataset_digest ${text} NOT NULL,
    PRIMARY KEY (workspace, model_id, metric_key, logged_millis, step, metric_value, is_nan, run_id,
        dataset_name, dataset_digest)
) ${clustered};

-- Which models a run read (INPUT) or made (OUTPUT).
CREATE TABLE run_model (
    workspace ${text} NOT NULL,
    run_number BIGINT NOT NULL,
    direction ${text} NOT NULL,
    model_id ${text} NOT NULL,
    step BIGINT NOT NULL,
    PRIMARY KEY (workspace, run_number, direction, model_id)
) ${clustered};

-- Artifacts of runs and logged models: a path below the artifact root names a content.
CREATE TABLE artifact_path (
    workspace ${text} NOT NULL,
    path ${text} NOT NULL,
    digest ${text} NOT NULL,
    size BIGINT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (workspace, path)
) ${clustered};

CREATE INDEX artifact_path_by_digest ON artifact_path (workspace, digest);

INSERT INTO blob_root (table_name, column_name, kind) VALUES ('artifact_path', 'digest', 'blob');
