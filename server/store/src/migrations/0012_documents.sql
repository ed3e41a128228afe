-- Evidence documents: who keeps what for which company. The content lies in the object storage under its checksum; a row is
-- removed only while nothing that was signed names it.

CREATE TABLE documents (
    id {uuid} NOT NULL CONSTRAINT documents_pkey PRIMARY KEY,
    siren TEXT NOT NULL CONSTRAINT documents_siren_fkey REFERENCES companies (siren),
    sha256 TEXT NOT NULL CONSTRAINT documents_sha256_check CHECK (length(sha256) = 64),
    name TEXT NOT NULL CONSTRAINT documents_name_check CHECK (name <> ''),
    kind TEXT NOT NULL CONSTRAINT documents_kind_check CHECK (kind IN ('pdf', 'jpeg', 'png')),
    size {int} NOT NULL CONSTRAINT documents_size_check CHECK (size > 0),
    preview {bool} NOT NULL,
    valid_from {date},
    valid_to {date},
    sent_by {uuid} NOT NULL CONSTRAINT documents_sent_by_fkey REFERENCES accounts (id),
    sent_at {ts} NOT NULL,
    scan TEXT NOT NULL CONSTRAINT documents_scan_check CHECK (scan IN ('waiting', 'clean', 'infected', 'not_scanned')),
    -- What the scanner found, in its own words.
    found TEXT,
    attempts {int} NOT NULL CONSTRAINT documents_attempts_check CHECK (attempts >= 0),
    next_scan_at {ts} NOT NULL,
    scanned_at {ts},
    -- Named by a signed revision: never removed from then on.
    signed {bool} NOT NULL,
    CONSTRAINT documents_content_key UNIQUE (siren, sha256, name),
    CONSTRAINT documents_dates_check CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to),
    CONSTRAINT documents_scanned_check CHECK ((scan IN ('clean', 'infected')) = (scanned_at IS NOT NULL)),
    CONSTRAINT documents_found_check CHECK ((scan = 'infected') = (found IS NOT NULL))
){strict};
CREATE INDEX documents_waiting ON documents (scan, next_scan_at);
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX documents_unsigned ON documents (signed, sent_at);
