-- What happened (the audit chain), and what must still be told (the outbox).

CREATE TABLE audit_events (
    seq {int} NOT NULL CONSTRAINT audit_events_pkey PRIMARY KEY,
    id {uuid} NOT NULL CONSTRAINT audit_events_id_key UNIQUE,
    at {ts} NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    prev_hash {bytes} NOT NULL CONSTRAINT audit_events_prev_hash_key UNIQUE,
    hash {bytes} NOT NULL CONSTRAINT audit_events_hash_key UNIQUE
){strict};
CREATE INDEX audit_events_subject ON audit_events (subject, seq);

CREATE TABLE outbox (
    id {uuid} NOT NULL CONSTRAINT outbox_pkey PRIMARY KEY,
    route TEXT NOT NULL,
    dedup_key TEXT NOT NULL CONSTRAINT outbox_dedup_key_key UNIQUE,
    subject TEXT NOT NULL,
    recipient TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at {ts} NOT NULL,
    available_at {ts} NOT NULL,
    lease_owner {uuid},
    lease_until {ts},
    attempt {int} NOT NULL,
    delivered_at {ts},
    parked_at {ts},
    last_error TEXT,
    CONSTRAINT outbox_end_check CHECK (delivered_at IS NULL OR parked_at IS NULL),
    CONSTRAINT outbox_lease_check CHECK (
        (lease_owner IS NULL) = (lease_until IS NULL)
        AND (lease_until IS NULL OR (delivered_at IS NULL AND parked_at IS NULL))
    )
){strict};
CREATE INDEX outbox_pending ON outbox (route, id) WHERE delivered_at IS NULL AND parked_at IS NULL;
CREATE INDEX outbox_parked ON outbox (parked_at) WHERE parked_at IS NOT NULL;
CREATE INDEX outbox_subject ON outbox (subject, id);
