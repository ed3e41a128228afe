//! The buyer database described once: its tables, their SQL, its comments and the README are made from this.
//!
//! A published column is never renamed nor removed: a new one is added with the number of the
//! version that brings it. The book-keeping of imports is not published; what it no longer needs is in [`RETIRED`].

mod concessions;
mod contracts;
mod ends;
mod extras;
mod frozen;
mod holds;
mod pledges;
mod realised;
mod register;
mod replaced;

pub use concessions::CONCESSIONS;
pub use contracts::{
    CONTRACT_FLAGS, CONTRACT_HOLDERS, CONTRACT_RECORDS, CONTRACT_SHARES, CONTRACTS, IMPORTS,
    QUARANTINE, TAKEN_OVER,
};
pub use ends::{CLOSURES, FEED_INBOX, SCHEMA_VERSION};
pub use extras::{
    CONTRACT_MODIFICATIONS, IMPORT_CONFORMITY, IMPORT_REPEATS, LAST_CHANGE, LEDGER_MAPPINGS,
    PAYMENTS, SUBCONTRACTS,
};
pub use frozen::{FROZEN_LINES, FROZEN_YEARS};
pub use holds::{COMMITMENTS, QUALIFICATIONS, SUPPLIERS};
pub use pledges::PLEDGES;
pub use realised::REALISED_HOURS;
pub use register::REGISTER_FACTS;
pub use replaced::REPLACED_ROWS;

use domain::text::{Text, text};

/// The version of the schema that this program writes.
pub const VERSION: u32 = 6;

/// A table for the analysts of the buyer.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub about: Text,
    pub columns: &'static [Column],
    /// How many of the first columns identify a row.
    pub key: usize,
    pub since: u32,
}

#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    pub about: Text,
    pub since: u32,
}

/// The type of a column, in the words of both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    /// Two decimals.
    Decimal,
    Date,
    Instant,
}

const fn column(name: &'static str, kind: Kind, required: bool, about: Text) -> Column {
    Column {
        name,
        kind,
        required,
        about,
        since: 1,
    }
}

const fn must(name: &'static str, kind: Kind, fr: &'static str, en: &'static str) -> Column {
    column(name, kind, true, text(fr, en))
}

const fn may(name: &'static str, kind: Kind, fr: &'static str, en: &'static str) -> Column {
    column(name, kind, false, text(fr, en))
}

const SIREN: Column = must(
    "siren",
    Kind::Text,
    "Numéro SIREN de l’entreprise (9 chiffres)",
    "SIREN number of the company (9 digits)",
);
const CLAIM_KEY: Column = must(
    "claim_key",
    Kind::Text,
    "Clé de l’affirmation, stable d’une déclaration à l’autre : genre, périmètre, engagement, marché",
    "Key of the claim, stable from one declaration to the next: kind, scope, commitment, contract",
);
const VALID_FROM: Column = must(
    "valid_from",
    Kind::Date,
    "Premier jour de validité",
    "First day of validity",
);

/// The tables, in the order in which they are created.
pub const TABLES: [&Table; 28] = [
    &SUPPLIERS,
    &QUALIFICATIONS,
    &COMMITMENTS,
    &PLEDGES,
    &CLOSURES,
    &FEED_INBOX,
    &SCHEMA_VERSION,
    &IMPORTS,
    &CONTRACT_RECORDS,
    &QUARANTINE,
    &CONTRACTS,
    &CONTRACT_HOLDERS,
    &CONTRACT_FLAGS,
    &CONTRACT_SHARES,
    &TAKEN_OVER,
    &IMPORT_REPEATS,
    &IMPORT_CONFORMITY,
    &CONTRACT_MODIFICATIONS,
    &SUBCONTRACTS,
    &REALISED_HOURS,
    &CONCESSIONS,
    &PAYMENTS,
    &LEDGER_MAPPINGS,
    &REGISTER_FACTS,
    &REPLACED_ROWS,
    &LAST_CHANGE,
    &FROZEN_YEARS,
    &FROZEN_LINES,
];

/// A column that a later version dropped.
#[derive(Debug)]
pub struct Retired {
    pub table: &'static str,
    pub name: &'static str,
    pub kind: Kind,
    pub since: u32,
    pub until: u32,
}

