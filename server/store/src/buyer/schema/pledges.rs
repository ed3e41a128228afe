//! Commitments of the scheme other than insertion hours, as the buyer accepted them.

use domain::text::text;

use super::{CLAIM_KEY, Column, Kind, SIREN, Table, VALID_FROM, may, must};

const fn since_4(column: Column) -> Column {
    Column { since: 4, ..column }
}

const fn must4(name: &'static str, kind: Kind, fr: &'static str, en: &'static str) -> Column {
    since_4(must(name, kind, fr, en))
}

const fn may4(name: &'static str, kind: Kind, fr: &'static str, en: &'static str) -> Column {
    since_4(may(name, kind, fr, en))
}

pub const PLEDGES: Table = Table {
    name: "pledges",
    about: text(
        "Le détail des engagements sociaux, environnementaux et économiques hors heures d’insertion : une ligne par qualification de genre PLEDGE, avec la même clé.",
        "Details of the social, environmental and economic commitments other than insertion hours: one row per qualification of kind PLEDGE, with the same key.",
    ),
    key: 3,
    since: 4,
    columns: &[
        since_4(SIREN),
        since_4(CLAIM_KEY),
        since_4(VALID_FROM),
        must4(
            "code",
            Kind::Text,
            "Code de l’engagement dans la nomenclature du schéma, par exemple ENV-CLI-02",
            "Code of the commitment in the taxonomy of the scheme, for example ENV-CLI-02",
        ),
        must4(
            "label",
            Kind::Text,
            "Nom français de l’engagement le jour de la signature",
            "French name of the commitment on the day of signature",
        ),
        must4(
            "theme",
            Kind::Text,
            "Code du thème du schéma le jour de la signature",
            "Code of the theme of the scheme on the day of signature",
        ),
        may4(
            "plans",
            Kind::Text,
            "Codes des plans servis, séparés par des virgules",
            "Codes of the plans served, separated by commas",
        ),
        may4(
            "item",
            Kind::Text,
            "Label, certification ou catégorie de produits",
            "Label, certification or product category",
        ),
        may4(
            "contract",
            Kind::Text,
            "Identifiant normalisé du marché ; vide : toute l’entreprise",
            "Normalised identifier of the contract; empty: the whole enterprise",
        ),
        may4(
            "in_place",
            Kind::Text,
            "En place le jour de la signature : yes ou no ; vide : non demandé",
            "In place on the day of signature: yes or no; empty: not asked",
        ),
        may4(
            "year",
            Kind::Integer,
            "Année des données, de la publication ou visée",
            "Year of the data, of publication or aimed at",
        ),
        must4(
            "unit",
            Kind::Text,
            "Unité des valeurs : none, percent, persons ou score",
            "Unit of the values: none, percent, persons or score",
        ),
        may4(
            "baseline",
            Kind::Decimal,
            "Valeur le jour de la signature",
            "Value on the day of signature",
        ),
        may4("target", Kind::Decimal, "Valeur visée", "Value aimed at"),
        may4(
            "due_on",
            Kind::Date,
            "Échéance de l’engagement",
            "Day by which the commitment is met",
        ),
        may4(
            "reference",
            Kind::Text,
            "Référence de la pièce",
            "Reference of the evidence",
        ),
        may4(
            "valid_to",
            Kind::Date,
            "Dernier jour de validité de la pièce",
            "Last day of validity of the evidence",
        ),
        must4(
            "revision",
            Kind::Integer,
            "Numéro de la révision déclarée",
            "Number of the declared revision",
        ),
    ],
};
