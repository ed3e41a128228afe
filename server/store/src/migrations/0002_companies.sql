-- Companies and the people attached to them, and what the register last said.

CREATE TABLE companies (
    siren TEXT NOT NULL CONSTRAINT companies_pkey PRIMARY KEY CONSTRAINT companies_siren_check CHECK (length(siren) = 9),
    name TEXT NOT NULL,
    search_name TEXT NOT NULL,
    registry TEXT NOT NULL,
    registry_at {ts} NOT NULL,
    created_at {ts} NOT NULL,
    last_revision {int} NOT NULL CONSTRAINT companies_last_revision_check CHECK (last_revision >= 0)
){strict};

CREATE TABLE memberships (
    siren TEXT NOT NULL CONSTRAINT memberships_siren_fkey REFERENCES companies (siren),
    account_id {uuid} NOT NULL CONSTRAINT memberships_account_id_fkey REFERENCES accounts (id),
    role TEXT NOT NULL CONSTRAINT memberships_role_check CHECK (role IN ('manager', 'signatory', 'editor', 'reader')),
    proof TEXT NOT NULL CONSTRAINT memberships_proof_check CHECK (proof IN ('none', 'mail_domain', 'agent')),
    created_at {ts} NOT NULL,
    attached_by {uuid} CONSTRAINT memberships_attached_by_fkey REFERENCES accounts (id),
    CONSTRAINT memberships_pkey PRIMARY KEY (siren, account_id),
    CONSTRAINT memberships_agent_check CHECK (proof <> 'agent' OR attached_by IS NOT NULL)
){strict};
CREATE INDEX memberships_account ON memberships (account_id);
-- Two people who open the same company at the same instant: one of them is first.
CREATE UNIQUE INDEX memberships_first_key ON memberships (siren) WHERE proof IN ('none', 'mail_domain');

CREATE TABLE attachment_requests (
    id {uuid} NOT NULL CONSTRAINT attachment_requests_pkey PRIMARY KEY,
    siren TEXT NOT NULL CONSTRAINT attachment_requests_siren_fkey REFERENCES companies (siren),
    account_id {uuid} NOT NULL CONSTRAINT attachment_requests_account_id_fkey REFERENCES accounts (id),
    message TEXT NOT NULL,
    created_at {ts} NOT NULL,
    decided_at {ts},
    decided_by {uuid} CONSTRAINT attachment_requests_decided_by_fkey REFERENCES accounts (id),
    accepted {bool},
    CONSTRAINT attachment_requests_decision_check CHECK (
        (decided_at IS NULL AND decided_by IS NULL AND accepted IS NULL)
        OR (decided_at IS NOT NULL AND decided_by IS NOT NULL AND accepted IS NOT NULL)
    )
){strict};
CREATE UNIQUE INDEX attachment_requests_open_key ON attachment_requests (siren, account_id) WHERE decided_at IS NULL;

CREATE TABLE registry_cache (
    key TEXT NOT NULL CONSTRAINT registry_cache_pkey PRIMARY KEY,
    body TEXT NOT NULL,
    fetched_at {ts} NOT NULL
){strict};
CREATE INDEX registry_cache_age ON registry_cache (fetched_at);
