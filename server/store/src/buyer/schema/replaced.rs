//! What rows said before they were replaced: `--as-of` asks what was known on a day that is past.

use domain::text::text;

use super::extras::{must3, table};
use super::{Kind, Table};

pub const REPLACED_ROWS: Table = table(
    "replaced_rows",
    text(
        "Ce que disaient des lignes remplacées depuis (statuts, parts, faits du répertoire)\u{A0}: sert à --as-of.",
        "What rows said that were replaced since (statuses, shares, register facts): serves --as-of.",
    ),
    4,
    &[
        must3(
            "table_name",
            Kind::Text,
            "La table de la ligne",
            "Table of the row",
        ),
        must3(
            "known_since",
            Kind::Instant,
            "Depuis quand elle disait cela",
            "Since when it said so",
        ),
        must3(
            "replaced_at",
            Kind::Instant,
            "Quand elle a été remplacée ou retirée",
            "When it was replaced or removed",
        ),
        must3(
            "content",
            Kind::Text,
            "Ses valeurs, en liste JSON dans l’ordre des colonnes",
            "Its values, as a JSON list in the order of the columns",
        ),
    ],
);
