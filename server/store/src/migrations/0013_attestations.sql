-- What was validated for a company when it asked for the paper, under the short code that the paper bears. The same content
-- keeps its code; what it says today is always computed again. And whether the company lets the public check it.

CREATE TABLE attestations (
    code TEXT NOT NULL CONSTRAINT attestations_pkey PRIMARY KEY
        CONSTRAINT attestations_code_check CHECK (length(code) = 10 AND code = upper(code)),
    siren TEXT NOT NULL CONSTRAINT attestations_siren_fkey REFERENCES companies (siren),
    sha256 TEXT NOT NULL CONSTRAINT attestations_sha256_check CHECK (length(sha256) = 64),
    -- Their identifiers, as a JSON list.
    qualifications TEXT NOT NULL,
    issued_by {uuid} NOT NULL CONSTRAINT attestations_issued_by_fkey REFERENCES accounts (id),
    issued_at {ts} NOT NULL,
    CONSTRAINT attestations_content_key UNIQUE (siren, sha256)
){strict};

ALTER TABLE companies ADD COLUMN published {bool} NOT NULL DEFAULT TRUE;
