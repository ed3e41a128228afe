//! The contracts of the buyer: what was published, what counts, and what was set aside. Brought by version 2.
//!
//! Longer than the other files because it is data: eight tables, each column with its meaning in both languages, read as one.

use domain::text::{Text, text};

use super::{Column, Kind, Table, may, must};

const fn since_2(column: Column) -> Column {
    Column { since: 2, ..column }
}

const fn must2(name: &'static str, kind: Kind, fr: &'static str, en: &'static str) -> Column {
    since_2(must(name, kind, fr, en))
}

const fn may2(name: &'static str, kind: Kind, fr: &'static str, en: &'static str) -> Column {
    since_2(may(name, kind, fr, en))
}

const fn may3(name: &'static str, kind: Kind, fr: &'static str, en: &'static str) -> Column {
    Column {
        since: 3,
        ..may(name, kind, fr, en)
    }
}

const fn table(name: &'static str, about: Text, key: usize, columns: &'static [Column]) -> Table {
    Table {
        name,
        about,
        columns,
        key,
        since: 2,
    }
}

pub(super) const BUYER: Column = must2(
    "buyer_siret",
    Kind::Text,
    "Établissement acheteur (SIRET), tel que publié",
    "Buying establishment (SIRET), as published",
);
pub(super) const CONTRACT: Column = must2(
    "contract_id",
    Kind::Text,
    "Numéro du marché, normalisé (espaces, virgules, points et barres remplacés par _)",
    "Number of the contract, normalised (spaces, commas, dots and slashes replaced by _)",
);
pub(super) const IMPORT: Column = must2(
    "import_id",
    Kind::Text,
    "Import qui a apporté la ligne",
    "Import that brought the row",
);

pub const IMPORTS: Table = table(
    "imports",
    text(
        "Les imports de données, un par fichier, avec leur empreinte et leurs comptes.",
        "Imports of data, one per file, with their checksum and their counts.",
    ),
    1,
    &[
        IMPORT,
        must2(
            "subject",
            Kind::Text,
            "Ce qui est importé : contracts, qualifications, payments",
            "What is imported: contracts, qualifications, payments",
        ),
        must2(
            "file_name",
            Kind::Text,
            "Nom du fichier",
            "Name of the file",
        ),
        may2(
            "sha256",
            Kind::Text,
            "Empreinte SHA-256 du fichier",
            "SHA-256 of the file",
        ),
        must2(
            "format",
            Kind::Text,
            "Format reconnu : json, xml, csv, xlsx",
            "Format recognised: json, xml, csv, xlsx",
        ),
        must2(
            "state",
            Kind::Text,
            "État : running, done, failed, canceled, rolling_back, rolled_back",
            "State: running, done, failed, canceled, rolling_back, rolled_back",
        ),
        must2(
            "owner",
            Kind::Text,
            "Qui l’exécute : une reprise l’enlève au précédent",
            "Who runs it: a resumption takes it from the previous one",
        ),
        must2(
            "imported_by",
            Kind::Text,
            "Qui a lancé l’import",
            "Who started the import",
        ),
        must2("started_at", Kind::Instant, "Début", "Start"),
        must2(
            "beat_at",
            Kind::Instant,
            "Dernier signe de vie",
            "Last sign of life",
        ),
        may2("ended_at", Kind::Instant, "Fin", "End"),
        must2(
            "read_count",
            Kind::Integer,
            "Enregistrements lus",
            "Records read",
        ),
        must2(
            "kept_count",
            Kind::Integer,
            "Enregistrements de l’acheteur, retenus",
            "Records of the buyer, kept",
        ),
        must2(
            "known_count",
            Kind::Integer,
            "Dont déjà connus à l’identique",
            "Of which known already, alike",
        ),
        must2(
            "other_buyers_count",
            Kind::Integer,
            "Enregistrements d’autres acheteurs, laissés",
            "Records of other buyers, left",
        ),
        must2(
            "concession_count",
            Kind::Integer,
            "Concessions, hors des indicateurs",
            "Concessions, outside the indicators",
        ),
        must2(
            "quarantined_count",
            Kind::Integer,
            "Enregistrements illisibles, en quarantaine",
            "Unreadable records, quarantined",
        ),
        may3(
            "size_bytes",
            Kind::Integer,
            "Taille du fichier, en octets",
            "Size of the file, in bytes",
        ),
        may3(
            "read_bytes",
            Kind::Integer,
            "Dont lus, pour l’avancement",
            "Of which read, for the progress",
        ),
        may3(
            "failure",
            Kind::Text,
            "Pourquoi il a échoué, en code stable",
            "Why it failed, as a stable code",
        ),
        may3(
            "ended_by",
            Kind::Text,
            "Qui l’a annulé ou retiré",
            "Who canceled it or rolled it back",
        ),
        may3(
            "schema_version",
            Kind::Text,
            "Schéma officiel (JSON) auquel les enregistrements sont comparés ; vide : ils ne le sont pas",
            "Official schema (JSON) that the records are compared with; empty: they are not",
        ),
        may3(
            "checked_count",
            Kind::Integer,
            "Enregistrements comparés au schéma",
            "Records compared with the schema",
        ),
        may3(
            "conforming_count",
            Kind::Integer,
            "Dont conformes",
            "Of which conforming",
        ),
    ],
);

