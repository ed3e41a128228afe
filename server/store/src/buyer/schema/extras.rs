//! What version 3 adds around the contracts: who gave a publication again, modifications, subcontracts, and payments.

use domain::text::{Text, text};

use super::contracts::{BUYER, CONTRACT, IMPORT};
use super::{Column, Kind, Table, may, must};

pub(super) const fn since_3(column: Column) -> Column {
    Column { since: 3, ..column }
}

pub(super) const fn must3(
    name: &'static str,
    kind: Kind,
    fr: &'static str,
    en: &'static str,
) -> Column {
    since_3(must(name, kind, fr, en))
}

pub(super) const fn may3(
    name: &'static str,
    kind: Kind,
    fr: &'static str,
    en: &'static str,
) -> Column {
    since_3(may(name, kind, fr, en))
}

pub(super) const fn table(
    name: &'static str,
    about: Text,
    key: usize,
    columns: &'static [Column],
) -> Table {
    Table {
        name,
        about,
        columns,
        key,
        since: 3,
    }
}

pub const IMPORT_REPEATS: Table = table(
    "import_repeats",
    text(
        "Les publications qu’un import a données à nouveau, ou plusieurs fois : ce qui permet de le retirer exactement.",
        "Publications that an import gave again, or more than once: what makes it possible to roll it back exactly.",
    ),
    2,
    &[
        must3(
            "record_hash",
            Kind::Text,
            "La publication",
            "Publication given",
        ),
        since_3(IMPORT),
        must3(
            "copies",
            Kind::Integer,
            "Combien de fois elle figure dans cet import",
            "How often it is in this import",
        ),
    ],
);

pub const IMPORT_CONFORMITY: Table = table(
    "import_conformity",
    text(
        "Ce que les enregistrements d’un import ont de contraire au schéma officiel, règle par règle : la lecture, elle, est tolérante.",
        "What the records of an import have against the official schema, rule by rule: the reading itself is lenient.",
    ),
    3,
    &[
        since_3(IMPORT),
        must3(
            "place",
            Kind::Text,
            "Où : noms depuis l’enregistrement, * pour tout élément d’une liste ; vide : l’enregistrement",
            "Where: names from the record down, * for any item of a list; empty: the record",
        ),
        must3(
            "rule",
            Kind::Text,
            "Règle du schéma (mot-clé de JSON Schema), ou raison d’un texte illisible",
            "Rule of the schema (keyword of JSON Schema), or reason of an unreadable text",
        ),
        must3(
            "record_count",
            Kind::Integer,
            "Enregistrements qui l’enfreignent",
            "Records that breach it",
        ),
        must3(
            "first_position",
            Kind::Integer,
            "Rang du premier dans le fichier, à partir de 1",
            "Rank of the first in the file, from 1",
        ),
        must3(
            "first_value",
            Kind::Text,
            "Ce qui s’y trouve, abrégé",
            "What stands there, shortened",
        ),
    ],
);

pub const CONTRACT_MODIFICATIONS: Table = table(
    "contract_modifications",
    text(
        "Les modifications publiées d’un marché, dans l’ordre où elles s’appliquent.",
        "Published modifications of a contract, in the order in which they apply.",
    ),
    3,
    &[
        since_3(BUYER),
        since_3(CONTRACT),
        must3(
            "position",
            Kind::Integer,
            "Rang, à partir de 1",
            "Rank, from 1",
        ),
        must3(
            "modification_id",
            Kind::Text,
            "Numéro publié",
            "Number as published",
        ),
        must3(
            "notified_on",
            Kind::Date,
            "Date de notification de la modification",
            "Notification date of the modification",
        ),
        may3(
            "amount",
            Kind::Integer,
            "Nouveau montant, en millionièmes d’euro hors taxes ; vide : inchangé",
            "New amount, in millionths of a euro excl. tax; empty: unchanged",
        ),
        must3(
            "holders",
            Kind::Integer,
            "Nombre de nouveaux titulaires ; 0 : inchangés",
            "Number of new holders; 0: unchanged",
        ),
    ],
);

