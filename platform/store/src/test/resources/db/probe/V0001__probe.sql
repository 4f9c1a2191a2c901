CREATE TABLE probe (
    workspace ${text} NOT NULL,
    id        BIGINT NOT NULL,
    words     ${text},
    bytes     ${blob},
    PRIMARY KEY (workspace, id)
) ${clustered};
