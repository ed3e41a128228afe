//! The data of the list of concessions.

use chrono::NaiveDate;
use domain::decimal::Hundredths;

/// Which concessions a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConcessionFilter {
    /// Of signature; all years when none is given.
    pub year: Option<i32>,
    /// From 1.
    pub page: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcessionPage {
    pub filter: ConcessionFilter,
    /// Years that may be asked for, the latest first.
    pub years: Vec<i32>,
    pub rows: Vec<ConcessionRow>,
    pub total: u64,
    pub pages: u32,
}

/// A concession as published. Amounts are euros excluding tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcessionRow {
    pub concession_id: String,
    pub object: Option<String>,
    pub nature: Option<String>,
    pub procedure: Option<String>,
    /// Names where they are known, identifiers otherwise.
    pub holders: Vec<String>,
    pub signed_on: NaiveDate,
    pub begins_on: Option<NaiveDate>,
    pub duration_months: Option<u64>,
    /// `None`: unusable.
    pub value: Option<Hundredths>,
    /// `None`: not published, or unusable.
    pub subsidy: Option<Hundredths>,
    /// As published; empty: none, or not published.
    pub social: String,
    pub environmental: String,
}
