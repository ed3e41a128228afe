//! Compares the records of a file with the official schema of its format, beside the lenient reading that figures are made of.
//!
//! Record by record, so that the length of the file does not matter: that no record is there twice is the only rule of the
//! schema that is left out; the import counts those by itself.

use std::collections::BTreeSet;

use anyhow::Context;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::LocationSegment;
use serde_json::{Value, json};
use store::buyer::contracts::Conformity;

use super::element::Element;

/// Characters of a value that a report shows.
const SHOWN: usize = 120;

/// A version of the official format that has a JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// In force since 1 January 2024.
    V203,
    /// Of 2019.
    V150,
}

impl Schema {
    pub const fn version(self) -> &'static str {
        match self {
            Self::V203 => "2.0.3",
            Self::V150 => "1.5.0",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::V203 => include_str!("../../schemas/schema_decp_v2.0.3.json"),
            Self::V150 => include_str!("../../schemas/schema_decp_v1.5.0.json"),
        }
    }

    /// By how a JSON text begins: since 2024 contracts stand in a list within `marches`, in 2019 `marches` was the list.
    pub(super) fn of(head: &str) -> Self {
        let list = head
            .split_once("\"marches\"")
            .and_then(|(_, rest)| rest.trim_start().strip_prefix(':'))
            .is_some_and(|rest| rest.trim_start().starts_with('['));
        if list { Self::V150 } else { Self::V203 }
    }
}

/// A schema made ready for the records of a file.
#[derive(Debug)]
pub struct Checker {
    contract: Validator,
    concession: Validator,
}

impl Checker {
    pub fn new(schema: Schema) -> anyhow::Result<Self> {
        let whole: Value = serde_json::from_str(schema.text())?;
        let of = |name: &str| {
            let part = json!({
                "$schema": whole.get("$schema"),
                "definitions": whole.get("definitions"),
                "allOf": [{ "$ref": format!("#/definitions/{name}") }],
            });
            let built = jsonschema::options().offline().build(&part);
            built
                .map_err(jsonschema::ValidationError::to_owned)
                .context("official schema")
        };
        Ok(Self {
            contract: of("marche")?,
            concession: of("contrat-concession")?,
        })
    }

    /// Compares one element; a text that is no record conforms to nothing.
    pub fn compare(&self, position: u64, element: &Element, into: &mut Conformity) {
        into.checked += 1;
        match element {
            Element::Contract(value) => check(&self.contract, position, value, into),
            Element::Concession(value) => check(&self.concession, position, value, into),
            Element::Unreadable { reason, text } => {
                into.breached(String::new(), reason, position, &shortened(text));
            }
        }
    }
}

fn check(validator: &Validator, position: u64, value: &Value, into: &mut Conformity) {
    if validator.is_valid(value) {
        into.conforming += 1;
        return;
    }
    let mut seen = BTreeSet::new();
    for error in validator.iter_errors(value) {
        let mut place = place(error.instance_path());
        // The value is written out where it says something: for these two it would be the whole record.
        let given = match error.kind() {
            ValidationErrorKind::Required { property } => {
                join(&mut place, property.as_str().unwrap_or_default());
                String::new()
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => unexpected.join(", "),
            _ => error.instance().to_string(),
        };
        let rule = error.kind().keyword().to_owned();
        if seen.insert((place.clone(), rule.clone())) {
            into.breached(place, &rule, position, &shortened(&given));
        }
    }
}

/// The names on the way to a value, `*` for the rank in a list.
fn place(path: &jsonschema::paths::Location) -> String {
    let mut place = String::new();
    for segment in path {
        match segment {
            LocationSegment::Property(name) => join(&mut place, &name),
            LocationSegment::Index(_) => join(&mut place, "*"),
        }
    }
    place
}

fn join(place: &mut String, name: &str) {
    if !place.is_empty() {
        place.push('/');
    }
    place.push_str(name);
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    // PostgreSQL keeps no zero character in a text.
    short.replace('\0', "\u{FFFD}")
}
