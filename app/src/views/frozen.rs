//! The frozen years as agents see them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::text::Text;

/// One state of an edition: its rates in percent (`None`: not computable), and its two files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenState {
    pub mode: Mode,
    pub environmental: Option<Hundredths>,
    pub social: Option<Hundredths>,
    pub solidarity: Option<Hundredths>,
    /// SHA-256 of the file of contracts, in hexadecimal.
    pub sha256: String,
    /// Names of the files.
    pub contracts: String,
    pub figures: String,
}

/// A year as it was frozen once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenEdition {
    pub year: i32,
    /// From 1.
    pub edition: u32,
    pub at: DateTime<Utc>,
    pub by: String,
    pub note: String,
    pub data_date: Option<NaiveDate>,
    /// Codes of the kinds that make a solidarity enterprise.
    pub kinds: Vec<String>,
    pub rule_version: String,
    pub states: Vec<FrozenState>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenView {
    /// The latest year and edition first.
    pub editions: Vec<FrozenEdition>,
    pub page: u32,
    pub pages: u32,
    pub total: u64,
    /// Years that may be frozen, the latest first.
    pub years: Vec<i32>,
    /// The columns of the file of contracts, and what each holds.
    pub columns: Vec<(&'static str, Text)>,
    /// The name of the script that computes the figures again.
    pub script: &'static str,
}