pub const CONTRACT_RECORDS: Table = table(
    "contract_records",
    text(
        "Les publications telles que reçues, chacune une fois : la source dont tout le reste se déduit.",
        "Publications as received, each once: the source that everything else follows from.",
    ),
    1,
    &[
        must2(
            "record_hash",
            Kind::Text,
            "SHA-256 de l’enregistrement, clés en ordre",
            "SHA-256 of the record, keys in order",
        ),
        BUYER,
        CONTRACT,
        IMPORT,
        must2(
            "copies",
            Kind::Integer,
            "Le plus grand nombre de fois dans un même import",
            "The greatest number of times in one import",
        ),
        must2(
            "recorded_at",
            Kind::Instant,
            "Quand il a été reçu la première fois",
            "When it was first received",
        ),
        may2(
            "notified_on",
            Kind::Date,
            "Date de notification ; vide : impossible",
            "Notification date; empty: impossible",
        ),
        must2(
            "is_framework",
            Kind::Integer,
            "1 : accord-cadre",
            "1: framework agreement",
        ),
        may2(
            "waits_until",
            Kind::Date,
            "Prochain jour où le marché change de lui-même : notification ou modification à venir",
            "Next day on which the contract changes by itself: a notification or modification to come",
        ),
        must2(
            "record",
            Kind::Text,
            "L’enregistrement publié, en JSON",
            "The published record, in JSON",
        ),
    ],
);

pub const QUARANTINE: Table = table(
    "quarantine",
    text(
        "Les enregistrements qui ne peuvent pas être lus, avec la raison : ils ne comptent nulle part.",
        "Records that cannot be read, with the reason: they count nowhere.",
    ),
    2,
    &[
        IMPORT,
        must2(
            "position",
            Kind::Integer,
            "Rang dans le fichier, à partir de 1",
            "Rank in the file, from 1",
        ),
        must2(
            "reason",
            Kind::Text,
            "Raison, en code stable",
            "Reason, as a stable code",
        ),
        must2("record", Kind::Text, "Le texte reçu", "The text received"),
        may3(
            "settled_by",
            Kind::Text,
            "Import qui a apporté l’enregistrement corrigé",
            "Import that brought the corrected record",
        ),
    ],
);

pub const CONTRACTS: Table = table(
    "contracts",
    text(
        "Les marchés qui comptent : une ligne par acheteur (SIRET) et numéro, la publication retenue.",
        "Contracts that count: one row per buyer (SIRET) and number, the publication that was kept.",
    ),
    2,
    &[
        BUYER,
        CONTRACT,
        must2(
            "record_hash",
            Kind::Text,
            "Publication retenue",
            "Publication kept",
        ),
        must2(
            "notified_on",
            Kind::Date,
            "Date de notification",
            "Notification date",
        ),
        may2(
            "published_on",
            Kind::Date,
            "Date de publication des données",
            "Publication date of the data",
        ),
        may2(
            "initial_amount",
            Kind::Integer,
            "Montant notifié, en millionièmes d’euro hors taxes ; vide : inutilisable",
            "Amount as notified, in millionths of a euro excl. tax; empty: unusable",
        ),
        may2(
            "current_amount",
            Kind::Integer,
            "Le même, modifications comprises",
            "The same, modifications included",
        ),
        must2(
            "initial_holders",
            Kind::Integer,
            "Titulaires distincts à la notification",
            "Distinct holders at notification",
        ),
        must2(
            "current_holders",
            Kind::Integer,
            "Titulaires distincts, modifications comprises",
            "Distinct holders, modifications included",
        ),
        must2(
            "environmental_clause",
            Kind::Integer,
            "1 : clause environnementale",
            "1: environmental clause",
        ),
        must2(
            "environmental_any",
            Kind::Integer,
            "1 : clause ou critère environnemental",
            "1: environmental clause or criterion",
        ),
        must2(
            "social_clause",
            Kind::Integer,
            "1 : clause sociale",
            "1: social clause",
        ),
        must2(
            "social_any",
            Kind::Integer,
            "1 : clause ou critère social, ou marché réservé",
            "1: social clause or criterion, or reserved contract",
        ),
        must2(
            "reserved",
            Kind::Integer,
            "1 : marché réservé",
            "1: reserved contract",
        ),
        must2(
            "innovative",
            Kind::Integer,
            "1 : marché innovant",
            "1: innovative contract",
        ),
        must2(
            "is_framework",
            Kind::Integer,
            "1 : accord-cadre",
            "1: framework agreement",
        ),
        may2(
            "framework_id",
            Kind::Text,
            "Accord-cadre dont le marché est issu",
            "Framework that the contract is drawn from",
        ),
        may2("object", Kind::Text, "Objet", "Object"),
        may2(
            "nature",
            Kind::Text,
            "Nature du marché",
            "Nature of the contract",
        ),
        may2("procedure", Kind::Text, "Procédure", "Procedure"),
        may2("cpv", Kind::Text, "Code CPV", "CPV code"),
        may2(
            "place_code",
            Kind::Text,
            "Code du lieu d’exécution",
            "Code of the place of execution",
        ),
        may2(
            "place_kind",
            Kind::Text,
            "Nature de ce code",
            "Kind of that code",
        ),
        may2(
            "duration_months",
            Kind::Integer,
            "Durée en mois",
            "Duration in months",
        ),
    ],
);

