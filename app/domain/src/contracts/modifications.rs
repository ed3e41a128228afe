//! What changed a contract after its notification (R14), read leniently.

use chrono::NaiveDate;
use serde_json::Value;

use super::amount::Amount;
use super::flag::{Flag, Flags};
use super::holders::{self, Form, Holder};
use super::record::civil_date;
use super::value::{field, text_at};

/// One modification; what it leaves out stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modification {
    pub notified_on: NaiveDate,
    /// As published: a number, or a text.
    pub id: String,
    /// The new amount, when it is usable.
    pub amount: Option<Amount>,
    /// The new holders; empty: unchanged.
    pub holders: Vec<Holder>,
    pub flags: Flags,
}

impl Modification {
    /// The order in which modifications apply: by date, then by number, then by text.
    pub(super) fn rank(&self) -> (NaiveDate, Option<u64>, &str) {
        (self.notified_on, self.id.parse().ok(), &self.id)
    }
}

/// The modifications of a record, in the order in which they apply. One without a date can be put nowhere, and is left out.
pub(super) fn read(value: Option<&Value>, form: Form) -> Vec<Modification> {
    let mut found = Vec::new();
    if let Some(value) = value {
        collect(value, form, &mut found);
    }
    found.sort_by(|one, other| one.rank().cmp(&other.rank()));
    found
}

fn collect(value: &Value, form: Form, found: &mut Vec<Modification>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| collect(one, form, found)),
        Value::Object(fields) => match fields.get("modification") {
            Some(inner) => collect(inner, form, found),
            None => found.extend(one(value, form)),
        },
        _ => {}
    }
}

fn one(fields: &Value, form: Form) -> Option<Modification> {
    let mut flags = Flags::new();
    let notified_on = ["dateNotificationModification", "dateSignatureModification"]
        .iter()
        .find_map(|name| civil_date(field(fields, name)))?;
    let amount = Amount::read(field(fields, "montant")).filter(|amount| amount.is_usable());
    if amount.is_none() && text_at(fields, "montant").is_some() {
        flags.insert(Flag::AberrantAmount);
    }
    Some(Modification {
        notified_on,
        id: text_at(fields, "id").unwrap_or_default(),
        amount,
        holders: holders::read(field(fields, "titulaires"), form, &mut flags),
        flags,
    })
}
