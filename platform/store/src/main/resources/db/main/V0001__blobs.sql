-- Contents that a workspace has. The bytes lie in the artifact store under their digest, once for all workspaces.
CREATE TABLE blob (
    workspace   ${text} NOT NULL,
    digest      ${text} NOT NULL,
    size        BIGINT NOT NULL,
    created     BIGINT NOT NULL,
    touched     BIGINT NOT NULL,
    PRIMARY KEY (workspace, digest)
) ${clustered};

CREATE INDEX blob_by_digest ON blob (digest);

-- Trees of files: an artifact's identity is the digest over its sorted entries.
CREATE TABLE tree (
    workspace   ${text} NOT NULL,
    tree        ${text} NOT NULL,
    type        ${text} NOT NULL,
    size        BIGINT NOT NULL,
    summary     ${text} NOT NULL,
    created     BIGINT NOT NULL,
    touched     BIGINT NOT NULL,
    PRIMARY KEY (workspace, tree, type)
) ${clustered};

CREATE TABLE tree_file (
    workspace   ${text} NOT NULL,
    tree        ${text} NOT NULL,
    path        ${text} NOT NULL,
    digest      ${text} NOT NULL,
    size        BIGINT NOT NULL,
    PRIMARY KEY (workspace, tree, path)
) ${clustered};

CREATE INDEX tree_file_by_digest ON tree_file (workspace, digest);

-- Every column that holds the digest of a blob or a tree, as a root from which contents are reached. A module adds the
-- rows of its tables in the migration that makes them; the table must have a column named workspace.
CREATE TABLE blob_root (
    table_name  ${text} NOT NULL,
    column_name ${text} NOT NULL,
    kind        ${text} NOT NULL CHECK (kind IN ('blob', 'tree')),
    PRIMARY KEY (table_name, column_name)
) ${clustered};

INSERT INTO blob_root (table_name, column_name, kind) VALUES ('tree_file', 'digest', 'blob');
