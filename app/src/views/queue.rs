//! The data of the reviewers' queue.

use chrono::{DateTime, Utc};
use domain::claims::Kind;
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::lifecycle::Status;
use uuid::Uuid;

/// What the queue is asked for; it comes from the address of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    pub status: Option<Status>,
    pub search: String,
    pub sort: QueueSort,
    /// From 1.
    pub page: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueueSort {
    /// Waiting for the longest first.
    #[default]
    Oldest,
    Newest,
    Name,
    /// The files that would bring the most euros to the solidarity figure of the year first, then the oldest.
    Stake,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueuePage {
    pub counts: Vec<(Status, u64)>,
    pub rows: Vec<QueueRow>,
    pub stakes: Stakes,
    pub total: u64,
    pub page: u32,
    pub pages: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    pub id: Uuid,
    pub reference: String,
    pub siren: Siren,
    pub company_name: String,
    pub status: Status,
    pub kinds: Vec<Kind>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub reviewer_name: Option<String>,
    /// What it would bring to the solidarity figure, when that was asked and is not nothing.
    pub stake: Option<Hundredths>,
}

impl QueueSort {
    pub const ALL: [Self; 4] = [Self::Oldest, Self::Newest, Self::Name, Self::Stake];
}

/// Whether the queue knows what its files would bring to the solidarity figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stakes {
    #[default]
    NotAsked,
    /// On the contracts of this year.
    Of(i32),
    /// The buyer database does not answer.
    Unavailable,
}
