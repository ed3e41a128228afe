-- Hours realised for insertion commitments: what the company states of each quarter, and what the buyer found on checking.
-- They belong to the key of the claim, which a renewed commitment keeps. A correction is a new row, with the next number.

CREATE TABLE hours_statements (
    id {uuid} NOT NULL CONSTRAINT hours_statements_pkey PRIMARY KEY,
    siren TEXT NOT NULL CONSTRAINT hours_statements_siren_fkey REFERENCES companies (siren),
    claim_key TEXT NOT NULL,
    number {int} NOT NULL CONSTRAINT hours_statements_number_check CHECK (number >= 1),
    quarter {date} NOT NULL,
    quarter_ends {date} NOT NULL,
    -- In hundredths.
    hours {int} NOT NULL CONSTRAINT hours_statements_hours_check CHECK (hours BETWEEN 0 AND 20000000),
    note TEXT NOT NULL,
    told_by {uuid} NOT NULL CONSTRAINT hours_statements_told_by_fkey REFERENCES accounts (id),
    told_at {ts} NOT NULL,
    CONSTRAINT hours_statements_number_key UNIQUE (siren, claim_key, number),
    CONSTRAINT hours_statements_quarter_check CHECK (quarter < quarter_ends)
){strict};

CREATE TABLE hours_checks (
    statement_id {uuid} NOT NULL CONSTRAINT hours_checks_pkey PRIMARY KEY
        CONSTRAINT hours_checks_statement_id_fkey REFERENCES hours_statements (id),
    accepted {bool} NOT NULL,
    reason TEXT NOT NULL,
    checked_by {uuid} NOT NULL CONSTRAINT hours_checks_checked_by_fkey REFERENCES accounts (id),
    checked_at {ts} NOT NULL,
    CONSTRAINT hours_checks_reason_check CHECK (accepted OR reason <> '')
){strict};

-- The list of commitments.
CREATE INDEX qualifications_kind ON qualifications (kind, id);