/// Which import held a publication last was noted on the publication itself: `import_repeats` tells it of each import.
pub const RETIRED: [Retired; 2] = [
    Retired {
        table: "contract_records",
        name: "last_import_id",
        kind: Kind::Text,
        since: 2,
        until: 3,
    },
    Retired {
        table: "contract_records",
        name: "last_copies",
        kind: Kind::Integer,
        since: 2,
        until: 3,
    },
];

/// Tables whose rows are never altered nor removed.
pub const APPEND_ONLY: [&Table; 2] = [&FROZEN_YEARS, &FROZEN_LINES];

/// A view for the analysts: its SQL is the same on both engines.
#[derive(Debug)]
pub struct View {
    pub name: &'static str,
    pub about: Text,
    pub since: u32,
    pub sql: &'static str,
}

/// The views, in the order in which they are created.
pub const VIEWS: [&View; 3] = [&PERIODS, &STATUSES, &ESTABLISHMENTS];

/// What most questions are asked of: the periods with their early ends. Made anew by [`REMADE`].
pub const PERIODS: View = View {
    name: "qualification_periods",
    about: text(
        "Les qualifications avec leur fin anticipée : valable un jour J si valid_from <= J, valid_to vide ou >= J, closed_from vide ou > J.",
        "Qualifications with their early end: valid on a day D if valid_from <= D, valid_to empty or >= D, closed_from empty or > D.",
    ),
    since: 1,
    sql: "SELECT q.*, (SELECT MIN(c.closed_from) FROM closures c
        WHERE c.siren = q.siren AND c.claim_key = q.claim_key
        AND c.valid_from = q.valid_from AND c.revision = q.revision) AS closed_from
    FROM qualifications q",
};

/// A view that a later version makes anew, with more columns after those that it had: `PostgreSQL` fixes the columns of a
/// view when it is made, and only so do what analysts built on it and what they were granted stay.
#[derive(Debug)]
pub struct Remade {
    pub view: &'static View,
    pub in_version: u32,
    pub sql: &'static str,
}

/// How a status is proved (version 5) was missing on `PostgreSQL`.
pub const REMADE: [Remade; 1] = [Remade {
    view: &PERIODS,
    in_version: 6,
    sql: "SELECT q.siren, q.claim_key, q.valid_from, q.valid_to, q.kind, q.siret, q.reference, q.authority,
        q.eu_category, q.fr_category, q.accounts_closed_on, q.revision, q.accepted_at, q.declaration_id, q.content_hash,
        (SELECT MIN(c.closed_from) FROM closures c
        WHERE c.siren = q.siren AND c.claim_key = q.claim_key
        AND c.valid_from = q.valid_from AND c.revision = q.revision) AS closed_from,
        q.agreement_state, q.siret_at_signature, q.proved_by, q.proved_on
    FROM qualifications q",
}];

/// All statuses that may count, wherever they were validated.
pub const STATUSES: View = View {
    name: "statuses",
    about: text(
        "Les statuts qui comptent, validés sur le portail (portal) ou repris d’ailleurs (taken_over)\u{A0}: valable un jour J comme dans qualification_periods.",
        "Statuses that count, validated on the portal (portal) or taken over (taken_over): valid on a day D as in qualification_periods.",
    ),
    since: 2,
    sql: "SELECT siren, siret, kind, valid_from, valid_to, closed_from, accepted_at AS recorded_at,
            'portal' AS origin FROM qualification_periods
        UNION ALL SELECT siren, NULLIF(siret, ''), kind, valid_from, valid_to, CAST(NULL AS DATE),
            recorded_at, 'taken_over' FROM taken_over_qualifications WHERE status = 'validated'",
};

/// Every establishment that the database knows, and from where.
pub const ESTABLISHMENTS: View = View {
    name: "establishments",
    about: text(
        "Les établissements connus, par les marchés, les statuts ou les paiements.",
        "Establishments known from contracts, statuses or payments.",
    ),
    since: 3,
    sql: "SELECT siret, SUBSTR(siret, 1, 9) AS siren, MAX(holder) AS holds_contracts,
            MAX(qualified) AS has_status, MAX(paid) AS is_paid
        FROM (SELECT siret, 1 AS holder, 0 AS qualified, 0 AS paid FROM contract_holders
            UNION ALL SELECT siret, 0, 1, 0 FROM statuses
            UNION ALL SELECT siret, 0, 0, 1 FROM payments) known
        WHERE siret IS NOT NULL GROUP BY siret",
};
