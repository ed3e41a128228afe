-- The people of a company: invited, asked for, proved by a letter, mandated; and who decides.

-- What shows that a person belongs has more kinds: the table is made anew, as SQLite cannot change a check.
CREATE TABLE memberships_before AS SELECT * FROM memberships;
DROP TABLE memberships;
CREATE TABLE memberships (
    siren TEXT NOT NULL CONSTRAINT memberships_siren_fkey REFERENCES companies (siren),
    account_id {uuid} NOT NULL CONSTRAINT memberships_account_id_fkey REFERENCES accounts (id),
    role TEXT NOT NULL CONSTRAINT memberships_role_check CHECK (role IN ('manager', 'signatory', 'editor', 'reader')),
    proof TEXT NOT NULL CONSTRAINT memberships_proof_check
        CHECK (proof IN ('none', 'mail_domain', 'member', 'agent', 'letter', 'mandate')),
    created_at {ts} NOT NULL,
    attached_by {uuid} CONSTRAINT memberships_attached_by_fkey REFERENCES accounts (id),
    -- The firm or the network that a third party works for.
    organisation TEXT CONSTRAINT memberships_organisation_check CHECK (length(organisation) BETWEEN 1 AND 200),
    CONSTRAINT memberships_pkey PRIMARY KEY (siren, account_id),
    CONSTRAINT memberships_decided_check CHECK (proof NOT IN ('agent', 'member') OR attached_by IS NOT NULL),
    -- A mandate that nobody confirmed prepares, and does no more.
    CONSTRAINT memberships_mandate_check CHECK (proof <> 'mandate' OR (organisation IS NOT NULL AND role = 'editor')),
    CONSTRAINT memberships_third_party_check CHECK (organisation IS NULL OR role IN ('editor', 'reader'))
){strict};
INSERT INTO memberships (siren, account_id, role, proof, created_at, attached_by)
SELECT siren, account_id, role, proof, created_at, attached_by FROM memberships_before;
DROP TABLE memberships_before;
CREATE INDEX memberships_account ON memberships (account_id);
-- Two people who open the same company at the same instant: one of them is first.
CREATE UNIQUE INDEX memberships_first_key ON memberships (siren) WHERE proof IN ('none', 'mail_domain');

-- The managers decide first; the buyer when nobody answers.
ALTER TABLE attachment_requests ADD COLUMN role TEXT NOT NULL DEFAULT 'editor'
    CONSTRAINT attachment_requests_role_check CHECK (role IN ('manager', 'signatory', 'editor', 'reader'));
ALTER TABLE attachment_requests ADD COLUMN organisation TEXT
    CONSTRAINT attachment_requests_organisation_check CHECK (length(organisation) BETWEEN 1 AND 200);
-- When the buyer is asked too; at once when nobody manages the company.
ALTER TABLE attachment_requests ADD COLUMN buyer_from {ts};
UPDATE attachment_requests SET buyer_from = created_at, role = 'manager';
CREATE INDEX attachment_requests_siren ON attachment_requests (siren) WHERE decided_at IS NULL;
CREATE INDEX attachment_requests_buyer ON attachment_requests (buyer_from) WHERE decided_at IS NULL;

-- A person invited by a manager or by an agent: only an account of this address may answer, so that the link is no secret.
CREATE TABLE invitations (
    id {uuid} NOT NULL CONSTRAINT invitations_pkey PRIMARY KEY,
    siren TEXT NOT NULL CONSTRAINT invitations_siren_fkey REFERENCES companies (siren),
    email TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT invitations_role_check CHECK (role IN ('manager', 'signatory', 'editor', 'reader')),
    organisation TEXT CONSTRAINT invitations_organisation_check CHECK (length(organisation) BETWEEN 1 AND 200),
    message TEXT NOT NULL,
    language TEXT NOT NULL,
    invited_by {uuid} NOT NULL CONSTRAINT invitations_invited_by_fkey REFERENCES accounts (id),
    -- What the attachment will be proved by: a manager's word, an agent's, or nothing when a third party invites its client.
    proof TEXT NOT NULL CONSTRAINT invitations_proof_check CHECK (proof IN ('none', 'member', 'agent')),
    created_at {ts} NOT NULL,
    expires_at {ts} NOT NULL,
    ended_at {ts},
    outcome TEXT CONSTRAINT invitations_outcome_check CHECK (outcome IN ('accepted', 'declined', 'revoked')),
    ended_by {uuid} CONSTRAINT invitations_ended_by_fkey REFERENCES accounts (id),
    CONSTRAINT invitations_end_check CHECK (
        (ended_at IS NULL AND outcome IS NULL AND ended_by IS NULL)
        OR (ended_at IS NOT NULL AND outcome IS NOT NULL AND ended_by IS NOT NULL)
    ),
    CONSTRAINT invitations_third_party_check CHECK (organisation IS NULL OR role IN ('editor', 'reader'))
){strict};
CREATE UNIQUE INDEX invitations_open_key ON invitations (siren, email) WHERE ended_at IS NULL;
CREATE INDEX invitations_email ON invitations (email) WHERE ended_at IS NULL;

-- A code that travels by post to the seat of the company: only its hash is kept.
CREATE TABLE attachment_letters (
    id {uuid} NOT NULL CONSTRAINT attachment_letters_pkey PRIMARY KEY,
    request_id {uuid} NOT NULL CONSTRAINT attachment_letters_request_id_fkey REFERENCES attachment_requests (id),
    code_hash {bytes} NOT NULL,
    address TEXT NOT NULL,
    made_by {uuid} NOT NULL CONSTRAINT attachment_letters_made_by_fkey REFERENCES accounts (id),
    made_at {ts} NOT NULL,
    expires_at {ts} NOT NULL,
    attempts {int} NOT NULL CONSTRAINT attachment_letters_attempts_check CHECK (attempts >= 0)
){strict};
CREATE UNIQUE INDEX attachment_letters_request_key ON attachment_letters (request_id);

-- Addresses of these domains join without asking, because a manager of that domain said so.
CREATE TABLE company_domains (
    siren TEXT NOT NULL CONSTRAINT company_domains_siren_fkey REFERENCES companies (siren),
    domain TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT company_domains_role_check CHECK (role IN ('editor', 'reader')),
    opened_by {uuid} NOT NULL CONSTRAINT company_domains_opened_by_fkey REFERENCES accounts (id),
    opened_at {ts} NOT NULL,
    CONSTRAINT company_domains_pkey PRIMARY KEY (siren, domain)
){strict};
