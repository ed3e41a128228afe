-- The page in which each step of a draft is being typed: its own saves, in whatever order they arrive, do not disturb it.
-- The reminders of a draft that nobody finishes, each given once in its cycle.

ALTER TABLE declarations ADD COLUMN typing TEXT NOT NULL DEFAULT '{}';
