-- The catalogue of the form as the buyer edits it: each version whole, with the day from which it holds. The program's own, of
-- number 0, is not here.

CREATE TABLE catalogue_versions (
    version {int} NOT NULL CONSTRAINT catalogue_versions_pkey PRIMARY KEY
        CONSTRAINT catalogue_versions_version_check CHECK (version >= 1),
    holds_from {date} NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL CONSTRAINT catalogue_versions_reason_check CHECK (reason <> ''),
    recorded_by {uuid} NOT NULL CONSTRAINT catalogue_versions_recorded_by_fkey REFERENCES accounts (id),
    recorded_at {ts} NOT NULL
){strict};
