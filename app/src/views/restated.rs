//! The data of the page that says what changed in a year since it was frozen.

use chrono::{DateTime, Utc};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::indicators::{Cause, CauseSums, RestatedContract};

/// Which edition is compared with the data of today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RestatedFilter {
    /// The present one when none is given.
    pub year: Option<i32>,
    pub edition: u32,
    pub mode: Mode,
    /// From 1.
    pub page: u32,
}

/// One of the three targets, in percent; `None`: not computable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateChange {
    pub before: Option<Hundredths>,
    pub after: Option<Hundredths>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestatedView {
    pub filter: RestatedFilter,
    pub year: i32,
    pub frozen_at: DateTime<Utc>,
    /// The rules, the buyer or the kinds that make a solidarity enterprise are not those of today.
    pub other_rules: bool,
    pub environmental: RateChange,
    pub social: RateChange,
    pub solidarity: RateChange,
    pub causes: Vec<(Cause, CauseSums)>,
    pub whole: CauseSums,
    pub rows: Vec<RestatedRow>,
    pub pages: u32,
}

/// A contract that counts otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestatedRow {
    pub contract: RestatedContract,
    pub object: Option<String>,
    /// Of the contract as it is today.
    pub holders: Vec<String>,
}
