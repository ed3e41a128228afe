//! The data of the pages of figures.

use chrono::NaiveDate;
use domain::contracts::{Flag, Mode};
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::indicators::{Dimension, Measure, Narrowing, Report};

use super::{SubcontractFilter, YearHoursFilter};

/// Which figures a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiguresFilter {
    /// The present one when none is given.
    pub year: Option<i32>,
    pub mode: Mode,
    /// The part of the year; empty: all of it.
    pub narrowing: Narrowing,
    /// By what the year is broken down.
    pub by: Dimension,
}

/// One part of a breakdown. Amounts are euros excluding tax, rates are in percent; `None`: not computable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakdownRow {
    pub key: String,
    /// A contract of several holders may be in several parts.
    pub contracts: Hundredths,
    pub amount: Hundredths,
    pub environmental: Option<Hundredths>,
    pub social: Option<Hundredths>,
    pub solidarity: Option<Hundredths>,
    pub solidarity_amount: Hundredths,
}

/// The figures of one year, and the rates of the years before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorsView {
    pub year: i32,
    pub mode: Mode,
    pub narrowing: Narrowing,
    pub by: Dimension,
    /// The parts of the year, the greatest amounts first.
    pub parts: Vec<BreakdownRow>,
    /// Years that may be asked for, the latest first.
    pub years: Vec<i32>,
    pub report: Report,
    /// The three rates of each year with contracts, the latest first.
    pub history: Vec<YearRates>,
}

impl IndicatorsView {
    /// What this page shows.
    pub fn filter(&self) -> FiguresFilter {
        FiguresFilter {
            year: Some(self.year),
            mode: self.mode,
            narrowing: self.narrowing.clone(),
            by: self.by,
        }
    }

    /// The figures that the parts add up to.
    pub fn whole(&self) -> BreakdownRow {
        let report = &self.report;
        BreakdownRow {
            key: String::new(),
            contracts: report.n_contracts,
            amount: report.amount_total,
            environmental: report.env_clause_pct,
            social: report.social_clause_pct,
            solidarity: report.solidarity_pct,
            solidarity_amount: report.solidarity_amount,
        }
    }

    /// What was found in the data, and in how many contracts.
    pub fn findings(&self) -> Vec<(Flag, usize)> {
        let count = |flag: Flag| {
            let flags = self.report.flags.values();
            flags.filter(|codes| codes.contains(flag.code())).count()
        };
        Flag::ALL
            .into_iter()
            .map(|flag| (flag, count(flag)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// Its subcontracts to solidarity enterprises.
    pub const fn subcontracts(&self) -> SubcontractFilter {
        SubcontractFilter {
            year: Some(self.year),
            mode: self.mode,
            page: 1,
        }
    }

    /// Its insertion commitments.
    pub const fn hours(&self) -> YearHoursFilter {
        YearHoursFilter {
            year: Some(self.year),
            page: 1,
        }
    }

    /// A list of its contracts.
    pub fn contracts(&self, measure: Measure) -> ContractFilter {
        ContractFilter {
            narrowing: self.narrowing.clone(),
            ..ContractFilter::of(self.year, self.mode, measure)
        }
    }
}

/// The three rates of a year, in percent; `None`: not computable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearRates {
    pub year: i32,
    pub contracts: Hundredths,
    pub environmental: Option<Hundredths>,
    pub social: Option<Hundredths>,
    pub solidarity: Option<Hundredths>,
}

/// Which contracts a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractFilter {
    pub year: i32,
    pub mode: Mode,
    pub measure: Measure,
    /// Those that this company holds, alone or with others.
    pub supplier: Option<Siren>,
    /// The part of the year; empty: all of it.
    pub narrowing: Narrowing,
    /// From 1.
    pub page: u32,
}

impl ContractFilter {
    /// The first page of a measure.
    pub fn of(year: i32, mode: Mode, measure: Measure) -> Self {
        Self {
            year,
            mode,
            measure,
            supplier: None,
            narrowing: Narrowing::default(),
            page: 1,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractPage {
    pub filter: ContractFilter,
    pub rows: Vec<ContractRow>,
    pub total: u64,
    pub pages: u32,
}

/// A contract of the year, as a list shows it. Amounts are euros excluding tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractRow {
    pub buyer_siret: String,
    pub contract_id: String,
    pub object: Option<String>,
    pub notified_on: NaiveDate,
    /// `None`: unusable.
    pub amount: Option<Hundredths>,
    /// Its amount is within that of its framework.
    pub excluded: bool,
    pub holders: Vec<String>,
    /// How many of its holders are solidarity enterprises, of how many.
    pub solidarity: u64,
    pub parties: u64,
    /// Codes of what was found.
    pub flags: Vec<String>,
}
