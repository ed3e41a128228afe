//! What the public register says of companies that declared nothing on the portal.

use domain::text::text;

use super::extras::{may3, must3, since_3, table};
use super::{Kind, SIREN, Table};

pub const REGISTER_FACTS: Table = table(
    "register_facts",
    text(
        "Ce que dit le répertoire des entreprises que nomment les marchés, les paiements ou les statuts repris et qui n’étaient pas dans suppliers quand il a été lu\u{A0}: une ligne par SIREN.",
        "What the register says of companies that contracts, payments or taken-over statuses name and that were not in suppliers when it was read: one row per SIREN.",
    ),
    1,
    &[
        since_3(SIREN),
        must3(
            "is_known",
            Kind::Integer,
            "1 si le répertoire connaît ce numéro, sinon 0",
            "1 if the register knows this number, else 0",
        ),
        may3(
            "name",
            Kind::Text,
            "Dénomination, selon le répertoire",
            "Name, from the register",
        ),
        may3(
            "legal_category",
            Kind::Text,
            "Catégorie juridique Insee (4 chiffres)",
            "Insee legal category (4 digits)",
        ),
        may3(
            "naf",
            Kind::Text,
            "Activité principale (code NAF)",
            "Main activity (NAF code)",
        ),
        may3(
            "postal_code",
            Kind::Text,
            "Code postal du siège",
            "Postal code of the head office",
        ),
        may3(
            "commune",
            Kind::Text,
            "Code Insee de la commune du siège",
            "Insee code of the commune of the head office",
        ),
        may3(
            "register_category",
            Kind::Text,
            "Catégorie d’entreprise\u{A0}: PME, ETI ou GE",
            "Size category: PME, ETI or GE",
        ),
        may3(
            "is_active",
            Kind::Integer,
            "1 si l’entreprise est en activité, sinon 0",
            "1 if the company is active, else 0",
        ),
        must3(
            "known_since",
            Kind::Instant,
            "Depuis quand la catégorie d’entreprise est celle-là, à notre connaissance",
            "Since when the size category is this one, as far as we know",
        ),
        must3(
            "register_read_at",
            Kind::Instant,
            "Quand le répertoire a répondu pour la dernière fois",
            "When the register answered last",
        ),
    ],
);
