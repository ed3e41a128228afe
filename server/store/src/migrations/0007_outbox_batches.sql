-- Notices that leave in one mail keep together: the mail is tried again as it was, under the same identifier.

ALTER TABLE outbox ADD COLUMN batch {uuid};
CREATE INDEX outbox_delivered ON outbox (route, delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX outbox_batch ON outbox (batch) WHERE batch IS NOT NULL AND delivered_at IS NULL AND parked_at IS NULL;
