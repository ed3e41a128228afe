//! The holders of a contract, in all the forms in which they are published (R10), and as whom they count (R12).

use serde_json::Value;

use super::flag::{Flag, Flags};
use super::value::{field, text_at};
use crate::identifiers::{FrenchVat, Siren, Siret};

/// A holder as named by a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holder {
    /// `SIRET`, `TVA`, `HORS-UE`…; empty when the record does not say.
    pub id_type: String,
    /// Without white space; a SIRET with its leading zeros.
    pub id: String,
    /// The legal unit, when the identifier leads to one.
    pub siren: Option<Siren>,
    /// The establishment, when the identifier is a valid SIRET.
    pub siret: Option<Siret>,
}

/// Whom a holder counts as: the legal unit, or the identifier as published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    Siren(Siren),
    Other { id_type: String, id: String },
}

impl Party {
    /// How shares name it: the SIREN, else the identifier.
    pub fn named(&self) -> &str {
        match self {
            Self::Siren(siren) => siren.as_str(),
            Self::Other { id, .. } => id,
        }
    }
}

impl Holder {
    pub fn party(&self) -> Party {
        match &self.siren {
            Some(siren) => Party::Siren(siren.clone()),
            None => Party::Other {
                id_type: self.id_type.clone(),
                id: self.id.clone(),
            },
        }
    }
}

/// The distinct parties of a list of holders: several establishments of one legal unit are one (R12).
pub fn parties(holders: &[Holder]) -> Vec<Party> {
    let mut parties: Vec<Party> = holders.iter().map(Holder::party).collect();
    parties.sort_unstable();
    parties.dedup();
    parties
}

/// How a record is expected to write its holders.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `[{"titulaire": {…}}]`, since 2024.
    Wrapped,
    /// `[{…}]`, the format of 2019.
    Flat,
}

/// Reads a list of holders, each once, in a fixed order.
pub(super) fn read(value: Option<&Value>, form: Form, flags: &mut Flags) -> Vec<Holder> {
    let mut found = Vec::new();
    match value {
        Some(Value::Array(list)) => {
            for one in list {
                if one.is_array() {
                    flags.insert(Flag::HolderUnwrapped);
                }
                collect(one, form, flags, &mut found);
            }
        }
        Some(value @ Value::Object(_)) => {
            flags.insert(Flag::HolderUnwrapped);
            collect(value, form, flags, &mut found);
        }
        // Nothing at all is no holder; a text is not one either.
        Some(Value::String(text)) if text.trim().is_empty() => {}
        Some(_) => {
            flags.insert(Flag::MalformedHolder);
        }
        None => {}
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn collect(value: &Value, form: Form, flags: &mut Flags, found: &mut Vec<Holder>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| collect(one, form, flags, found)),
        Value::Object(fields) => match fields.get("titulaire") {
            Some(inner @ Value::Object(_)) => one(inner, flags, found),
            Some(inner @ Value::Array(_)) => {
                flags.insert(Flag::HolderUnwrapped);
                // What is inside is bare by construction: said once above.
                collect(inner, Form::Flat, flags, found);
            }
            Some(_) => {
                flags.insert(Flag::MalformedHolder);
            }
            None => {
                if form == Form::Wrapped
                    && (fields.contains_key("id") || fields.contains_key("typeIdentifiant"))
                {
                    flags.insert(Flag::HolderUnwrapped);
                }
                one(value, flags, found);
            }
        },
        Value::Null => {}
        _ => {
            flags.insert(Flag::MalformedHolder);
        }
    }
}

fn one(fields: &Value, flags: &mut Flags, found: &mut Vec<Holder>) {
    let written = match field(fields, "id") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let id: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    if id.is_empty() {
        flags.insert(Flag::MalformedHolder);
        return;
    }
    if id.len() != written.len() {
        flags.insert(Flag::IdTrimmed);
    }
    let id_type = text_at(fields, "typeIdentifiant")
        .unwrap_or_default()
        .to_uppercase();
    found.push(identify(id_type, id, flags));
}

/// What the identifier leads to.
fn identify(id_type: String, id: String, flags: &mut Flags) -> Holder {
    let is_siret = id_type == "SIRET"
        || (id_type.is_empty() && id.len() == 14 && id.bytes().all(|byte| byte.is_ascii_digit()));
    if is_siret {
        let repaired = || {
            let siret = Siret::repair_leading_zero(&id);
            if siret.is_some() {
                flags.insert(Flag::Repaired);
            }
            siret
        };
        let siret = Siret::parse(&id).ok().or_else(repaired);
        if siret.is_none() {
            flags.insert(Flag::InvalidSiret);
        }
        return Holder {
            id_type: "SIRET".into(),
            id: siret.as_ref().map_or(id, |siret| siret.as_str().to_owned()),
            siren: siret.as_ref().map(Siret::siren),
            siret,
        };
    }
    let siren = (id_type == "TVA")
        .then(|| FrenchVat::parse(&id).ok().and_then(|vat| vat.siren()))
        .flatten();
    flags.insert(if siren.is_some() {
        Flag::VatResolved
    } else {
        Flag::NotMatchable
    });
    Holder {
        id_type,
        id,
        siren,
        siret: None,
    }
}
