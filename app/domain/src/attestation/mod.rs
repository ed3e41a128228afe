//! An attestation: what is validated for a company on a day, under a short code by which anyone can check it later.
//!
//! Invariant: it holds facts of the company alone. Contacts, amounts and commitments, which say what a company will do and not
//! what it is, are in none.

mod code;
mod standing;

pub use code::{CodeError, LENGTH, ShortCode};
pub use standing::{LineState, Standing, line_state, standing};

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::claims::{ClaimBody, ClaimKey, Kind, Qualification, Witness};
use crate::identifiers::Siren;
use crate::sme::Category;

/// A qualification with the decision that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub qualification: Qualification,
    /// The reference of the declaration that was decided.
    pub reference: String,
    pub decided_on: NaiveDate,
}

/// One line of an attestation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attested {
    pub qualification: Uuid,
    pub key: ClaimKey,
    /// Of an SME.
    pub category: Option<Category>,
    /// Reference and authority of the evidence.
    pub evidence: Option<String>,
    pub authority: Option<String>,
    /// The register or the list that stands for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Witness>,
    /// The decision of the buyer.
    pub reference: String,
    pub decided_on: NaiveDate,
    pub from: NaiveDate,
    /// The last day, also when a closure planned for later brings it forward.
    pub to: Option<NaiveDate>,
}

impl Attested {
    pub fn of(decided: &Decided) -> Self {
        let held = &decided.qualification;
        let (category, evidence, authority) = match &held.claim.body {
            ClaimBody::Sme(size) => (Some(size.category), None, None),
            ClaimBody::Status(evidence) => {
                (None, evidence.reference.clone(), evidence.authority.clone())
            }
            ClaimBody::Commitment(_) | ClaimBody::Pledge(_) => (None, None, None),
        };
        let witness = match &held.claim.body {
            ClaimBody::Status(evidence) => evidence.witness,
            ClaimBody::Sme(_) | ClaimBody::Commitment(_) | ClaimBody::Pledge(_) => None,
        };
        Self {
            witness,
            qualification: held.id,
            key: held.claim.key.clone(),
            category,
            evidence,
            authority,
            reference: decided.reference.clone(),
            decided_on: decided.decided_on,
            from: held.validity.from,
            to: last_day(held),
        }
    }
}

/// What an attestation may show, whether it holds or not. Never TIH: it reveals a person's disability, and anyone may read this.
pub fn is_attested(kind: Kind) -> bool {
    !matches!(kind, Kind::Commitment | Kind::Pledge | Kind::Tih)
}

/// What holds on a day, oldest first.
pub fn attested_on(decided: &[Decided], day: NaiveDate) -> Vec<Attested> {
    decided
        .iter()
        .filter(|one| is_attested(one.qualification.claim.kind()))
        .filter(|one| one.qualification.holds_on(day))
        .map(Attested::of)
        .collect()
}

/// What tells one attestation of a company from another: the same content has the same hash, on any day.
pub fn content_hash(siren: &Siren, lines: &[Attested]) -> String {
    crate::form::sha256_json(&(siren, lines))
}

/// The last day on which a qualification holds, as far as it is known.
fn last_day(held: &Qualification) -> Option<NaiveDate> {
    let closed = held
        .closures
        .iter()
        .filter_map(|closure| closure.from.pred_opt())
        .min();
    match (held.validity.to, closed) {
        (Some(to), Some(closed)) => Some(to.min(closed)),
        (to, closed) => to.or(closed),
    }
}
