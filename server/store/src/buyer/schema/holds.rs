//! What is validated: suppliers, qualifications and commitments.

use domain::text::text;

use super::{CLAIM_KEY, Column, Kind, SIREN, Table, VALID_FROM, may, must};

/// A column that version 5 adds.
const fn may5(name: &'static str, kind: Kind, fr: &'static str, en: &'static str) -> Column {
    Column {
        since: 5,
        ..may(name, kind, fr, en)
    }
}

pub const SUPPLIERS: Table = Table {
    name: "suppliers",
    about: text(
        "Les entreprises dont au moins une affirmation a été validée : une ligne par SIREN.",
        "Companies with at least one validated claim: one row per SIREN.",
    ),
    key: 1,
    since: 1,
    columns: &[
        SIREN,
        must("name", Kind::Text, "Dénomination", "Name"),
        may(
            "vat_number",
            Kind::Text,
            "Numéro de TVA intracommunautaire, calculé depuis le SIREN",
            "VAT number, computed from the SIREN",
        ),
        may(
            "legal_category",
            Kind::Text,
            "Catégorie juridique Insee (4 chiffres), selon le répertoire",
            "Insee legal category (4 digits), from the register",
        ),
        may(
            "naf",
            Kind::Text,
            "Activité principale (code NAF), selon le répertoire",
            "Main activity (NAF code), from the register",
        ),
        may(
            "postal_code",
            Kind::Text,
            "Code postal du siège, selon le répertoire",
            "Postal code of the head office, from the register",
        ),
        may(
            "commune",
            Kind::Text,
            "Code Insee de la commune du siège, selon le répertoire",
            "Insee code of the commune of the head office, from the register",
        ),
        may(
            "register_category",
            Kind::Text,
            "Catégorie d’entreprise du répertoire : PME, ETI ou GE",
            "Size category of the register: PME, ETI or GE",
        ),
        must(
            "register_read_at",
            Kind::Instant,
            "Quand le répertoire a été interrogé",
            "When the register was asked",
        ),
        must(
            "revision",
            Kind::Integer,
            "Numéro de la dernière révision dont une affirmation a été validée",
            "Number of the last revision of which a claim was validated",
        ),
    ],
};

pub const QUALIFICATIONS: Table = Table {
    name: "qualifications",
    about: text(
        "Les affirmations validées, datées : une dépense compte avec la qualification valide à sa date.",
        "Validated claims, dated: an expense counts with the qualification that is valid on its date.",
    ),
    key: 3,
    since: 1,
    columns: &[
        SIREN,
        CLAIM_KEY,
        VALID_FROM,
        may(
            "valid_to",
            Kind::Date,
            "Dernier jour de validité ; vide : sans terme",
            "Last day of validity; empty: no end",
        ),
        must(
            "kind",
            Kind::Text,
            "Genre : SME, ESS_STATUS, ESS_COMPANY, ESUS, EI, ETTI, AI, ACI, EITI, EA, EATT, ESAT, GEIQ, SEP, RQ ou COMMITMENT",
            "Kind: SME, ESS_STATUS, ESS_COMPANY, ESUS, EI, ETTI, AI, ACI, EITI, EA, EATT, ESAT, GEIQ, SEP, RQ or COMMITMENT",
        ),
        may(
            "siret",
            Kind::Text,
            "Établissement concerné ; vide : toute l’entreprise",
            "Establishment concerned; empty: the whole company",
        ),
        may(
            "reference",
            Kind::Text,
            "Référence de la pièce : numéro d’agrément, d’annexe financière…",
            "Reference of the evidence: number of the approval, of the agreement…",
        ),
        may(
            "authority",
            Kind::Text,
            "Autorité qui a délivré la pièce",
            "Authority that issued the evidence",
        ),
        may(
            "eu_category",
            Kind::Text,
            "Pour SME : catégorie européenne (micro, small, medium ou not_sme)",
            "For SME: European category (micro, small, medium or not_sme)",
        ),
        may(
            "fr_category",
            Kind::Text,
            "Pour SME : catégorie française (MIC, PME, ETI ou GE)",
            "For SME: French category (MIC, PME, ETI or GE)",
        ),
        may(
            "accounts_closed_on",
            Kind::Date,
            "Pour SME : date de clôture des comptes retenus",
            "For SME: closing date of the accounts used",
        ),
        must(
            "revision",
            Kind::Integer,
            "Numéro de la révision déclarée dans laquelle l’affirmation a été validée",
            "Number of the declared revision in which the claim was validated",
        ),
        must(
            "accepted_at",
            Kind::Instant,
            "Date et heure de la signature par l’acheteur",
            "When the buyer signed",
        ),
        must(
            "declaration_id",
            Kind::Text,
            "Identifiant de la déclaration dans le portail",
            "Identifier of the declaration in the portal",
        ),
        must(
            "content_hash",
            Kind::Text,
            "Empreinte SHA-256 du contenu validé",
            "SHA-256 of the validated content",
        ),
        may5(
            "agreement_state",
            Kind::Text,
            "Pour EI, ETTI, AI, ACI et EITI\u{A0}: état de la convention (VALIDE ou PROVISOIRE)",
            "For EI, ETTI, AI, ACI and EITI: state of the agreement (VALIDE or PROVISOIRE)",
        ),
        may5(
            "siret_at_signature",
            Kind::Text,
            "Établissement qui a signé la convention, s’il diffère",
            "Establishment that signed the agreement, if another",
        ),
        may5(
            "proved_by",
            Kind::Text,
            "Liste ou registre qui tient lieu de référence\u{A0}: esus, ess_france, inclusion ou recherche_entreprises",
            "List or register that stands for a reference: esus, ess_france, inclusion or recherche_entreprises",
        ),
        may5(
            "proved_on",
            Kind::Date,
            "Date de cette liste, ou de la consultation du registre",
            "Date of that list, or of the reading of the register",
        ),
    ],
};

