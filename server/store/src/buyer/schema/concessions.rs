//! The concessions as received: a list of their own, outside every figure.

use domain::text::text;

use super::contracts::IMPORT;
use super::extras::{may3, must3, since_3, table};
use super::{Kind, Table};

pub const CONCESSIONS: Table = table(
    "concessions",
    text(
        "Les concessions publiées, une ligne par publication et par import : hors de tout indicateur. Celle qui est montrée est la dernière publiée de chaque autorité et numéro.",
        "Published concessions, one row per publication and import: outside every indicator. The one shown is the latest published of each authority and number.",
    ),
    2,
    &[
        must3(
            "record_hash",
            Kind::Text,
            "SHA-256 de l’enregistrement, clés en ordre",
            "SHA-256 of the record, keys in order",
        ),
        since_3(IMPORT),
        must3(
            "recorded_at",
            Kind::Instant,
            "Quand l’import l’a reçue",
            "When the import received it",
        ),
        must3(
            "buyer_siret",
            Kind::Text,
            "Établissement de l’autorité concédante (SIRET), tel que publié",
            "Establishment of the granting authority (SIRET), as published",
        ),
        must3(
            "concession_id",
            Kind::Text,
            "Numéro de la concession, normalisé comme celui d’un marché",
            "Number of the concession, normalised as that of a contract",
        ),
        must3(
            "signed_on",
            Kind::Date,
            "Date de signature",
            "Date of signature",
        ),
        may3(
            "published_on",
            Kind::Date,
            "Date de publication des données",
            "Publication date of the data",
        ),
        may3(
            "begins_on",
            Kind::Date,
            "Début de l’exécution",
            "Beginning of the execution",
        ),
        may3("object", Kind::Text, "Objet", "Object"),
        may3(
            "nature",
            Kind::Text,
            "Nature publiée",
            "Nature as published",
        ),
        may3("procedure", Kind::Text, "Procédure", "Procedure"),
        may3(
            "duration_months",
            Kind::Integer,
            "Durée en mois",
            "Duration in months",
        ),
        may3(
            "amount",
            Kind::Integer,
            "Valeur globale, en millionièmes d’euro hors taxes ; vide : inutilisable",
            "Overall value, in millionths of a euro excl. tax; empty: unusable",
        ),
        may3(
            "subsidy",
            Kind::Integer,
            "Subvention publique, en millionièmes d’euro",
            "Public subsidy, in millionths of a euro",
        ),
        may3(
            "social",
            Kind::Text,
            "Considérations sociales publiées, séparées par des points-virgules",
            "Social considerations as published, separated by semicolons",
        ),
        may3(
            "environmental",
            Kind::Text,
            "Considérations environnementales publiées, séparées par des points-virgules",
            "Environmental considerations as published, separated by semicolons",
        ),
        must3(
            "holders",
            Kind::Text,
            "Concessionnaires, en JSON : type d’identifiant, identifiant, SIREN",
            "Concessionaires, in JSON: type of identifier, identifier, SIREN",
        ),
        must3(
            "record",
            Kind::Text,
            "L’enregistrement publié, en JSON",
            "The published record, in JSON",
        ),
    ],
);
