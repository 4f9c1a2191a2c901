-- Data sets by the digest of their tree, and which steps gave them.
CREATE TABLE dataset_version (
    workspace    ${text} NOT NULL,
    digest       ${text} NOT NULL,
    row_count    BIGINT NOT NULL,
    column_count BIGINT NOT NULL,
    size         BIGINT NOT NULL,
    first_run    ${text} NOT NULL,
    first_step   ${text} NOT NULL,
    first_output ${text} NOT NULL,
    version      BIGINT NOT NULL,
    created      BIGINT NOT NULL,
    changed      BIGINT NOT NULL,
    PRIMARY KEY (workspace, digest)
) ${clustered};

CREATE INDEX dataset_version_newest ON dataset_version (workspace, created, digest);

INSERT INTO blob_root (table_name, column_name, kind) VALUES ('dataset_version', 'digest', 'tree');

-- One row for every output of a step that is a data set, also when the value came from the cache.
CREATE TABLE dataset_output (
    workspace   ${text} NOT NULL,
    run         ${text} NOT NULL,
    step        ${text} NOT NULL,
    output      ${text} NOT NULL,
    digest      ${text} NOT NULL,
    pipeline    ${text} NOT NULL,
    cached      BIGINT NOT NULL,
    created     BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, step, output)
) ${clustered};

CREATE INDEX dataset_output_by_digest ON dataset_output (workspace, digest, created);

-- What such a step worked on.
CREATE TABLE dataset_origin (
    workspace   ${text} NOT NULL,
    run         ${text} NOT NULL,
    step        ${text} NOT NULL,
    input       ${text} NOT NULL,
    type        ${text} NOT NULL,
    digest      ${text} NOT NULL,
    created     BIGINT NOT NULL,
    PRIMARY KEY (workspace, run, step, input)
) ${clustered};

CREATE INDEX dataset_origin_by_digest ON dataset_origin (workspace, digest);
