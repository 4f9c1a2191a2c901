-- Messages that were written in the transaction that made them true, and wait for their consumers.
CREATE TABLE outbox (
    id          ${identity},
    workspace   ${text} NOT NULL,
    topic       ${text} NOT NULL,
    message_key ${text} NOT NULL,
    payload     ${text} NOT NULL,
    created     BIGINT NOT NULL,
    attempts    BIGINT NOT NULL,
    due         BIGINT NOT NULL,
    lease_owner ${text},
    lease_until BIGINT,
    failure     ${text}
);

CREATE INDEX outbox_by_due ON outbox (due, id);

CREATE INDEX outbox_by_key ON outbox (workspace, topic, message_key, id);
