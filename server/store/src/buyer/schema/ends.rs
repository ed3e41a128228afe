//! What ends early, and what the feed itself keeps.

use domain::text::text;

use super::{CLAIM_KEY, Kind, SIREN, Table, VALID_FROM, may, must};

pub const CLOSURES: Table = Table {
    name: "closures",
    about: text(
        "Les fins anticipées : une qualification close n’est jamais effacée, une ligne s’ajoute ici.",
        "Early ends: a closed qualification is never deleted, a row is added here.",
    ),
    key: 5,
    since: 1,
    columns: &[
        SIREN,
        CLAIM_KEY,
        VALID_FROM,
        must(
            "revision",
            Kind::Integer,
            "Révision de la qualification close",
            "Revision of the closed qualification",
        ),
        must(
            "number",
            Kind::Integer,
            "Rang de la clôture pour cette qualification",
            "Rank of the closure for this qualification",
        ),
        must(
            "closed_from",
            Kind::Date,
            "Premier jour où la qualification ne vaut plus",
            "First day on which the qualification no longer holds",
        ),
        must(
            "cause",
            Kind::Text,
            "Cause : superseded (remplacée), revoked (révoquée) ou withdrawn (retirée par l’entreprise)",
            "Cause: superseded, revoked or withdrawn (by the company)",
        ),
        may("reason", Kind::Text, "Motif", "Reason"),
        must(
            "recorded_at",
            Kind::Instant,
            "Quand la clôture a été enregistrée",
            "When the closure was recorded",
        ),
    ],
};

pub const FEED_INBOX: Table = Table {
    name: "feed_inbox",
    about: text(
        "Messages du portail déjà reçus : un message livré deux fois ne compte qu’une fois.",
        "Messages already received from the portal: one delivered twice counts once.",
    ),
    key: 1,
    since: 1,
    columns: &[
        must(
            "message_id",
            Kind::Text,
            "Identifiant du message",
            "Identifier of the message",
        ),
        must(
            "siren",
            Kind::Text,
            "Entreprise concernée",
            "Company concerned",
        ),
        must(
            "received_at",
            Kind::Instant,
            "Quand il a été reçu",
            "When it was received",
        ),
    ],
};

pub const SCHEMA_VERSION: Table = Table {
    name: "schema_version",
    about: text(
        "Versions du schéma, dans l’ordre de leur installation.",
        "Versions of the schema, in the order of their installation.",
    ),
    key: 1,
    since: 1,
    columns: &[
        must(
            "version",
            Kind::Integer,
            "Numéro de version",
            "Number of the version",
        ),
        must(
            "installed_at",
            Kind::Instant,
            "Quand elle a été installée",
            "When it was installed",
        ),
    ],
};
