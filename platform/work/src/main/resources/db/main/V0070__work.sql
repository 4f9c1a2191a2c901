-- Background work that is to be done. What was done is removed; what was given up stays to be looked at.
CREATE TABLE work_item (
    workspace   ${text} NOT NULL,
    id          ${text} NOT NULL,
    kind        ${text} NOT NULL,
    payload     ${text} NOT NULL,
    order_key   ${text},
    seq         BIGINT NOT NULL,
    state       ${text} NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'GIVEN_UP')),
    due         BIGINT NOT NULL,
    attempts    BIGINT NOT NULL,
    token       BIGINT NOT NULL,
    lease_owner ${text},
    lease_until BIGINT,
    failure     ${text},
    version     BIGINT NOT NULL,
    created     BIGINT NOT NULL,
    changed     BIGINT NOT NULL,
    PRIMARY KEY (workspace, id)
) ${clustered};

CREATE INDEX work_item_by_due ON work_item (state, due);

CREATE INDEX work_item_by_order ON work_item (workspace, kind, order_key, seq);
