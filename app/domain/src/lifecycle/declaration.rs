//! What `decide` knows of a declaration.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Status, Verdict};
use crate::claims::{Claim, Qualification};
use crate::identifiers::Siren;

/// A declaration with what its decisions depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    pub id: Uuid,
    pub siren: Siren,
    pub status: Status,
    /// Grows by one at every write: the optimistic lock.
    pub version: i64,
    /// The last revision submitted in this declaration; `None` before the first submission.
    pub revision: Option<u32>,
    /// The last revision number of the company, over all its declarations.
    pub last_company_revision: u32,
    /// The day the last revision was signed; the periods of its claims count from it.
    pub stated_on: Option<NaiveDate>,
    /// Who took it in review.
    pub reviewer: Option<Uuid>,
    /// The claims of the last revision, with their verdicts.
    pub claims: Vec<ClaimUnderReview>,
    /// The qualifications of the company, with their closures.
    pub qualifications: Vec<Qualification>,
}

/// A claim of a revision and what was said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimUnderReview {
    pub claim: Claim,
    pub hash: String,
    pub verdict: Verdict,
}
