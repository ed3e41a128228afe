-- Declarations, their frozen revisions, and the claims of the current revision with their verdicts.

CREATE TABLE declarations (
    id {uuid} NOT NULL CONSTRAINT declarations_pkey PRIMARY KEY,
    siren TEXT NOT NULL CONSTRAINT declarations_siren_fkey REFERENCES companies (siren),
    status TEXT NOT NULL CONSTRAINT declarations_status_check CHECK (status IN (
        'draft', 'submitted', 'in_review', 'changes_requested',
        'validated', 'partly_validated', 'refused', 'withdrawn'
    )),
    version {int} NOT NULL CONSTRAINT declarations_version_check CHECK (version >= 1),
    form_version {int} NOT NULL,
    answers TEXT NOT NULL,
    revision {int},
    reference TEXT NOT NULL CONSTRAINT declarations_reference_key UNIQUE,
    previous {uuid} CONSTRAINT declarations_previous_fkey REFERENCES declarations (id),
    opened_at {ts} NOT NULL,
    opened_by {uuid} NOT NULL CONSTRAINT declarations_opened_by_fkey REFERENCES accounts (id),
    updated_at {ts} NOT NULL,
    updated_by TEXT NOT NULL,
    submitted_at {ts},
    submitted_by {uuid} CONSTRAINT declarations_submitted_by_fkey REFERENCES accounts (id),
    reviewer {uuid} CONSTRAINT declarations_reviewer_fkey REFERENCES accounts (id),
    review_started_at {ts},
    signed_at {ts},
    signed_by {uuid} CONSTRAINT declarations_signed_by_fkey REFERENCES accounts (id),
    signed_name TEXT,
    signed_quality TEXT,
    withdrawn_at {ts},
    withdrawn_by {uuid} CONSTRAINT declarations_withdrawn_by_fkey REFERENCES accounts (id),
    CONSTRAINT declarations_draft_check CHECK (status <> 'draft' OR (submitted_at IS NULL AND reviewer IS NULL)),
    CONSTRAINT declarations_sent_check CHECK (
        status IN ('draft', 'withdrawn')
        OR (submitted_at IS NOT NULL AND submitted_by IS NOT NULL AND revision IS NOT NULL)
    ),
    CONSTRAINT declarations_review_check CHECK (
        status NOT IN ('in_review', 'changes_requested', 'validated', 'partly_validated', 'refused')
        OR (reviewer IS NOT NULL AND review_started_at IS NOT NULL)
    ),
    CONSTRAINT declarations_reviewer_check CHECK ((reviewer IS NULL) = (review_started_at IS NULL)),
    CONSTRAINT declarations_signed_check CHECK (
        (signed_at IS NULL AND signed_by IS NULL AND signed_name IS NULL AND signed_quality IS NULL
            AND status NOT IN ('changes_requested', 'validated', 'partly_validated', 'refused'))
        OR (signed_at IS NOT NULL AND signed_by IS NOT NULL
            AND signed_name IS NOT NULL AND signed_name <> '' AND signed_quality IS NOT NULL AND signed_quality <> '')
    ),
    CONSTRAINT declarations_withdrawn_check CHECK (
        (status = 'withdrawn') = (withdrawn_at IS NOT NULL)
        AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL)
    )
){strict};
CREATE UNIQUE INDEX declarations_open_key ON declarations (siren)
    WHERE status IN ('draft', 'submitted', 'in_review', 'changes_requested');
CREATE INDEX declarations_company ON declarations (siren, id);
CREATE INDEX declarations_queue ON declarations (status, submitted_at, id);
CREATE INDEX declarations_sent ON declarations (submitted_at, id);
CREATE INDEX declarations_reviewer ON declarations (reviewer, status);

CREATE TABLE revisions (
    siren TEXT NOT NULL CONSTRAINT revisions_siren_fkey REFERENCES companies (siren),
    number {int} NOT NULL CONSTRAINT revisions_number_check CHECK (number >= 1),
    declaration_id {uuid} NOT NULL CONSTRAINT revisions_declaration_id_fkey REFERENCES declarations (id),
    form_version {int} NOT NULL,
    snapshot TEXT NOT NULL,
    sha256 TEXT NOT NULL CONSTRAINT revisions_sha256_check CHECK (length(sha256) = 64),
    statement TEXT NOT NULL,
    signed_by {uuid} NOT NULL CONSTRAINT revisions_signed_by_fkey REFERENCES accounts (id),
    signed_at {ts} NOT NULL,
    CONSTRAINT revisions_pkey PRIMARY KEY (siren, number)
){strict};
CREATE INDEX revisions_declaration ON revisions (declaration_id, number);

CREATE TABLE claims (
    declaration_id {uuid} NOT NULL CONSTRAINT claims_declaration_id_fkey REFERENCES declarations (id),
    key TEXT NOT NULL,
    position {int} NOT NULL,
    kind TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    verdict TEXT NOT NULL CONSTRAINT claims_verdict_check
        CHECK (verdict IN ('pending', 'accepted', 'refused', 'to_fix')),
    reason TEXT,
    decided_by {uuid} CONSTRAINT claims_decided_by_fkey REFERENCES accounts (id),
    decided_at {ts},
    CONSTRAINT claims_pkey PRIMARY KEY (declaration_id, key),
    CONSTRAINT claims_reason_check CHECK (
        (verdict IN ('refused', 'to_fix') AND reason IS NOT NULL AND reason <> '')
        OR (verdict IN ('pending', 'accepted') AND reason IS NULL)
    ),
    CONSTRAINT claims_decided_check CHECK (
        (verdict = 'pending' AND decided_by IS NULL AND decided_at IS NULL)
        OR (verdict <> 'pending' AND decided_by IS NOT NULL AND decided_at IS NOT NULL)
    )
){strict};

CREATE TABLE draft_copies (
    id {uuid} NOT NULL CONSTRAINT draft_copies_pkey PRIMARY KEY,
    declaration_id {uuid} NOT NULL CONSTRAINT draft_copies_declaration_id_fkey REFERENCES declarations (id),
    account_id {uuid} NOT NULL CONSTRAINT draft_copies_account_id_fkey REFERENCES accounts (id),
    step TEXT NOT NULL,
    answers TEXT NOT NULL,
    created_at {ts} NOT NULL
){strict};
CREATE INDEX draft_copies_declaration ON draft_copies (declaration_id, account_id);
