//! One published record, read leniently (R2, R3, R5 to R10): the official format of 2024, that of 2019, and lines of the
//! consolidated national file once their columns have these names.

use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::amount::Amount;
use super::considerations::Considerations;
use super::flag::Flags;
use super::holders::{self, Form, Holder};
use super::modifications::{self, Modification};
use super::subcontracts::{self, Subcontract};
use super::value::{boolean, field, text, text_at, words};
use crate::insertion::normalize_contract;

/// Before this year no essential data were published: an earlier date is a slip.
pub(super) const FIRST_YEAR: i32 = 2016;

/// A contract: the establishment that bought it, and its number there (R2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub buyer_siret: String,
    /// Normalised (R3).
    pub id: String,
}

/// A place of execution, as published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub code: Option<String>,
    pub kind: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub key: Key,
    /// SHA-256 of the canonical JSON, in hexadecimal.
    pub hash: String,
    /// The same without the holders when the record is one line of a table, which repeats the contract for each holder.
    pub body: String,
    /// A real date since 2016; it may still be to come.
    pub notified_on: Option<NaiveDate>,
    pub published_on: Option<NaiveDate>,
    pub amount: Option<Amount>,
    pub holders: Vec<Holder>,
    pub considerations: Considerations,
    pub innovative: bool,
    pub is_framework: bool,
    /// The framework that this contract is drawn from, normalised, when it is another.
    pub framework: Option<String>,
    pub object: Option<String>,
    pub nature: Option<String>,
    pub procedure: Option<String>,
    pub cpv: Option<String>,
    pub place: Place,
    pub duration_months: Option<u32>,
    pub modifications: Vec<Modification>,
    pub subcontracts: Vec<Subcontract>,
    /// The rank of the state that one line of a table gives: 0 as notified, then one for each modification.
    pub line: Option<u32>,
    /// What was found while reading the considerations and the holders.
    pub flags: Flags,
}

impl Record {
    /// The next day after `today` on which this record says something new (R5, R14).
    pub fn next_day(&self, today: NaiveDate) -> Option<NaiveDate> {
        let modified = self.modifications.iter().map(|one| one.notified_on);
        let subcontracted = self.subcontracts.iter().flat_map(|one| &one.changes);
        self.notified_on
            .into_iter()
            .chain(modified)
            .chain(subcontracted.map(|(day, _)| *day))
            .filter(|day| *day > today)
            .min()
    }
}

/// Why a record cannot be used at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("not an object")]
    NotAnObject,
    #[error("no identifier of the buyer")]
    NoBuyer,
    #[error("no identifier of the contract")]
    NoId,
    /// Of a concession: the day is what it is listed by.
    #[error("no real date of signature")]
    NoSignature,
}

impl Unusable {
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAnObject => "not_an_object",
            Self::NoBuyer => "no_buyer",
            Self::NoId => "no_id",
            Self::NoSignature => "no_signature",
        }
    }
}

/// The contract that a record is about; cheap, since most records of a national file are left for their buyer.
pub fn key(record: &Value) -> Result<Key, Unusable> {
    key_by(record, "acheteur")
}

/// The same, where the field of this name says who buys.
pub(super) fn key_by(record: &Value, who: &str) -> Result<Key, Unusable> {
    if !record.is_object() {
        return Err(Unusable::NotAnObject);
    }
    let buyer_siret = text(field(record, who).and_then(|buyer| match buyer {
        Value::Object(_) => field(buyer, "id"),
        other => Some(other),
    }))
    .map(|id| {
        id.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    })
    .ok_or(Unusable::NoBuyer)?;
    let id = text_at(record, "id")
        .and_then(|id| normalize_contract(&id))
        .ok_or(Unusable::NoId)?;
    Ok(Key { buyer_siret, id })
}

