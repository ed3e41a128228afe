//! The published lists that prove, as their pages show them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::lists::{Failure, ImportState, ListKind, Mapping, Outcome};

/// Every list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListsView {
    pub lists: Vec<ListLine>,
}

/// One list and what is in force of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListLine {
    pub list: ListKind,
    pub in_force: Option<ListInForce>,
    /// Files that somebody has still to decide about.
    pub pending: usize,
}

/// The file of a list that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListInForce {
    pub import: i64,
    pub published_on: NaiveDate,
    pub since: DateTime<Utc>,
    pub rows: u64,
    pub file_name: String,
    /// Who sent it; empty: the command line.
    pub by: String,
    /// Its publisher has probably put out another one.
    pub old: bool,
}

/// One list, its files and its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListView {
    pub line: ListLine,
    /// The newest first.
    pub files: Vec<ListFile>,
    pub turns: Vec<ListTurn>,
    /// What taking the file in force back would lead to; `None` when it cannot be.
    pub roll_back: Option<RollBack>,
    /// Bytes of a file at most.
    pub largest: u64,
}

/// A file of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFile {
    pub id: i64,
    pub state: ImportState,
    pub in_force: bool,
    pub file_name: String,
    pub published_on: NaiveDate,
    pub rows: u64,
    pub by: String,
    pub sent_at: DateTime<Utc>,
}

/// A change of what is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListTurn {
    /// Otherwise it was put in force.
    pub taken_back: bool,
    /// In force from then on.
    pub import: Option<i64>,
    pub reason: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// The file that would be taken back, and the one that would hold again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollBack {
    pub import: i64,
    pub back_to: Option<i64>,
}

/// One file of a list, from its columns to what it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListImportView {
    pub list: ListKind,
    pub id: i64,
    pub state: ImportState,
    pub in_force: bool,
    pub file_name: String,
    pub size_bytes: u64,
    pub format: String,
    pub sha256: String,
    pub published_on: NaiveDate,
    pub headings: Vec<String>,
    pub sample: Vec<Vec<String>>,
    pub mapping: Mapping,
    pub outcome: Option<Outcome>,
    pub failure: Option<Failure>,
    /// Another file came in force since the comparison.
    pub outdated: bool,
    /// It would lose more than so many percent of the rows.
    pub shrinks: bool,
    pub shrink_percent: u32,
    pub by: String,
    pub sent_at: DateTime<Utc>,
}
