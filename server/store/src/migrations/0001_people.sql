-- People sign in: accounts, sign-in links and codes, sessions, bodies parked while a session is renewed, rate limits.

CREATE TABLE accounts (
    id {uuid} NOT NULL CONSTRAINT accounts_pkey PRIMARY KEY,
    email TEXT NOT NULL CONSTRAINT accounts_email_key UNIQUE,
    name TEXT NOT NULL,
    quality TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT accounts_role_check CHECK (role IN ('supplier', 'reviewer', 'administrator')),
    language TEXT NOT NULL CONSTRAINT accounts_language_check CHECK (language IN ('fr', 'en')),
    created_at {ts} NOT NULL,
    disabled_at {ts},
    CONSTRAINT accounts_email_folded CHECK (email = lower(email) AND email LIKE '%_@_%')
){strict};

CREATE TABLE sign_in_links (
    id {uuid} NOT NULL CONSTRAINT sign_in_links_pkey PRIMARY KEY,
    email TEXT NOT NULL,
    token_hash {bytes} NOT NULL CONSTRAINT sign_in_links_token_hash_key UNIQUE,
    code_hash {bytes} NOT NULL,
    browser_hash {bytes} NOT NULL,
    next_path TEXT,
    created_at {ts} NOT NULL,
    expires_at {ts} NOT NULL,
    attempts {int} NOT NULL,
    used_at {ts},
    superseded_at {ts},
    CONSTRAINT sign_in_links_expiry_check CHECK (expires_at > created_at),
    CONSTRAINT sign_in_links_use_check CHECK (used_at IS NULL OR superseded_at IS NULL)
){strict};
CREATE INDEX sign_in_links_email ON sign_in_links (email, created_at);
CREATE INDEX sign_in_links_browser ON sign_in_links (browser_hash);
CREATE INDEX sign_in_links_expiry ON sign_in_links (expires_at);

CREATE TABLE sessions (
    id_hash {bytes} NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT sessions_account_id_fkey REFERENCES accounts (id),
    created_at {ts} NOT NULL,
    seen_at {ts} NOT NULL,
    idle_seconds {int} NOT NULL,
    idle_until {ts} NOT NULL,
    expires_at {ts} NOT NULL
){strict};
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE parked_posts (
    id {uuid} NOT NULL CONSTRAINT parked_posts_pkey PRIMARY KEY,
    browser_hash {bytes} NOT NULL,
    account_id {uuid} NOT NULL CONSTRAINT parked_posts_account_id_fkey REFERENCES accounts (id),
    path TEXT NOT NULL,
    body {bytes} NOT NULL,
    created_at {ts} NOT NULL,
    expires_at {ts} NOT NULL
){strict};
CREATE INDEX parked_posts_browser ON parked_posts (browser_hash);

CREATE TABLE rate_limits (
    key_hash {bytes} NOT NULL CONSTRAINT rate_limits_pkey PRIMARY KEY,
    full_at {int} NOT NULL
){strict};

CREATE TABLE form_tokens (
    token_hash {bytes} NOT NULL CONSTRAINT form_tokens_pkey PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT form_tokens_account_id_fkey REFERENCES accounts (id),
    location TEXT NOT NULL,
    used_at {ts} NOT NULL
){strict};
CREATE INDEX form_tokens_used ON form_tokens (used_at);