/// Reads one element of `marches.marche`.
pub fn read(record: &Value) -> Result<Record, Unusable> {
    let key = key(record)?;
    let form = form(record);
    let mut flags = Flags::new();
    let holders = holders::read(field(record, "titulaires"), form, &mut flags);
    let considerations = Considerations::read(
        field(record, "considerationsSociales"),
        field(record, "considerationsEnvironnementales"),
        &mut flags,
    );
    let nature = text_at(record, "nature");
    let is_framework = words(field(record, "techniques"))
        .iter()
        .any(|technique| technique == "Accord-cadre")
        || nature.as_deref() == Some("Accord-cadre");
    let line = text_at(record, "modification_id").and_then(|rank| rank.parse().ok());
    let hash = hash(record, None);
    Ok(Record {
        body: match line {
            Some(_) => self::hash(record, Some("titulaires")),
            None => hash.clone(),
        },
        hash,
        notified_on: civil_date(field(record, "dateNotification"))
            .filter(|day| day.year() >= FIRST_YEAR),
        published_on: civil_date(field(record, "datePublicationDonnees")),
        amount: Amount::read(field(record, "montant")),
        holders,
        considerations,
        innovative: boolean(field(record, "marcheInnovant")).unwrap_or(false),
        is_framework,
        framework: text_at(record, "idAccordCadre")
            .and_then(|framework| normalize_contract(&framework))
            .filter(|framework| *framework != key.id),
        object: text_at(record, "objet"),
        nature,
        procedure: text_at(record, "procedure"),
        cpv: text_at(record, "codeCPV"),
        place: field(record, "lieuExecution").map_or_else(Place::default, |place| Place {
            code: text_at(place, "code"),
            kind: text_at(place, "typeCode"),
        }),
        duration_months: text_at(record, "dureeMois").and_then(|months| months.parse().ok()),
        modifications: modifications::read(field(record, "modifications"), form),
        subcontracts: subcontracts::read(
            field(record, "actesSousTraitance"),
            field(record, "modificationsActesSousTraitance"),
        ),
        key,
        line,
        flags,
    })
}

/// The format of 2019 has none of the fields that every record has since 2024.
fn form(record: &Value) -> Form {
    const NEW: [&str; 8] = [
        "techniques",
        "modalitesExecution",
        "considerationsSociales",
        "considerationsEnvironnementales",
        "marcheInnovant",
        "offresRecues",
        "ccag",
        "typesPrix",
    ];
    if NEW.iter().any(|name| record.get(name).is_some()) {
        Form::Wrapped
    } else {
        Form::Flat
    }
}

/// The civil date written in the first ten characters (R5): a time and a zone after them change nothing.
pub fn civil_date(value: Option<&Value>) -> Option<NaiveDate> {
    let text = value?.as_str()?.trim();
    let day = text.get(..10)?;
    let is_shape = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_shape
        .then(|| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok())
        .flatten()
}

/// SHA-256 of the record with its keys in order, so that spacing and order of keys change nothing.
pub(super) fn hash(record: &Value, without: Option<&str>) -> String {
    let mut digest = Sha256::new();
    canonical(record, without, &mut digest);
    digest
        .finalize()
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            for half in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
            }
            text
        })
}

fn canonical(value: &Value, without: Option<&str>, digest: &mut Sha256) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields
                .iter()
                .filter(|(name, _)| Some(name.as_str()) != without)
                .collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            digest.update(b"{");
            for (at, (name, value)) in fields.into_iter().enumerate() {
                if at > 0 {
                    digest.update(b",");
                }
                digest.update(Value::from(name.as_str()).to_string());
                digest.update(b":");
                canonical(value, None, digest);
            }
            digest.update(b"}");
        }
        Value::Array(list) => {
            digest.update(b"[");
            for (at, value) in list.iter().enumerate() {
                if at > 0 {
                    digest.update(b",");
                }
                canonical(value, None, digest);
            }
            digest.update(b"]");
        }
        plain => digest.update(plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_civil_date_written_is_the_date() {
        for (written, day) in [
            ("2025-12-31T23:30:00+01:00", Some("2025-12-31")),
            (" 2025-01-15 ", Some("2025-01-15")),
            ("2025-02-30", None),
            ("2025-1-15", None),
            ("15/01/2025", None),
            ("+025-01-15", None),
            ("", None),
        ] {
            let read = civil_date(Some(&json!(written))).map(|day| day.to_string());
            assert_eq!(read.as_deref(), day, "{written}");
        }
    }

    #[test]
    fn the_order_of_keys_changes_no_hash() {
        let one = json!({"id": "a", "acheteur": {"id": "1", "nom": "b"}});
        let other: Value =
            serde_json::from_str(r#"{ "acheteur": {"nom":"b", "id":"1"}, "id":"a"}"#)
                .unwrap_or_default();
        assert_eq!(hash(&one, None), hash(&other, None));
        assert_ne!(hash(&one, None), hash(&one, Some("id")));
    }
}
