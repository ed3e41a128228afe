//! The statuses of a declaration and the verdicts on its claims.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{Text, text};

/// Where a declaration stands. Its only writer is the application of a [`super::Decision`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Draft,
    Submitted,
    InReview,
    ChangesRequested,
    Validated,
    PartlyValidated,
    Refused,
    Withdrawn,
}

impl Status {
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Submitted,
        Self::InReview,
        Self::ChangesRequested,
        Self::Validated,
        Self::PartlyValidated,
        Self::Refused,
        Self::Withdrawn,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::ChangesRequested => "changes_requested",
            Self::Validated => "validated",
            Self::PartlyValidated => "partly_validated",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Open: a company has at most one declaration in these statuses.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::Submitted | Self::InReview | Self::ChangesRequested => true,
            Self::Validated | Self::PartlyValidated | Self::Refused | Self::Withdrawn => false,
        }
    }

    /// An agent signed, and nothing was sent since.
    pub const fn is_signed(self) -> bool {
        match self {
            Self::ChangesRequested | Self::Validated | Self::PartlyValidated | Self::Refused => {
                true
            }
            Self::Draft | Self::Submitted | Self::InReview | Self::Withdrawn => false,
        }
    }

    /// The supplier may change the answers.
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::ChangesRequested)
    }
}

/// The text is not the code of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown status")]
pub struct UnknownStatus;

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|status| status.code() == code)
            .ok_or(UnknownStatus)
    }
}

/// What the reviewer says of one claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "verdict", content = "reason", rename_all = "snake_case")]
pub enum Verdict {
    #[default]
    Pending,
    Accepted,
    Refused(String),
    ToFix(String),
}

impl Verdict {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Refused(_) => "refused",
            Self::ToFix(_) => "to_fix",
        }
    }

    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Pending | Self::Accepted => None,
            Self::Refused(reason) | Self::ToFix(reason) => Some(reason),
        }
    }

    /// Rebuilds a verdict from its stored parts.
    pub fn from_parts(code: &str, reason: Option<&str>) -> Option<Self> {
        match (code, reason) {
            ("pending", _) => Some(Self::Pending),
            ("accepted", _) => Some(Self::Accepted),
            ("refused", Some(reason)) => Some(Self::Refused(reason.to_owned())),
            ("to_fix", Some(reason)) => Some(Self::ToFix(reason.to_owned())),
            _ => None,
        }
    }

    pub const fn label(&self) -> Text {
        match self {
            Self::Pending => text("À examiner", "To be examined"),
            Self::Accepted => text("Acceptée", "Accepted"),
            Self::Refused(_) => text("Refusée", "Refused"),
            Self::ToFix(_) => text("À corriger", "To be corrected"),
        }
    }
}
