//! One published concession, read leniently. Concessions are reported apart and enter no figure (R1): a list of their own.
//!
//! Their number, their amounts and their holders are read as those of contracts are (R3, R6, R10); the day that counts is that
//! of the signature, under the rule of notification dates (R5). Which of several publications stands is chosen where they are
//! stored: the latest, then the later signature, then the greater value, then the greater hash, as for contracts (R4).

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::amount::Amount;
use super::flag::Flags;
use super::holders::{self, Form, Holder};
use super::record::{FIRST_YEAR, Key, Unusable, civil_date, hash, key_by};
use super::value::{field, flat, text_at, words};

/// Who grants it: the field that no contract has.
const AUTHORITY: &str = "autoriteConcedante";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concession {
    /// The establishment that grants it, and its number there.
    pub key: Key,
    /// SHA-256 of the canonical JSON, in hexadecimal.
    pub hash: String,
    /// It may still be to come.
    pub signed_on: NaiveDate,
    pub published_on: Option<NaiveDate>,
    pub begins_on: Option<NaiveDate>,
    pub object: Option<String>,
    pub nature: Option<String>,
    pub procedure: Option<String>,
    pub duration_months: Option<u32>,
    /// `None`: unusable.
    pub amount: Option<Amount>,
    /// Zero where none is given.
    pub subsidy: Option<Amount>,
    /// As published, without what says that there is none.
    pub social: Vec<String>,
    pub environmental: Vec<String>,
    pub holders: Vec<Holder>,
}

/// A record of a concession, whatever list it stands in.
pub fn is_concession(record: &Value) -> bool {
    let kind = record.get("_type").and_then(Value::as_str);
    kind.is_some_and(|kind| kind.to_lowercase().contains("concession"))
        || record.get(AUTHORITY).is_some()
}

/// The concession that a record is about.
pub fn concession_key(record: &Value) -> Result<Key, Unusable> {
    key_by(record, AUTHORITY)
}

/// Reads one element of `marches.contrat-concession`.
pub fn read_concession(record: &Value) -> Result<Concession, Unusable> {
    let key = concession_key(record)?;
    let signed_on = civil_date(field(record, "dateSignature"))
        .filter(|day| day.year() >= FIRST_YEAR)
        .ok_or(Unusable::NoSignature)?;
    let says = |name: &str| -> Vec<String> {
        let mut words = words(field(record, name));
        words.retain(|word| !word.starts_with("Pas de considération") && word != "Sans objet");
        words.sort_unstable();
        words.dedup();
        words
    };
    let amount = |name: &str| Amount::read(field(record, name));
    Ok(Concession {
        key,
        hash: hash(record, None),
        signed_on,
        published_on: civil_date(field(record, "datePublicationDonnees")),
        begins_on: civil_date(field(record, "dateDebutExecution")),
        object: text_at(record, "objet"),
        nature: text_at(record, "nature"),
        procedure: text_at(record, "procedure"),
        duration_months: text_at(record, "dureeMois").and_then(|months| months.parse().ok()),
        amount: amount("valeurGlobale").filter(|amount| amount.is_usable()),
        subsidy: amount("montantSubventionPublique")
            .filter(|amount| amount.is_usable() || *amount == Amount::default()),
        social: says("considerationsSociales"),
        environmental: says("considerationsEnvironnementales"),
        holders: concessionaires(field(record, "concessionnaires")),
    })
}

/// Each once, in a fixed order; what is odd in an identifier leaves it unmatched, and the concession as it is.
fn concessionaires(value: Option<&Value>) -> Vec<Holder> {
    let mut found: Vec<Holder> = flat(value, "concessionnaire")
        .into_iter()
        .flat_map(|one| holders::read(Some(one), Form::Flat, &mut Flags::new()))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use serde_json::json;

    use super::*;

    fn record() -> Value {
        json!({
            "id": " C/1 ", "autoriteConcedante": {"id": "200054807 00017"}, "nature": "Concession de service",
            "objet": "Parking", "procedure": "Procédure négociée ouverte", "dureeMois": 60,
            "dateSignature": "2025-03-01T23:30:00+01:00", "datePublicationDonnees": "2025-03-10",
            "dateDebutExecution": "2025-04-01", "valeurGlobale": "5 000 000,50", "montantSubventionPublique": 0,
            "concessionnaires": [{"concessionnaire": {"typeIdentifiant": "SIRET", "id": "910 000 017 00012"}}],
            "considerationsSociales": {"considerationSociale": ["Concession réservée", "Clause sociale"]},
            "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]},
        })
    }

    #[test]
    fn a_concession_is_read_as_it_is_published() {
        let read = read_concession(&record()).unwrap();
        assert_eq!(
            (read.key.buyer_siret.as_str(), read.key.id.as_str()),
            ("20005480700017", "C_1")
        );
        assert_eq!(read.signed_on.to_string(), "2025-03-01");
        assert_eq!(read.amount.map(Amount::millionths), Some(5_000_000_500_000));
        assert_eq!(read.subsidy.map(Amount::millionths), Some(0));
        assert_eq!(read.social, ["Clause sociale", "Concession réservée"]);
        assert_eq!(read.environmental, [""; 0]);
        assert_eq!(read.holders.len(), 1);
        assert!(is_concession(&record()));
        assert!(is_concession(&json!({"_type": "Contrat de concession"})));
        assert!(!is_concession(&json!({"_type": "Marché", "acheteur": {}})));
    }

    #[test]
    fn holders_are_found_in_every_form() {
        let bare = json!({"typeIdentifiant": "SIRET", "id": "91000001700012"});
        let holders = read_concession(&record()).unwrap().holders;
        for form in [
            json!([bare]),
            json!(bare),
            json!({"concessionnaire": bare}),
            json!({"concessionnaire": [bare, bare]}),
            json!([[{"concessionnaire": bare}]]),
        ] {
            let mut record = record();
            record["concessionnaires"] = form;
            assert_eq!(
                read_concession(&record).unwrap().holders,
                holders,
                "{record}"
            );
        }
    }

    #[test]
    fn what_cannot_be_listed_says_why() {
        let without = |name: &str| {
            let mut record = record();
            record[name] = Value::Null;
            read_concession(&record).unwrap_err().code()
        };
        assert_eq!(without("autoriteConcedante"), "no_buyer");
        assert_eq!(without("id"), "no_id");
        assert_eq!(without("dateSignature"), "no_signature");
        assert_eq!(
            read_concession(&json!(1)).unwrap_err().code(),
            "not_an_object"
        );
        for (written, known) in [
            ("2015-12-31", false),
            ("2025-02-30", false),
            ("5021-01-01", true),
        ] {
            let mut record = record();
            record["dateSignature"] = json!(written);
            assert_eq!(read_concession(&record).is_ok(), known, "{written}");
        }
        let mut odd = record();
        odd["valeurGlobale"] = json!(1e17);
        odd["montantSubventionPublique"] = json!("NaN");
        let read = read_concession(&odd).unwrap();
        assert_eq!((read.amount, read.subsidy), (None, None));
    }
}
