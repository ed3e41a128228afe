//! Subcontracts published with a contract, read leniently: they make the indirect solidarity purchases (I3s), apart from I3.
//!
//! They are never added to I3: the amount of a contract holds that of its subcontracts already. A subcontract is of the year
//! of its own notification, and counts with the status that its subcontractor holds on that day (R11); without a date of its
//! own (R5), it takes that of its contract. One whose day is still to come waits for it. What it is drawn from changes
//! nothing: the framework rule (R15) is about amounts of contracts.

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::amount::Amount;
use super::flag::Flags;
use super::holders::{self, Form, Holder};
use super::record::{FIRST_YEAR, civil_date};
use super::value::{field, flat, text_at};

/// One subcontract, with what changed its amount since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subcontract {
    /// As published: a number, or a text.
    pub id: String,
    pub subcontractor: Holder,
    /// A real date since 2016; it may still be to come.
    pub notified_on: Option<NaiveDate>,
    /// As notified; `None`: unusable (R6).
    pub amount: Option<Amount>,
    /// New amounts, each from its day on, in order.
    pub(super) changes: Vec<(NaiveDate, Amount)>,
}

impl Subcontract {
    /// The day that decides of its year and of the status that counts, for a contract notified on this day.
    pub fn counted_on(&self, contract: NaiveDate) -> NaiveDate {
        self.notified_on.unwrap_or(contract)
    }

    /// The amount as it stands on a day.
    pub fn amount_on(&self, today: NaiveDate) -> Option<Amount> {
        let known = self.changes.iter().rev().find(|(day, _)| *day <= today);
        known.map_or(self.amount, |(_, amount)| Some(*amount))
    }
}

/// The subcontracts of a record. One without a subcontractor says nothing, and is left out.
pub(super) fn read(acts: Option<&Value>, modifications: Option<&Value>) -> Vec<Subcontract> {
    let mut found: Vec<Subcontract> = flat(acts, "acteSousTraitance")
        .into_iter()
        .filter_map(one)
        .collect();
    // The same act published twice is one act.
    let mut seen: Vec<Subcontract> = Vec::with_capacity(found.len());
    found.retain(|one| {
        let is_new = !seen.contains(one);
        if is_new {
            seen.push(one.clone());
        }
        is_new
    });
    for change in flat(modifications, "modificationActeSousTraitance") {
        let day = civil_date(field(change, "dateNotificationModificationSousTraitance"));
        let (Some(day), Some(amount), Some(id)) = (day, usable(change), text_at(change, "id"))
        else {
            continue;
        };
        for changed in found.iter_mut().filter(|one| one.id == id) {
            changed.changes.push((day, amount));
        }
    }
    for one in &mut found {
        one.changes.sort_unstable();
    }
    found
}

fn one(fields: &Value) -> Option<Subcontract> {
    // What is odd in the identifier of a subcontractor says nothing of the contract.
    let mut flags = Flags::new();
    let named = holders::read(field(fields, "sousTraitant"), Form::Flat, &mut flags);
    Some(Subcontract {
        id: text_at(fields, "id").unwrap_or_default(),
        subcontractor: named.into_iter().next()?,
        notified_on: civil_date(field(fields, "dateNotification"))
            .filter(|day| day.year() >= FIRST_YEAR),
        amount: usable(fields),
        changes: Vec::new(),
    })
}

fn usable(fields: &Value) -> Option<Amount> {
    Amount::read(field(fields, "montant")).filter(|amount| amount.is_usable())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::identifiers::Siren;

    #[test]
    fn a_subcontract_has_the_amount_of_its_last_modification_that_has_come() {
        let acts = json!([{"acteSousTraitance": {"id": 1, "montant": 1000, "dateNotification": "2025-02-01",
            "sousTraitant": {"typeIdentifiant": "SIRET", "id": "91000001700012"}}}, {"acteSousTraitance": {"id": 2}}]);
        let changes = json!([
            {"modificationActeSousTraitance": {"id": 1, "montant": 3000, "dateNotificationModificationSousTraitance": "2025-06-01"}},
            {"modificationActeSousTraitance": {"id": 1, "montant": 2000, "dateNotificationModificationSousTraitance": "2025-04-01"}},
            {"modificationActeSousTraitance": {"id": 7, "montant": 9, "dateNotificationModificationSousTraitance": "2025-04-01"}}
        ]);
        let found = read(Some(&acts), Some(&changes));
        assert_eq!(found.len(), 1, "{found:?}");
        let one = found.first();
        let on = |day: &str| {
            let day = day.parse().unwrap_or_default();
            one?.amount_on(day).map(Amount::millionths)
        };
        assert_eq!(on("2025-03-31"), Some(1_000_000_000));
        assert_eq!(on("2025-05-31"), Some(2_000_000_000));
        assert_eq!(on("2025-06-01"), Some(3_000_000_000));
        assert_eq!(
            one.and_then(|one| one.subcontractor.siren.clone()),
            Siren::parse("910000017").ok()
        );
    }

    #[test]
    fn an_act_published_twice_is_one_act() {
        let act = |id: u8, amount: u32| {
            json!({"id": id, "montant": amount, "dateNotification": "2025-02-01",
                "sousTraitant": {"typeIdentifiant": "SIRET", "id": "91000001700012"}})
        };
        let count = |acts: serde_json::Value| read(Some(&acts), None).len();
        assert_eq!(count(json!([act(1, 10), act(1, 10), [act(1, 10)]])), 1);
        assert_eq!(count(json!([act(1, 10), act(2, 10), act(1, 20)])), 3);
    }

    #[test]
    fn a_subcontract_without_a_day_of_its_own_counts_on_that_of_its_contract() {
        let contract = NaiveDate::from_ymd_opt(2025, 3, 1).unwrap_or_default();
        for (written, day) in [
            ("2024-12-31", "2024-12-31"),
            ("2026-01-01T00:30:00+01:00", "2026-01-01"),
            ("0025-01-01", "2025-03-01"),
            ("2025-02-30", "2025-03-01"),
            ("", "2025-03-01"),
        ] {
            let acts = json!([{"id": 1, "dateNotification": written,
                "sousTraitant": {"typeIdentifiant": "SIRET", "id": "91000001700012"}}]);
            let found = read(Some(&acts), None);
            let counted = found
                .first()
                .map(|one| one.counted_on(contract).to_string());
            assert_eq!(counted.as_deref(), Some(day), "{written}");
        }
    }
}
