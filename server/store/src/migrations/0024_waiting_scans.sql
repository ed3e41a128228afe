-- Since when a document waits for its scan: what was taken long before there was a scanner waits since there is one.

ALTER TABLE documents ADD COLUMN waits_since {ts};
UPDATE documents SET waits_since = sent_at WHERE scan = 'waiting';