pub const COMMITMENTS: Table = Table {
    name: "commitments",
    about: text(
        "Le détail des engagements d’insertion : une ligne par qualification de genre COMMITMENT, avec la même clé.",
        "Details of the insertion commitments: one row per qualification of kind COMMITMENT, with the same key.",
    ),
    key: 3,
    since: 1,
    columns: &[
        SIREN,
        CLAIM_KEY,
        VALID_FROM,
        must(
            "ends_on",
            Kind::Date,
            "Dernier jour de l’engagement",
            "Last day of the commitment",
        ),
        must(
            "code",
            Kind::Text,
            "Code de l’engagement dans la nomenclature du schéma",
            "Code of the commitment in the taxonomy of the scheme",
        ),
        must(
            "modality",
            Kind::Text,
            "Modalité : embauche_directe, mise_a_disposition, sous_traitance, co_traitance ou formation_tutorat",
            "Modality: direct hiring, secondment, subcontracting, co-contracting or training, by their French codes",
        ),
        may(
            "contract",
            Kind::Text,
            "Identifiant normalisé du marché ; vide : engagement cadre",
            "Normalised identifier of the contract; empty: framework commitment",
        ),
        must(
            "hours",
            Kind::Decimal,
            "Heures d’insertion promises ; 0 quand basis vaut no_hours",
            "Insertion hours promised; 0 where basis is no_hours",
        ),
        must(
            "basis",
            Kind::Text,
            "Expression d’origine : hours, labour_share, etp, ou no_hours (formation ou tutorat sans volume d’heures)",
            "How it was expressed: hours, labour_share, etp, or no_hours (training or mentoring without hours)",
        ),
        may(
            "etp",
            Kind::Decimal,
            "Équivalents temps plein, sur la base annuelle retenue",
            "Full-time equivalents, on the yearly base used",
        ),
        must(
            "etp_base_hours",
            Kind::Integer,
            "Heures annuelles d’un équivalent temps plein",
            "Hours of one full-time equivalent a year",
        ),
        may(
            "persons",
            Kind::Integer,
            "Nombre de personnes",
            "Number of persons",
        ),
        may(
            "structure_siret",
            Kind::Text,
            "SIRET de la structure d’insertion",
            "SIRET of the inclusion structure",
        ),
        may(
            "structure_kind",
            Kind::Text,
            "Genre de la structure d’insertion",
            "Kind of the inclusion structure",
        ),
        may(
            "publics",
            Kind::Text,
            "Codes des publics visés, séparés par des virgules",
            "Codes of the people aimed at, separated by commas",
        ),
        must(
            "revision",
            Kind::Integer,
            "Numéro de la révision déclarée",
            "Number of the declared revision",
        ),
        may5(
            "contract_types",
            Kind::Text,
            "Types de contrat de travail d’une embauche directe, séparés par des virgules",
            "Types of work contract of a direct hiring, separated by commas",
        ),
        may5(
            "structure_amount",
            Kind::Decimal,
            "Montant confié à la structure sous-traitante, en euros hors taxes",
            "Amount given to the subcontracted structure, in euros excl. tax",
        ),
        may5(
            "structure_share",
            Kind::Decimal,
            "Part de la structure cotraitante dans le groupement, en pour cent",
            "Share of the joint bidding structure in the group, in percent",
        ),
        may5(
            "training",
            Kind::Text,
            "Actions de formation ou de tutorat, dans les mots de l’entreprise",
            "Training or mentoring, in the words of the company",
        ),
    ],
};
