//! What was realised of the insertion commitments, as the buyer checked it.

use domain::text::text;

use super::extras::{must3, since_3, table};
use super::{CLAIM_KEY, Kind, SIREN, Table};

pub const REALISED_HOURS: Table = table(
    "realised_hours",
    text(
        "Les heures d’insertion réalisées que l’acheteur a vérifiées\u{A0}: pour chaque trimestre compte la ligne de plus grand rang.",
        "Insertion hours realised, as checked by the buyer: for each quarter the row with the greatest number counts.",
    ),
    3,
    &[
        since_3(SIREN),
        since_3(CLAIM_KEY),
        must3(
            "number",
            Kind::Integer,
            "Rang du relevé parmi ceux de l’engagement",
            "Number of the statement among those of the commitment",
        ),
        must3(
            "quarter",
            Kind::Date,
            "Premier jour du trimestre",
            "First day of the quarter",
        ),
        must3(
            "quarter_ends",
            Kind::Date,
            "Dernier jour du trimestre",
            "Last day of the quarter",
        ),
        must3(
            "hours",
            Kind::Decimal,
            "Heures réalisées pendant le trimestre",
            "Hours realised during the quarter",
        ),
        must3(
            "told_at",
            Kind::Instant,
            "Quand l’entreprise a envoyé le relevé",
            "When the company sent the statement",
        ),
        must3(
            "checked_at",
            Kind::Instant,
            "Quand l’acheteur l’a vérifié",
            "When the buyer checked it",
        ),
    ],
);
