//! What a link leads to, for a signed-in supplier.

use domain::form::Draft;
use domain::lifecycle::Status;
use domain::links::Proposal;
use uuid::Uuid;

use super::SearchOutcome;

/// What the page that asks shows.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkView {
    pub company: SearchOutcome,
    /// The open declaration of the company, when it is the person's.
    pub receiver: Option<Receiver>,
    pub proposals: Vec<Proposal>,
    /// The answers that are there.
    pub draft: Draft,
}

/// The declaration that the link would fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    pub id: Uuid,
    pub reference: String,
    pub status: Status,
    /// The person may change it, and it may be changed.
    pub editable: bool,
}
