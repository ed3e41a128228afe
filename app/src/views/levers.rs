//! The data of the page that says what moves the solidarity figure.

use chrono::NaiveDate;
use domain::claims::Kind;
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::lifecycle::Status;
use uuid::Uuid;

/// What the page is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeversFilter {
    /// `None`: the present one.
    pub year: Option<i32>,
    pub mode: Mode,
    /// The files of which the person wants to know the effect; `None`: the fewest that reach the target.
    pub chosen: Option<Vec<Uuid>>,
    /// Of the suppliers without declaration, from 1.
    pub page: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeversView {
    /// The year and the page as they were read.
    pub filter: LeversFilter,
    pub year: i32,
    /// Years that may be asked for, the latest first.
    pub years: Vec<i32>,
    /// In whole percents.
    pub target: u8,
    /// The amounts of the year that count.
    pub total: Hundredths,
    /// The files that would bring euros, the greatest amounts first.
    pub files: Vec<WaitingFile>,
    /// Only the oldest files were looked at.
    pub more_files: bool,
    /// Files that were chosen and bring nothing any more.
    pub gone: usize,
    pub outcome: Outcome,
    pub undeclared: UndeclaredPage,
    /// Those whose status ends first come first.
    pub ending: Vec<EndingStatus>,
    pub ending_total: usize,
}

/// A file that waits and what it would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingFile {
    pub id: Uuid,
    pub reference: String,
    pub siren: Siren,
    pub company_name: String,
    pub status: Status,
    /// The claims that would count.
    pub kinds: Vec<Kind>,
    pub euros: Hundredths,
    pub contracts: u64,
    pub days: i64,
    pub chosen: bool,
}

/// The figure with the chosen files as if accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub files: usize,
    pub before: Share,
    pub after: Share,
    /// The difference of the rates, in points.
    pub points: Option<Hundredths>,
    pub added: Hundredths,
    /// What the target still lacks; `None`: reached, or nothing to compute.
    pub missing: Option<Hundredths>,
}

/// Solidarity purchases: euros, and percent of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub euros: Hundredths,
    pub rate: Option<Hundredths>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndeclaredPage {
    pub rows: Vec<UndeclaredSupplier>,
    pub total: u64,
    pub pages: u32,
    pub amount: Hundredths,
}

/// A holder without any validated status, on the dates of its contracts or today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndeclaredSupplier {
    /// `None`: another kind of identifier.
    pub siren: Option<Siren>,
    /// A name where one is known, the identifier otherwise.
    pub name: String,
    pub amount: Hundredths,
    pub contracts: u64,
    /// An SME by the register.
    pub sme: bool,
    /// A declaration of it waits for the buyer.
    pub waiting: bool,
}

/// A solidarity enterprise whose status ends before its contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingStatus {
    pub siren: Siren,
    pub company_name: String,
    pub ends_on: NaiveDate,
    /// The status has ended already.
    pub ended: bool,
    pub contract_id: String,
    pub object: Option<String>,
    pub contract_ends_on: NaiveDate,
}
