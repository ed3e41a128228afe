-- Who was of a company and is not any more: an open mail domain lets newcomers in, not those who were put out.

CREATE TABLE former_members (
    siren TEXT NOT NULL CONSTRAINT former_members_siren_fkey REFERENCES companies (siren),
    account_id {uuid} NOT NULL CONSTRAINT former_members_account_id_fkey REFERENCES accounts (id),
    left_at {ts} NOT NULL,
    CONSTRAINT former_members_pkey PRIMARY KEY (siren, account_id)
){strict};
