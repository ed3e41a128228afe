-- Published lists that prove something of a company (ESUS, ESS France, Marché de l'inclusion, Egapro). Each file is read into
-- rows of its own; one import of each list is in force, named by lists_in_force, so that a reader sees the whole old list or the
-- whole new one. What was in force when is in list_turns, never changed.

CREATE TABLE list_imports (
    id {int} NOT NULL CONSTRAINT list_imports_pkey PRIMARY KEY
        CONSTRAINT list_imports_id_check CHECK (id >= 1),
    list TEXT NOT NULL CONSTRAINT list_imports_list_check CHECK (list IN ('esus', 'ess_france', 'inclusion', 'egapro')),
    state TEXT NOT NULL CONSTRAINT list_imports_state_check
        CHECK (state IN ('sent', 'reading', 'read', 'failed', 'discarded', 'kept')),
    file_name TEXT NOT NULL CONSTRAINT list_imports_file_name_check CHECK (file_name <> ''),
    sha256 TEXT NOT NULL CONSTRAINT list_imports_sha256_check CHECK (length(sha256) = 64),
    size_bytes {int} NOT NULL CONSTRAINT list_imports_size_check CHECK (size_bytes > 0),
    format TEXT NOT NULL CONSTRAINT list_imports_format_check CHECK (format IN ('csv', 'xlsx')),
    -- The date of the list by its publisher, else that of its import.
    published_on {date} NOT NULL,
    -- The headings and the first lines, as JSON.
    headings TEXT NOT NULL,
    sample TEXT NOT NULL,
    -- The heading of each field, as JSON.
    mapping TEXT NOT NULL,
    -- What was read, or why it was not, as JSON.
    outcome TEXT,
    failure TEXT,
    rows_read {int} NOT NULL CONSTRAINT list_imports_rows_check CHECK (rows_read >= 0),
    -- Its rows are there.
    rows_kept {bool} NOT NULL,
    -- The import that was in force when it was compared, and that it replaced.
    base {int} CONSTRAINT list_imports_base_fkey REFERENCES list_imports (id),
    -- Nobody: the command line.
    sent_by {uuid} CONSTRAINT list_imports_sent_by_fkey REFERENCES accounts (id),
    sent_at {ts} NOT NULL,
    changed_at {ts} NOT NULL,
    CONSTRAINT list_imports_outcome_check CHECK (state NOT IN ('read', 'kept') OR outcome IS NOT NULL),
    CONSTRAINT list_imports_failure_check CHECK ((state = 'failed') = (failure IS NOT NULL))
){strict};
CREATE INDEX list_imports_list ON list_imports (list, id);

CREATE TABLE list_rows (
    import {int} NOT NULL CONSTRAINT list_rows_import_fkey REFERENCES list_imports (id),
    -- What the row is about: establishment or company, kind, start, year.
    key TEXT NOT NULL,
    siren TEXT NOT NULL CONSTRAINT list_rows_siren_check CHECK (length(siren) = 9),
    name TEXT,
    -- What it says, as JSON.
    content TEXT NOT NULL,
    CONSTRAINT list_rows_pkey PRIMARY KEY (import, key)
){strict};
CREATE INDEX list_rows_siren ON list_rows (siren, import);

CREATE TABLE lists_in_force (
    list TEXT NOT NULL CONSTRAINT lists_in_force_pkey PRIMARY KEY,
    import {int} NOT NULL CONSTRAINT lists_in_force_import_key UNIQUE
        CONSTRAINT lists_in_force_import_fkey REFERENCES list_imports (id),
    since {ts} NOT NULL
){strict};

CREATE TABLE list_turns (
    list TEXT NOT NULL,
    seq {int} NOT NULL CONSTRAINT list_turns_seq_check CHECK (seq >= 1),
    act TEXT NOT NULL CONSTRAINT list_turns_act_check CHECK (act IN ('imported', 'rolled_back')),
    -- What is in force from then on; nothing once the first import is taken back.
    import {int} CONSTRAINT list_turns_import_fkey REFERENCES list_imports (id),
    -- What was in force before.
    before {int} CONSTRAINT list_turns_before_fkey REFERENCES list_imports (id),
    reason TEXT NOT NULL,
    by_account {uuid} CONSTRAINT list_turns_by_fkey REFERENCES accounts (id),
    at {ts} NOT NULL,
    CONSTRAINT list_turns_pkey PRIMARY KEY (list, seq),
    CONSTRAINT list_turns_import_check CHECK (act = 'rolled_back' OR import IS NOT NULL)
){strict};

-- Which column gave what in the last file of a list with these headings.
CREATE TABLE list_mappings (
    list TEXT NOT NULL,
    headings TEXT NOT NULL CONSTRAINT list_mappings_headings_check CHECK (length(headings) = 64),
    mapping TEXT NOT NULL,
    saved_at {ts} NOT NULL,
    CONSTRAINT list_mappings_pkey PRIMARY KEY (list, headings)
){strict};
