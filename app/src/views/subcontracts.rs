//! The data of the page of indirect solidarity purchases: the subcontracts that count.

use chrono::NaiveDate;
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::identifiers::Siret;

use super::StatusSeen;

/// Which subcontracts a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubcontractFilter {
    /// The present one when none is given.
    pub year: Option<i32>,
    pub mode: Mode,
    /// From 1.
    pub page: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubcontractPage {
    pub filter: SubcontractFilter,
    pub year: i32,
    /// Years that may be asked for, the latest first.
    pub years: Vec<i32>,
    pub rows: Vec<SubcontractRow>,
    /// Of all pages: how many, and their sum.
    pub total: u64,
    pub amount: Hundredths,
    pub pages: u32,
}

/// A subcontract to a solidarity enterprise. Amounts are euros excluding tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubcontractRow {
    pub buyer_siret: String,
    pub contract_id: String,
    /// Of the contract.
    pub object: Option<String>,
    /// Of the contract.
    pub holders: Vec<String>,
    /// As published.
    pub number: String,
    /// Its name where it is known, else its SIREN.
    pub subcontractor: String,
    pub siren: String,
    pub siret: Option<Siret>,
    pub counted_on: NaiveDate,
    /// It has no date of its own.
    pub on_day_of_contract: bool,
    pub amount: Hundredths,
    /// Those that make it count.
    pub statuses: Vec<StatusSeen>,
}