pub const CONTRACT_HOLDERS: Table = table(
    "contract_holders",
    text(
        "Les titulaires de chaque marché, à la notification (initial) et après modifications (current).",
        "Holders of each contract, at notification (initial) and after modifications (current).",
    ),
    4,
    &[
        BUYER,
        CONTRACT,
        must2(
            "mode",
            Kind::Text,
            "initial ou current",
            "initial or current",
        ),
        must2(
            "position",
            Kind::Integer,
            "Rang, à partir de 1",
            "Rank, from 1",
        ),
        must2(
            "party",
            Kind::Text,
            "Qui compte : le SIREN, sinon type et identifiant",
            "Who counts: the SIREN, else type and identifier",
        ),
        must2(
            "id_type",
            Kind::Text,
            "Type d’identifiant publié",
            "Type of identifier as published",
        ),
        must2(
            "id",
            Kind::Text,
            "Identifiant, sans espace",
            "Identifier, without white space",
        ),
        may2(
            "siren",
            Kind::Text,
            "SIREN, si l’identifiant y conduit",
            "SIREN, when the identifier leads to one",
        ),
        may2(
            "siret",
            Kind::Text,
            "SIRET, s’il est valide",
            "SIRET, when it is valid",
        ),
        must2(
            "notified_on",
            Kind::Date,
            "Date de notification du marché",
            "Notification date of the contract",
        ),
    ],
);

pub const CONTRACT_FLAGS: Table = table(
    "contract_flags",
    text(
        "Ce qui a été réparé, écarté ou trouvé douteux dans chaque marché.",
        "What was repaired, set aside or found doubtful in each contract.",
    ),
    3,
    &[
        BUYER,
        CONTRACT,
        must2(
            "flag",
            Kind::Text,
            "Signalement, en code stable",
            "Flag, as a stable code",
        ),
    ],
);

pub const CONTRACT_SHARES: Table = table(
    "contract_shares",
    text(
        "Parts des cotraitants saisies par l’acheteur, avec leur source et leur auteur.",
        "Shares of the co-contractors entered by the buyer, with their source and author.",
    ),
    2,
    &[
        must2(
            "contract_ref",
            Kind::Text,
            "Numéro normalisé, ou SIRET de l’acheteur/numéro",
            "Normalised number, or SIRET of the buyer/number",
        ),
        must2(
            "holder",
            Kind::Text,
            "SIREN ou SIRET du titulaire",
            "SIREN or SIRET of the holder",
        ),
        must2(
            "share",
            Kind::Text,
            "Part, en notation décimale",
            "Share, in decimal notation",
        ),
        must2(
            "source",
            Kind::Text,
            "Origine de la répartition",
            "Where the shares come from",
        ),
        must2(
            "entered_by",
            Kind::Text,
            "Auteur de la saisie",
            "Who entered it",
        ),
        must2("entered_at", Kind::Instant, "Quand", "When"),
    ],
);

pub const TAKEN_OVER: Table = table(
    "taken_over_qualifications",
    text(
        "Statuts validés ailleurs par l’acheteur avant le portail, repris tels quels.",
        "Statuses that the buyer validated elsewhere before the portal, taken over as they are.",
    ),
    4,
    &[
        must2(
            "siren",
            Kind::Text,
            "Numéro SIREN de l’entreprise (9 chiffres)",
            "SIREN number of the company (9 digits)",
        ),
        must2(
            "siret",
            Kind::Text,
            "Établissement seul concerné ; vide : toute l’entreprise",
            "The only establishment concerned; empty: the whole company",
        ),
        must2("kind", Kind::Text, "Genre", "Kind"),
        must2(
            "valid_from",
            Kind::Date,
            "Premier jour de validité",
            "First day of validity",
        ),
        may2(
            "valid_to",
            Kind::Date,
            "Dernier jour de validité ; vide : sans terme",
            "Last day of validity; empty: no end",
        ),
        must2(
            "status",
            Kind::Text,
            "Statut ; seul validated compte",
            "Status; only validated counts",
        ),
        may2(
            "reference",
            Kind::Text,
            "Référence de la preuve",
            "Reference of the evidence",
        ),
        may2("authority", Kind::Text, "Autorité", "Authority"),
        may2(
            "validated_on",
            Kind::Date,
            "Jour de la validation d’origine",
            "Day of the original validation",
        ),
        may2("note", Kind::Text, "Remarque", "Note"),
        IMPORT,
        must2(
            "recorded_at",
            Kind::Instant,
            "Quand il a été repris",
            "When it was taken over",
        ),
    ],
);
