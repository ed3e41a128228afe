//! Frozen years: figures and their data set as they were published. A later change never alters them: triggers refuse it.

use domain::text::text;

use super::contracts::{BUYER, CONTRACT};
use super::extras::{may3, must3, since_3, table};
use super::{Column, Kind, Table};

const YEAR: Column = must3("year", Kind::Integer, "Année civile", "Civil year");
const EDITION: Column = must3(
    "edition",
    Kind::Integer,
    "Édition : 1, puis une de plus à chaque nouvel arrêté de la même année",
    "Edition: 1, then one more each time the same year is frozen again",
);
const MODE: Column = must3(
    "mode",
    Kind::Text,
    "initial : à la notification ; current : modifications comprises",
    "initial: as notified; current: modifications included",
);

pub const FROZEN_YEARS: Table = table(
    "frozen_years",
    text(
        "Les années arrêtées : une ligne par édition et par état, avec l’empreinte de son jeu de données.",
        "Frozen years: one row per edition and state, with the hash of its data set.",
    ),
    3,
    &[
        YEAR,
        EDITION,
        MODE,
        must3(
            "buyer_siren",
            Kind::Text,
            "SIREN de l’acheteur",
            "SIREN of the buyer",
        ),
        must3(
            "kinds",
            Kind::Text,
            "Genres qui font une entreprise solidaire, séparés par des espaces",
            "Kinds that make a solidarity enterprise, separated by spaces",
        ),
        must3(
            "rule_version",
            Kind::Text,
            "Version des règles de calcul",
            "Version of the rules",
        ),
        may3(
            "data_date",
            Kind::Date,
            "Jour du dernier import terminé",
            "Day of the last import that ended",
        ),
        must3(
            "sha256",
            Kind::Text,
            "SHA-256 du fichier des marchés",
            "SHA-256 of the file of contracts",
        ),
        must3(
            "figures",
            Kind::Text,
            "Les indicateurs publiés, en JSON",
            "The published figures, in JSON",
        ),
        must3(
            "note",
            Kind::Text,
            "Ce que dit l’édition",
            "What the edition says",
        ),
        must3(
            "frozen_by",
            Kind::Text,
            "Qui a arrêté l’année",
            "Who froze the year",
        ),
        must3("frozen_at", Kind::Instant, "Quand", "When"),
    ],
);

pub const FROZEN_LINES: Table = table(
    "frozen_lines",
    text(
        "Le jeu de données d’une année arrêtée : une ligne par marché et titulaire.",
        "The data set of a frozen year: one row per contract and holder.",
    ),
    4,
    &[
        YEAR,
        EDITION,
        MODE,
        must3(
            "position",
            Kind::Integer,
            "Rang dans le fichier, à partir de 1",
            "Rank in the file, from 1",
        ),
        since_3(BUYER),
        since_3(CONTRACT),
        must3(
            "notified_on",
            Kind::Date,
            "Date de notification",
            "Notification date",
        ),
        may3(
            "amount",
            Kind::Text,
            "Montant en euros hors taxes ; vide : inutilisable",
            "Amount in euros excl. tax; empty: unusable",
        ),
        must3(
            "in_amounts",
            Kind::Integer,
            "1 : le montant compte ; 0 : inutilisable, ou compté dans son accord-cadre",
            "1: the amount counts; 0: unusable, or counted in its framework",
        ),
        may3(
            "holder",
            Kind::Text,
            "SIREN du titulaire ; un numéro tiré au sort pour une personne physique ; vide : aucun titulaire",
            "SIREN of the holder; a random number for a natural person; empty: no holder",
        ),
        may3(
            "share",
            Kind::Text,
            "Part du titulaire, en fraction",
            "Share of the holder, as a fraction",
        ),
        must3(
            "solidarity",
            Kind::Integer,
            "1 : entreprise solidaire à la date de notification",
            "1: solidarity enterprise on the notification date",
        ),
        must3(
            "sme",
            Kind::Integer,
            "1 : PME à cette date",
            "1: SME on that date",
        ),
        must3(
            "declared",
            Kind::Integer,
            "1 : un statut validé, quel qu’il soit, à cette date",
            "1: any validated status on that date",
        ),
        may3(
            "kind",
            Kind::Text,
            "Genre du statut qui compte",
            "Kind of the status that counts",
        ),
        may3(
            "valid_from",
            Kind::Date,
            "Premier jour de ce statut",
            "First day of that status",
        ),
        may3(
            "valid_to",
            Kind::Date,
            "Dernier jour de ce statut ; vide : sans terme",
            "Last day of that status; empty: no end",
        ),
        must3(
            "environmental_clause",
            Kind::Integer,
            "1 : clause environnementale",
            "1: environmental clause",
        ),
        must3(
            "environmental_any",
            Kind::Integer,
            "1 : clause ou critère environnemental",
            "1: environmental clause or criterion",
        ),
        must3(
            "social_clause",
            Kind::Integer,
            "1 : clause sociale",
            "1: social clause",
        ),
        must3(
            "social_any",
            Kind::Integer,
            "1 : clause ou critère social, ou marché réservé",
            "1: social clause or criterion, or reserved contract",
        ),
        must3(
            "reserved",
            Kind::Integer,
            "1 : marché réservé",
            "1: reserved contract",
        ),
        must3(
            "innovative",
            Kind::Integer,
            "1 : marché innovant",
            "1: innovative contract",
        ),
    ],
);
