//! What must be told after a decision, to whom: each effect becomes rows of the outbox by an exhaustive match.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::claims::ClaimKey;
use crate::decimal::Hundredths;
use crate::lifecycle::MemberRole;

/// One consequence outside the database of the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", content = "notice", rename_all = "snake_case")]
pub enum Effect {
    TellSupplier(SupplierNotice),
    TellBuyers(BuyerNotice),
    /// The buyer database must learn the state of the company.
    Feed,
}

/// A mail to the people of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SupplierNotice {
    Received {
        revision: u32,
        /// The buyer asked for it: what did not change keeps its verdict.
        #[serde(default)]
        corrected: bool,
    },
    TakenBack,
    ReviewStarted,
    /// Each claim to correct, with its reason.
    ChangesRequested {
        remarks: Vec<Remark>,
        signed_by: Signed,
    },
    Validated {
        accepted: Vec<ClaimKey>,
        #[serde(default)]
        ended: Vec<Ended>,
        signed_by: Signed,
    },
    PartlyValidated {
        accepted: Vec<ClaimKey>,
        refused: Vec<Remark>,
        #[serde(default)]
        ended: Vec<Ended>,
        signed_by: Signed,
    },
    Refused {
        refused: Vec<Remark>,
        #[serde(default)]
        ended: Vec<Ended>,
        signed_by: Signed,
    },
    Withdrawn,
    /// A manager or an agent attached the person to the company, or declined.
    AttachmentAccepted,
    AttachmentDeclined,
    /// Somebody asks to join: the managers decide.
    JoinRequested {
        request: Uuid,
    },
    /// Somebody has joined without a decision of the managers, who must know it.
    Joined {
        account: Uuid,
    },
    RoleChanged {
        role: MemberRole,
    },
    /// The person is no longer of the company.
    Removed,
    /// A letter with a code has gone to the seat.
    LetterMade {
        address: String,
        until: chrono::NaiveDate,
    },
    Revoked {
        qualification: Uuid,
        claim: ClaimKey,
        from: chrono::NaiveDate,
        reason: String,
        signed_by: Signed,
    },
    QualificationWithdrawn {
        qualification: Uuid,
        claim: ClaimKey,
        from: chrono::NaiveDate,
    },
    Expiring {
        qualification: Uuid,
        claim: ClaimKey,
        ends_on: chrono::NaiveDate,
        days: u16,
    },
    Expired {
        qualification: Uuid,
        claim: ClaimKey,
        ended_on: chrono::NaiveDate,
    },
    /// Nobody has changed the draft for a long time.
    DraftForgotten {
        saved_on: chrono::NaiveDate,
    },
    /// The buyer checked the hours stated for a quarter.
    HoursAccepted {
        qualification: Uuid,
        claim: ClaimKey,
        quarter: String,
        hours: Hundredths,
    },
    HoursReturned {
        qualification: Uuid,
        claim: ClaimKey,
        quarter: String,
        hours: Hundredths,
        reason: String,
    },
}

/// A mail to the buyers, grouped by recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BuyerNotice {
    NewSubmission {
        revision: u32,
    },
    CorrectionReceived {
        revision: u32,
    },
    TakenBack,
    Withdrawn,
    /// The company gave up one qualification.
    QualificationWithdrawn {
        qualification: Uuid,
        claim: ClaimKey,
        from: chrono::NaiveDate,
        reason: String,
    },
    /// The company stated the hours of a quarter.
    HoursTold {
        qualification: Uuid,
        claim: ClaimKey,
        quarter: String,
        hours: Hundredths,
    },
    /// Somebody asks to be attached to a company that another person holds.
    AttachmentRequested {
        /// What was asked; absent from older messages.
        #[serde(default)]
        request: Option<Uuid>,
    },
}

/// A qualification that the signature ends before its date, with the reason that the agent gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub claim: ClaimKey,
    pub from: chrono::NaiveDate,
    pub reason: String,
}

/// A claim and the reason of its verdict (L211-2 CRPA: refusals are motivated).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub claim: ClaimKey,
    pub reason: String,
}

/// L212-1 CRPA: the agent who decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub name: String,
    pub quality: String,
}

impl SupplierNotice {
    /// The stable code of the mail: its template, and part of its unique key.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::TakenBack => "taken_back",
            Self::ReviewStarted => "review_started",
            Self::ChangesRequested { .. } => "changes_requested",
            Self::Validated { .. } => "validated",
            Self::PartlyValidated { .. } => "partly_validated",
            Self::Refused { .. } => "refused",
            Self::Withdrawn => "withdrawn",
            Self::AttachmentAccepted => "attachment_accepted",
            Self::AttachmentDeclined => "attachment_declined",
            Self::JoinRequested { .. } => "join_requested",
            Self::Joined { .. } => "joined",
            Self::RoleChanged { .. } => "role_changed",
            Self::Removed => "removed",
            Self::LetterMade { .. } => "letter_made",
            Self::Revoked { .. } => "revoked",
            Self::QualificationWithdrawn { .. } => "qualification_withdrawn",
            Self::Expiring { .. } => "expiring",
            Self::Expired { .. } => "expired",
            Self::DraftForgotten { .. } => "draft_forgotten",
            Self::HoursAccepted { .. } => "hours_accepted",
            Self::HoursReturned { .. } => "hours_returned",
        }
    }
}

impl BuyerNotice {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NewSubmission { .. } => "new_submission",
            Self::CorrectionReceived { .. } => "correction_received",
            Self::TakenBack => "taken_back",
            Self::Withdrawn => "withdrawn",
            Self::QualificationWithdrawn { .. } => "qualification_withdrawn",
            Self::HoursTold { .. } => "hours_told",
            Self::AttachmentRequested { .. } => "attachment_requested",
        }
    }
}