pub const SUBCONTRACTS: Table = table(
    "subcontracts",
    text(
        "Les actes de sous-traitance publiés : ils donnent les achats solidaires indirects, jamais ajoutés aux directs.",
        "Published subcontracts: they give the indirect solidarity purchases, never added to the direct ones.",
    ),
    3,
    &[
        since_3(BUYER),
        since_3(CONTRACT),
        must3(
            "position",
            Kind::Integer,
            "Rang, à partir de 1",
            "Rank, from 1",
        ),
        must3(
            "subcontract_id",
            Kind::Text,
            "Numéro publié",
            "Number as published",
        ),
        must3(
            "party",
            Kind::Text,
            "Sous-traitant : le SIREN, sinon type et identifiant",
            "Subcontractor: the SIREN, else type and identifier",
        ),
        may3(
            "siren",
            Kind::Text,
            "SIREN, si l’identifiant y conduit",
            "SIREN, when the identifier leads to one",
        ),
        may3(
            "siret",
            Kind::Text,
            "SIRET, s’il est valide",
            "SIRET, when it is valid",
        ),
        may3(
            "notified_on",
            Kind::Date,
            "Date de notification de l’acte",
            "Notification date of the subcontract",
        ),
        must3(
            "counted_on",
            Kind::Date,
            "La même, sinon celle du marché : elle décide de l’année et du statut qui compte",
            "The same, else that of the contract: it decides of the year and of the status that counts",
        ),
        may3(
            "initial_amount",
            Kind::Integer,
            "Montant notifié, en millionièmes d’euro hors taxes ; vide : inutilisable",
            "Amount as notified, in millionths of a euro excl. tax; empty: unusable",
        ),
        may3(
            "current_amount",
            Kind::Integer,
            "Le même, modifications comprises",
            "The same, modifications included",
        ),
    ],
);

pub const PAYMENTS: Table = table(
    "payments",
    text(
        "Les paiements de la comptabilité : l’autre source des achats solidaires, exacte. Un avoir est négatif.",
        "Payments of the ledger: the other source of solidarity purchases, exact. A credit is negative.",
    ),
    2,
    &[
        must3(
            "line_hash",
            Kind::Text,
            "SHA-256 de la ligne lue",
            "SHA-256 of the line as read",
        ),
        must3(
            "occurrence",
            Kind::Integer,
            "Rang parmi les lignes identiques d’un même fichier, à partir de 1",
            "Rank among the identical lines of one file, from 1",
        ),
        must3(
            "paid_on",
            Kind::Date,
            "Date du paiement",
            "Date of the payment",
        ),
        must3(
            "amount",
            Kind::Integer,
            "Montant, en millionièmes d’euro hors taxes",
            "Amount, in millionths of a euro excl. tax",
        ),
        must3(
            "party",
            Kind::Text,
            "Qui est payé : le SIREN, sinon l’identifiant lu",
            "Who is paid: the SIREN, else the identifier as read",
        ),
        may3("siren", Kind::Text, "SIREN du payé", "SIREN of who is paid"),
        may3(
            "siret",
            Kind::Text,
            "SIRET du payé, s’il est donné",
            "SIRET of who is paid, when given",
        ),
        may3(
            "direction",
            Kind::Text,
            "Direction ou service qui paie",
            "Department that pays",
        ),
        may3(
            "reference",
            Kind::Text,
            "Référence de la pièce",
            "Reference of the document",
        ),
        since_3(IMPORT),
        must3(
            "recorded_at",
            Kind::Instant,
            "Quand il a été importé",
            "When it was imported",
        ),
    ],
);

pub const LEDGER_MAPPINGS: Table = table(
    "ledger_mappings",
    text(
        "Les correspondances de colonnes déjà utilisées : un fichier aux mêmes en-têtes est lu de la même façon.",
        "Column mappings used before: a file with the same headings is read the same way.",
    ),
    1,
    &[
        must3(
            "headings",
            Kind::Text,
            "Les en-têtes du fichier, en ordre",
            "Headings of the file, in order",
        ),
        must3(
            "mapping",
            Kind::Text,
            "Quelle colonne donne quoi, en JSON",
            "Which column gives what, in JSON",
        ),
        must3(
            "saved_by",
            Kind::Text,
            "Qui l’a enregistrée",
            "Who saved it",
        ),
        must3(
            "saved_at",
            Kind::Instant,
            "Enregistrée à",
            "When it was saved",
        ),
    ],
);

pub const LAST_CHANGE: Table = table(
    "last_change",
    text(
        "Une marque tirée au hasard à chaque écriture\u{A0}: tant qu’elle reste, les chiffres gardés en mémoire valent.",
        "A mark drawn at random by each write: while it stands, figures kept in memory hold.",
    ),
    1,
    &[
        must3("id", Kind::Integer, "Toujours 1", "Always 1"),
        must3("mark", Kind::Text, "La marque", "The mark itself"),
    ],
);
