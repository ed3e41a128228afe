//! The hours of insertion commitments: those of one commitment, and the list of what was promised beside what was realised.

use domain::claims::ClaimKey;
use domain::decimal::Hundredths;
use domain::insertion::{HoursAccount, Quarter};
use uuid::Uuid;

use super::QualificationLine;

/// On the page of a commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursView {
    /// `None`: no hours were promised, and none are stated.
    pub promised: Option<Hundredths>,
    /// Hours of one full-time equivalent a year.
    pub etp_base: u32,
    /// Of this commitment alone.
    pub account: HoursAccount,
    /// The quarters whose hours may be stated, oldest first.
    pub quarters: Vec<Quarter>,
}

impl HoursView {
    /// Quarters of which nothing was stated, or only what was sent back.
    pub fn missing(&self) -> impl Iterator<Item = Quarter> + '_ {
        self.quarters.iter().copied().filter(|quarter| {
            let last = self.account.last_of(*quarter);
            last.is_none_or(|one| one.check.as_ref().is_some_and(|check| !check.accepted))
        })
    }
}

/// A commitment whose company has hours to state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursDue {
    pub qualification: Uuid,
    pub key: ClaimKey,
    pub quarters: Vec<Quarter>,
}

/// What the list of commitments shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitmentsView {
    pub rows: Vec<CommitmentLine>,
    pub total: u64,
    /// How many have a statement to check, whatever is shown.
    pub to_check: u64,
    /// Only these are shown.
    pub only_to_check: bool,
    pub page: u32,
    pub pages: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitmentLine {
    pub line: QualificationLine,
    pub hours: HoursView,
}
