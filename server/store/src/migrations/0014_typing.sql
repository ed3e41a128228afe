-- The page in which each step of a draft is being typed: its own saves, in whatever order they arrive, do not disturb it.
-- The reminders of a draft that nobody finishes, each given once in its cycle.

ALTER TABLE declarations ADD COLUMN typing TEXT NOT NULL DEFAULT '{}';

CREATE TABLE draft_reminders (
    declaration_id {uuid} NOT NULL CONSTRAINT draft_reminders_declaration_id_fkey REFERENCES declarations (id),
    kind TEXT NOT NULL CONSTRAINT draft_reminders_kind_check CHECK (kind IN ('forgotten-14', 'forgotten-45')),
    given_at {ts} NOT NULL,
    CONSTRAINT draft_reminders_pkey PRIMARY KEY (declaration_id, kind)
){strict};
