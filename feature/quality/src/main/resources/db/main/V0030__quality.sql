-- What every check found in every run that its step let pass: the history that a figure is seen in. Rows are written
-- with the step's own commit, so a bad run's figures never become what later ones are compared with.
CREATE TABLE check_result (
    workspace   ${text} NOT NULL,
    pipeline    ${text} NOT NULL,
    step        ${text} NOT NULL,
    check_id    ${text} NOT NULL,
    input       ${text} NOT NULL,
    run         ${text} NOT NULL,
    kind        ${text} NOT NULL,
    severity    ${text} NOT NULL,
    verdict     ${text} NOT NULL,
    figure      DOUBLE PRECISION,
    report      ${text} NOT NULL,
    cached      BIGINT NOT NULL,
    created     BIGINT NOT NULL,
    PRIMARY KEY (workspace, pipeline, step, check_id, input, run)
) ${clustered};

CREATE INDEX check_result_by_time ON check_result (workspace, pipeline, step, check_id, input, created);

INSERT INTO blob_root (table_name, column_name, kind) VALUES ('check_result', 'report', 'tree');
