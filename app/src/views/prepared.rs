//! Drafts that an agent prepares for a company, as each side sees them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::identifiers::Siren;
use domain::links::Given;
use uuid::Uuid;

use super::SearchOutcome;

/// Where a prepared draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreparedState {
    Waiting,
    Claimed,
    Declined,
    Cancelled,
    Expired,
}

/// One of the list of the agents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedLine {
    pub id: Uuid,
    pub siren: Siren,
    pub company_name: String,
    pub contact_name: String,
    pub email: String,
    pub by_name: String,
    pub at: DateTime<Utc>,
    pub until: NaiveDate,
    pub state: PreparedState,
    /// How many answers are proposed.
    pub proposed: usize,
}

/// What an agent is told of a company before they prepare a draft for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preparing {
    pub company: SearchOutcome,
    pub obstacle: Option<Obstacle>,
    /// Somebody of the company has an account here: the contact joins them.
    pub held: bool,
    /// Its declaration under way, which the draft would complete.
    pub reference: Option<String>,
}

/// What keeps a draft from being prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The register says that the company has closed.
    Closed,
    /// One waits already.
    Waiting,
    /// The number is none.
    Number,
}

/// What an agent sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDraft {
    pub number: String,
    pub contact_name: String,
    pub email: String,
    pub message: String,
    /// As the query of a link.
    pub proposals: String,
}

/// What became of preparing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prepared {
    Done,
    Stopped(Obstacle),
    /// No mail could reach this address.
    Email,
}

/// A prepared draft, for the person whom it was sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimView {
    pub id: Uuid,
    pub company_name: String,
    pub siren: Siren,
    pub by_name: String,
    pub by_quality: String,
    pub at: DateTime<Utc>,
    pub until: NaiveDate,
    pub message: String,
    pub state: PreparedState,
    pub proposals: Vec<Given>,
    /// Others manage the company: they are asked first.
    pub held: bool,
    /// What the claim opened, for the person who claimed.
    pub declaration: Option<Uuid>,
}

/// What is at the address of a prepared draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimPage {
    Draft(Box<ClaimView>),
    /// It was sent to another address: nothing of it is told.
    OtherAddress,
}
