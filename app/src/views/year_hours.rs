//! The data of the page of insertion hours of a year: the commitments behind the figures I8 and I8r.

use chrono::NaiveDate;
use domain::claims::Validity;
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::insertion::Modality;
use uuid::Uuid;

/// Which commitments a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearHoursFilter {
    /// The present one when none is given.
    pub year: Option<i32>,
    /// From 1.
    pub page: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearHoursPage {
    pub filter: YearHoursFilter,
    pub year: i32,
    /// Years that may be asked for, the latest first.
    pub years: Vec<i32>,
    pub rows: Vec<YearHoursRow>,
    /// Of all pages: how many, and the sums of their hours.
    pub total: u64,
    pub promised: Hundredths,
    pub realised: Hundredths,
    pub pages: u32,
}

/// A commitment that counts in the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearHoursRow {
    /// Its decision, where the portal has it.
    pub qualification: Option<Uuid>,
    pub siren: Siren,
    pub company: Option<String>,
    /// `None`: one that this program does not know.
    pub modality: Option<Modality>,
    pub validity: Validity,
    /// The contract that it names; none counts by its first day.
    pub contract: Option<String>,
    /// The notification of that contract, else the first day.
    pub counted_on: NaiveDate,
    pub promised: Hundredths,
    /// Checked by the buyer.
    pub realised: Hundredths,
}
