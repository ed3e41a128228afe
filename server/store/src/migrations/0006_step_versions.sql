-- The version at which each step of a declaration was last changed: two steps may be answered at the same time.

ALTER TABLE declarations ADD COLUMN step_versions TEXT NOT NULL DEFAULT '{}';
