-- The queue shows the kinds of each declaration: read from the index, without the claims themselves, which are long.

CREATE INDEX claims_kind ON claims (declaration_id, kind);
