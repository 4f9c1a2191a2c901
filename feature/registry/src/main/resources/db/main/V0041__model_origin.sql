-- Which tracked run trained a model, the latest where several trained the same.
CREATE TABLE model_origin (
    workspace    ${text} NOT NULL,
    model        ${text} NOT NULL,
    tracked_run  ${text} NOT NULL,
    version      BIGINT NOT NULL,
    created      BIGINT NOT NULL,
    changed      BIGINT NOT NULL,
    PRIMARY KEY (workspace, model)
) ${clustered};
