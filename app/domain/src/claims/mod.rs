//! Claims: what a supplier states about itself, one at a time, each with its own scope, evidence, validity and verdict.

mod agreement;
mod conditions;
mod evidence;
mod key;
mod kind;
mod qualification;
mod validity;
mod witness;

pub use agreement::AgreementState;
pub use conditions::EssCondition;
pub use evidence::{Evidence, EvidenceRule, ReferenceRule};
pub use key::{ClaimKey, Scope};
pub use kind::{Kind, KindSet};
pub use qualification::{Closure, ClosureCause, Qualification, in_force_on};
pub use validity::{Validity, ValidityState, anniversary_eve, esus_end};
pub use witness::{Proved, Witness, WitnessSource};

use serde::{Deserialize, Serialize};

use crate::documents::Document;
use crate::form::Computed;
use crate::insertion::Commitment;
use crate::pledges::Pledge;
use crate::sme::{Case, Category, named, simulate};

/// One statement of a supplier, parsed: it can be checked, accepted, refused or sent back alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub key: ClaimKey,
    pub body: ClaimBody,
}

/// What the claim says, by family of kinds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClaimBody {
    /// Size of the enterprise under Recommendation 2003/361/EC.
    Sme(SizeClaim),
    /// A status or an approval, with its evidence.
    Status(Evidence),
    /// An insertion commitment.
    Commitment(Box<Commitment>),
    /// Another commitment of the scheme.
    Pledge(Box<Pledge>),
}

/// The size that the program computed from the declared figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeClaim {
    /// The status after the two-period rule.
    pub category: Category,
    /// French category on the linked perimeter: `MIC`, `PME`, `ETI` or `GE`.
    pub french_category: String,
    /// Closing date of the accounting period of the figures.
    pub closing_date: chrono::NaiveDate,
    /// Consolidated annual work units, turnover and balance sheet total, printed with two decimals.
    pub consolidated_awu: String,
    pub consolidated_turnover_eur: String,
    pub consolidated_balance_eur: String,
    /// The answers from which the category was computed, in the form of the simulator's case.
    pub case: serde_json::Value,
    /// The same for the periods before, the oldest first; absent from what was signed before the form asked for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<serde_json::Value>,
    /// The category of the period before, as the supplier said it, where no figures were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_category: Option<Category>,
    /// The accounts behind the figures, the chart of the group; absent where there is none, so that what was signed before keeps
    /// its hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
}

impl SizeClaim {
    /// The arithmetic again from the figures of the claim, with the name of the company; `None` when they cannot be read any more.
    pub fn recomputed(&self, company: &str) -> Option<Computed> {
        let read = |case: &serde_json::Value| serde_json::from_value::<Case>(case.clone()).ok();
        let mut by_period = vec![];
        for earlier in &self.earlier {
            by_period.push(simulate(&read(earlier)?).ok()?.eu_category);
        }
        by_period.extend(self.previous_category);
        let case = named(&read(&self.case)?, company);
        let outcome = simulate(&case).ok()?;
        by_period.push(outcome.eu_category);
        Some(Computed {
            status: self.category,
            by_period,
            outcome,
            case,
        })
    }
}

impl Claim {
    /// SHA-256 of the content, in hexadecimal: two claims with the same hash say the same thing. How the catalogue calls a pledge
    /// is not something that the supplier says: renaming a theme leaves verdicts and qualifications as they are.
    pub fn hash(&self) -> String {
        match &self.body {
            ClaimBody::Pledge(pledge) => {
                let said = Self {
                    key: self.key.clone(),
                    body: ClaimBody::Pledge(Box::new(pledge.unnamed())),
                };
                crate::form::sha256_json(&said)
            }
            ClaimBody::Status(evidence) if evidence.witness.is_some() => {
                let said = Self {
                    key: self.key.clone(),
                    body: ClaimBody::Status(evidence.undated()),
                };
                crate::form::sha256_json(&said)
            }
            ClaimBody::Sme(_) | ClaimBody::Status(_) | ClaimBody::Commitment(_) => {
                crate::form::sha256_json(self)
            }
        }
    }

    /// The documents signed with it.
    pub fn documents(&self) -> &[Document] {
        match &self.body {
            ClaimBody::Sme(size) => &size.documents,
            ClaimBody::Status(evidence) => &evidence.documents,
            ClaimBody::Pledge(pledge) => &pledge.documents,
            ClaimBody::Commitment(_) => &[],
        }
    }

    /// The same claim, its documents apart: where they have a list of their own.
    #[must_use]
    pub fn without_documents(&self) -> Self {
        let mut claim = self.clone();
        match &mut claim.body {
            ClaimBody::Sme(size) => size.documents.clear(),
            ClaimBody::Status(evidence) => evidence.documents.clear(),
            ClaimBody::Pledge(pledge) => pledge.documents.clear(),
            ClaimBody::Commitment(_) => {}
        }
        claim
    }

    pub fn kind(&self) -> Kind {
        self.key.kind
    }

    /// The period in which the claim holds once accepted, counted from the day of the signed statement where the evidence is silent.
    pub fn validity(&self, stated_on: chrono::NaiveDate) -> Validity {
        validity::of_claim(self, stated_on)
    }
}
