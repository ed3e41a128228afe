//! What a decision writes: the next status, the event for the audit trail, the rows, and what must be told.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Effect, Status, Verdict};
use crate::claims::{Claim, ClaimKey, ClosureCause, Validity};
use crate::form::{SignedStatement, Snapshot};

/// The outcome of a command: everything that one transaction writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub next: Status,
    pub event: Event,
    /// A new revision to freeze, with the verdict that each of its claims starts with.
    pub revision: Option<Box<NewRevision>>,
    /// Verdicts that change.
    pub verdicts: Vec<(ClaimKey, Verdict)>,
    /// `Some(None)` releases the declaration, `Some(Some(_))` gives it to a reviewer.
    pub reviewer: Option<Option<Uuid>>,
    pub qualifications: Vec<NewQualification>,
    pub closures: Vec<NewClosure>,
    pub effects: Vec<Effect>,
}

/// One line of the audit trail and of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub act: Act,
    pub revision: Option<u32>,
    /// Company data only: no name, address or mail of a person.
    pub details: serde_json::Value,
}

/// The closed list of acts on a declaration or on a qualification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Opened,
    Saved,
    Submitted,
    Resubmitted,
    Discarded,
    TakenBack,
    ReviewStarted,
    VerdictGiven,
    Released,
    Withdrawn,
    ChangesRequested,
    Validated,
    PartlyValidated,
    Refused,
    /// Another declaration of the company began from this one.
    Continued,
    RevocationProposed,
    RevocationDropped,
    QualificationRevoked,
    QualificationWithdrawn,
    QualificationExpiring,
    QualificationExpired,
    HoursTold,
    HoursAccepted,
    HoursReturned,
}

impl Act {
    pub const ALL: [Self; 24] = [
        Self::Opened,
        Self::Saved,
        Self::Submitted,
        Self::Resubmitted,
        Self::Discarded,
        Self::TakenBack,
        Self::ReviewStarted,
        Self::VerdictGiven,
        Self::Released,
        Self::Withdrawn,
        Self::ChangesRequested,
        Self::Validated,
        Self::PartlyValidated,
        Self::Refused,
        Self::Continued,
        Self::RevocationProposed,
        Self::RevocationDropped,
        Self::QualificationRevoked,
        Self::QualificationWithdrawn,
        Self::QualificationExpiring,
        Self::QualificationExpired,
        Self::HoursTold,
        Self::HoursAccepted,
        Self::HoursReturned,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Saved => "saved",
            Self::Submitted => "submitted",
            Self::Resubmitted => "resubmitted",
            Self::Discarded => "discarded",
            Self::TakenBack => "taken_back",
            Self::ReviewStarted => "review_started",
            Self::VerdictGiven => "verdict_given",
            Self::Released => "released",
            Self::Withdrawn => "withdrawn",
            Self::ChangesRequested => "changes_requested",
            Self::Validated => "validated",
            Self::PartlyValidated => "partly_validated",
            Self::Refused => "refused",
            Self::Continued => "continued",
            Self::RevocationProposed => "revocation_proposed",
            Self::RevocationDropped => "revocation_dropped",
            Self::QualificationRevoked => "qualification_revoked",
            Self::QualificationWithdrawn => "qualification_withdrawn",
            Self::QualificationExpiring => "qualification_expiring",
            Self::QualificationExpired => "qualification_expired",
            Self::HoursTold => "hours_told",
            Self::HoursAccepted => "hours_accepted",
            Self::HoursReturned => "hours_returned",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }
}

/// A frozen submission.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRevision {
    pub number: u32,
    pub snapshot: Snapshot,
    /// SHA-256 of the snapshot, in hexadecimal.
    pub hash: String,
    pub statement: SignedStatement,
    pub claims: Vec<(Claim, String, Verdict)>,
    pub signed_at: DateTime<Utc>,
}

/// A claim accepted for the first time, or with a new content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQualification {
    pub claim: Claim,
    pub hash: String,
    pub validity: Validity,
    pub revision: u32,
}

/// A closure to append to a qualification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClosure {
    pub qualification: Uuid,
    pub from: NaiveDate,
    pub cause: ClosureCause,
    pub by: Option<Uuid>,
    pub second: Option<Uuid>,
    pub reason: String,
}
