//! A validated claim: immutable, with its period, ended only by its date or by a closure that is added beside it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Claim, Validity};
use crate::identifiers::Siren;

/// A claim that a reviewer accepted. Never edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualification {
    pub id: Uuid,
    pub siren: Siren,
    pub claim: Claim,
    pub hash: String,
    pub validity: Validity,
    /// The revision of the company in which the claim was accepted.
    pub revision: u32,
    /// Its closures, oldest first.
    pub closures: Vec<Closure>,
}

/// The end of a qualification before its date. Append-only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// First day on which the qualification no longer holds.
    pub from: NaiveDate,
    pub cause: ClosureCause,
    pub by: Option<Uuid>,
    /// The second person of a revocation.
    pub second: Option<Uuid>,
    pub reason: String,
    pub recorded_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureCause {
    Superseded,
    Revoked,
    Withdrawn,
}

impl ClosureCause {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::Revoked => "revoked",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Qualification {
    /// Whether a euro dated `day` counts with this qualification.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.validity.contains(day) && !self.closures.iter().any(|closure| closure.from <= day)
    }

    /// Whether it was closed for good: a closure that starts on or before `day`.
    pub fn is_closed_on(&self, day: NaiveDate) -> bool {
        self.closures.iter().any(|closure| closure.from <= day)
    }
}

/// The qualifications that hold on a day.
pub fn in_force_on(
    qualifications: &[Qualification],
    day: NaiveDate,
) -> impl Iterator<Item = &Qualification> {
    qualifications
        .iter()
        .filter(move |qualification| qualification.holds_on(day))
}
