-- Dated truth: qualifications, the closures that end them early, revocations that await a second person, and the
-- reminders already given of an end.

CREATE TABLE qualifications (
    id {uuid} NOT NULL CONSTRAINT qualifications_pkey PRIMARY KEY,
    siren TEXT NOT NULL CONSTRAINT qualifications_siren_fkey REFERENCES companies (siren),
    declaration_id {uuid} NOT NULL CONSTRAINT qualifications_declaration_id_fkey REFERENCES declarations (id),
    revision {int} NOT NULL,
    claim_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    claim TEXT NOT NULL,
    hash TEXT NOT NULL,
    valid_from {date} NOT NULL,
    valid_to {date},
    accepted_by {uuid} NOT NULL CONSTRAINT qualifications_accepted_by_fkey REFERENCES accounts (id),
    accepted_at {ts} NOT NULL,
    CONSTRAINT qualifications_revision_fkey FOREIGN KEY (siren, revision) REFERENCES revisions (siren, number),
    CONSTRAINT qualifications_validity_check CHECK (valid_to IS NULL OR valid_from <= valid_to),
    CONSTRAINT qualifications_revision_key UNIQUE (siren, claim_key, revision)
){strict};
CREATE INDEX qualifications_company ON qualifications (siren, claim_key, valid_from);
CREATE INDEX qualifications_end ON qualifications (valid_to);

CREATE TABLE closures (
    qualification_id {uuid} NOT NULL CONSTRAINT closures_qualification_id_fkey REFERENCES qualifications (id),
    number {int} NOT NULL CONSTRAINT closures_number_check CHECK (number >= 1),
    starts_on {date} NOT NULL,
    cause TEXT NOT NULL CONSTRAINT closures_cause_check CHECK (cause IN ('superseded', 'revoked', 'withdrawn')),
    reason TEXT NOT NULL,
    decided_by {uuid} CONSTRAINT closures_decided_by_fkey REFERENCES accounts (id),
    second_person {uuid} CONSTRAINT closures_second_person_fkey REFERENCES accounts (id),
    recorded_at {ts} NOT NULL,
    CONSTRAINT closures_pkey PRIMARY KEY (qualification_id, number),
    CONSTRAINT closures_two_people_check CHECK (
        cause <> 'revoked'
        OR (decided_by IS NOT NULL AND second_person IS NOT NULL AND decided_by <> second_person AND reason <> '')
    )
){strict};

CREATE TABLE revocation_proposals (
    id {uuid} NOT NULL CONSTRAINT revocation_proposals_pkey PRIMARY KEY,
    qualification_id {uuid} NOT NULL
        CONSTRAINT revocation_proposals_qualification_id_fkey REFERENCES qualifications (id),
    starts_on {date} NOT NULL,
    reason TEXT NOT NULL,
    proposed_by {uuid} NOT NULL CONSTRAINT revocation_proposals_proposed_by_fkey REFERENCES accounts (id),
    proposed_at {ts} NOT NULL,
    outcome TEXT CONSTRAINT revocation_proposals_outcome_check CHECK (outcome IN ('confirmed', 'dropped')),
    decided_by {uuid} CONSTRAINT revocation_proposals_decided_by_fkey REFERENCES accounts (id),
    decided_at {ts},
    CONSTRAINT revocation_proposals_decision_check CHECK (
        (outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)
    ),
    CONSTRAINT revocation_proposals_second_check CHECK (outcome <> 'confirmed' OR decided_by <> proposed_by)
){strict};
CREATE UNIQUE INDEX revocation_proposals_open_key ON revocation_proposals (qualification_id) WHERE outcome IS NULL;

CREATE TABLE reminders (
    qualification_id {uuid} NOT NULL CONSTRAINT reminders_qualification_id_fkey REFERENCES qualifications (id),
    kind TEXT NOT NULL CONSTRAINT reminders_kind_check
        CHECK (kind IN ('expiring-60', 'expiring-30', 'expiring-7', 'expired')),
    given_at {ts} NOT NULL,
    CONSTRAINT reminders_pkey PRIMARY KEY (qualification_id, kind)
){strict};
