-- Every column that holds the digest of a blob or a tree of the main database, as a root from which contents are
-- reached. A module adds the rows of its tables in the migration that makes them; the table must have a column named
-- workspace, and should have an index that starts with the digest.
CREATE TABLE blob_root (
    table_name  ${text} NOT NULL,
    column_name ${text} NOT NULL,
    kind        ${text} NOT NULL CHECK (kind IN ('blob', 'tree')),
    PRIMARY KEY (table_name, column_name)
) ${clustered};
