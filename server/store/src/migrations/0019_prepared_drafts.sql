-- Drafts that an agent prepares for a company, to be claimed by the person they were sent to: only an account of that address may
-- answer, so that the link is no secret. What is proposed is written as a link writes it.

CREATE TABLE prepared_drafts (
    id {uuid} NOT NULL CONSTRAINT prepared_drafts_pkey PRIMARY KEY,
    siren TEXT NOT NULL CONSTRAINT prepared_drafts_siren_fkey REFERENCES companies (siren),
    email TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    message TEXT NOT NULL,
    language TEXT NOT NULL,
    proposals TEXT NOT NULL,
    prepared_by {uuid} NOT NULL CONSTRAINT prepared_drafts_prepared_by_fkey REFERENCES accounts (id),
    prepared_at {ts} NOT NULL,
    expires_at {ts} NOT NULL,
    ended_at {ts},
    outcome TEXT CONSTRAINT prepared_drafts_outcome_check CHECK (outcome IN ('claimed', 'declined', 'cancelled')),
    ended_by {uuid} CONSTRAINT prepared_drafts_ended_by_fkey REFERENCES accounts (id),
    declaration_id {uuid} CONSTRAINT prepared_drafts_declaration_id_fkey REFERENCES declarations (id),
    CONSTRAINT prepared_drafts_end_check CHECK (
        (ended_at IS NULL AND outcome IS NULL AND ended_by IS NULL)
        OR (ended_at IS NOT NULL AND outcome IS NOT NULL AND ended_by IS NOT NULL)
    ),
    CONSTRAINT prepared_drafts_declaration_check CHECK (declaration_id IS NULL OR outcome = 'claimed')
){strict};
-- One at a time for a company.
CREATE UNIQUE INDEX prepared_drafts_open_key ON prepared_drafts (siren) WHERE ended_at IS NULL;
