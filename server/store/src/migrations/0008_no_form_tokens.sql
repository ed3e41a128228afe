-- Sending a form twice is recognised by what the declaration became; nothing spends tokens.

DROP TABLE form_tokens;
