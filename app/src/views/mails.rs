//! The mails to the people of a company about one declaration, and what became of each.

use chrono::{DateTime, Utc};
use domain::lifecycle::SupplierNotice;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct MailsView {
    /// The declaration.
    pub id: Uuid,
    pub reference: String,
    pub company_name: String,
    /// The newest first.
    pub mails: Vec<MailLine>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MailLine {
    pub id: Uuid,
    pub notice: SupplierNotice,
    /// The address; `None` when its owner is no longer of the company.
    pub to: Option<String>,
    pub written_at: DateTime<Utc>,
    pub state: MailState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// Leaves within seconds, or is tried again after a failure.
    Waiting { failed: bool },
    /// Handed over to the mail server of the service. Nobody knows whether it was read.
    Left { at: DateTime<Utc> },
    /// Had no object any more when it was to leave.
    Moot,
    /// Given up after many tries: somebody of the service must look at it.
    Parked,
}

/// What became of asking for a mail once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentAgain {
    Done,
    /// Asked for less than an hour ago.
    JustBefore,
}
