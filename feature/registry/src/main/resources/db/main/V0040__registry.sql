-- Registered models, their versions and aliases.
CREATE TABLE registered_model (
    workspace    ${text} NOT NULL,
    name         ${text} NOT NULL,
    description  ${text} NOT NULL,
    last_version BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    created      BIGINT NOT NULL,
    changed      BIGINT NOT NULL,
    PRIMARY KEY (workspace, name)
) ${clustered};

-- A version's number is never used again. One that a client registered has a source and no tree of its own yet.
CREATE TABLE model_version (
    workspace    ${text} NOT NULL,
    name         ${text} NOT NULL,
    number       BIGINT NOT NULL,
    digest       ${text},
    source       ${text} NOT NULL,
    tracked_run  ${text} NOT NULL,
    run          ${text} NOT NULL,
    step         ${text} NOT NULL,
    description  ${text} NOT NULL,
    deleted      BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    created      BIGINT NOT NULL,
    changed      BIGINT NOT NULL,
    PRIMARY KEY (workspace, name, number)
) ${clustered};

CREATE INDEX model_version_by_digest ON model_version (workspace, digest);

INSERT INTO blob_root (table_name, column_name, kind) VALUES ('model_version', 'digest', 'tree');

CREATE TABLE model_alias (
    workspace    ${text} NOT NULL,
    name         ${text} NOT NULL,
    alias        ${text} NOT NULL,
    number       BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    created      BIGINT NOT NULL,
    changed      BIGINT NOT NULL,
    PRIMARY KEY (workspace, name, alias)
) ${clustered};

-- Tags of models (number 0) and of their versions.
CREATE TABLE model_tag (
    workspace    ${text} NOT NULL,
    name         ${text} NOT NULL,
    number       BIGINT NOT NULL,
    tag_key      ${text} NOT NULL,
    tag_value    ${text} NOT NULL,
    created      BIGINT NOT NULL,
    changed      BIGINT NOT NULL,
    PRIMARY KEY (workspace, name, number, tag_key)
) ${clustered};
