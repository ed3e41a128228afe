//! The data of the pages of payments.

use chrono::NaiveDate;
use domain::claims::KindSet;
use domain::decimal::Hundredths;
use domain::identifiers::{Siren, Siret};
use domain::indicators::LedgerPart;

use super::StatusSeen;

/// Which payments a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentsFilter {
    /// The present one when none is given.
    pub year: Option<i32>,
    pub part: LedgerPart,
    /// From 1.
    pub page: u32,
}

/// Payments summed in euros, credits deducted, with their rates in percent; `None`: not computable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaidSums {
    pub payments: u64,
    pub total: Hundredths,
    pub solidarity: Hundredths,
    pub solidarity_low: Hundredths,
    pub solidarity_high: Hundredths,
    pub sme: Hundredths,
    pub solidarity_rate: Option<Hundredths>,
    pub low_rate: Option<Hundredths>,
    pub high_rate: Option<Hundredths>,
    pub sme_rate: Option<Hundredths>,
}

/// The payments of a year, in whole, by department and by supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentsView {
    pub year: i32,
    /// Years that may be asked for, the latest first.
    pub years: Vec<i32>,
    pub part: LedgerPart,
    pub page: u32,
    /// Of the department shown, or of the whole year.
    pub sums: PaidSums,
    /// Of the whole year: what the departments add up to.
    pub whole: PaidSums,
    /// The greatest amounts first.
    pub directions: Vec<DirectionRow>,
    pub suppliers: Vec<PaidSupplier>,
    pub suppliers_total: u64,
    pub pages: u32,
    pub kinds: KindSet,
    /// The day of the last import of payments.
    pub data_date: Option<String>,
}

impl PaymentsView {
    /// What this page shows, from its first page on.
    pub fn filter(&self) -> PaymentsFilter {
        PaymentsFilter {
            year: Some(self.year),
            part: self.part.clone(),
            page: 1,
        }
    }
}

/// What a department paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectionRow {
    /// `None`: the ledger names none.
    pub name: Option<String>,
    pub sums: PaidSums,
}

/// Who is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidSupplier {
    /// What addresses name it by: the SIREN, else the identifier as written.
    pub party: String,
    pub name: Option<String>,
    pub siren: Option<Siren>,
    pub payments: u64,
    pub total: Hundredths,
    pub solidarity: Hundredths,
}

impl PaidSupplier {
    /// A name where one is known, the identifier otherwise.
    pub fn shown(&self) -> String {
        party_words(self.name.as_deref(), &self.party)
    }
}

/// A name where one is known; else a SIREN in groups of three, or the identifier as written.
pub fn party_words(name: Option<&str>, party: &str) -> String {
    match (name, Siren::parse(party)) {
        (Some(name), _) => name.to_owned(),
        (None, Ok(siren)) => siren.formatted(),
        (None, Err(_)) => party.to_owned(),
    }
}

/// The payments of one supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierPayments {
    pub year: i32,
    pub years: Vec<i32>,
    pub part: LedgerPart,
    pub page: u32,
    pub name: Option<String>,
    pub party: String,
    /// Of all pages.
    pub sums: PaidSums,
    /// The latest first.
    pub rows: Vec<PaymentRow>,
    pub pages: u32,
}

impl SupplierPayments {
    /// What this page shows, from its first page on.
    pub fn filter(&self) -> PaymentsFilter {
        PaymentsFilter {
            year: Some(self.year),
            part: self.part.clone(),
            page: 1,
        }
    }

    pub fn shown(&self) -> String {
        party_words(self.name.as_deref(), &self.party)
    }
}

/// One payment, in euros; a credit is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    pub paid_on: NaiveDate,
    pub amount: Hundredths,
    pub direction: Option<String>,
    pub reference: Option<String>,
    pub siret: Option<Siret>,
    pub counted: Counted,
    /// The statuses that make it count.
    pub because: Vec<StatusSeen>,
}

/// Whether a payment counts as a solidarity purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Yes,
    /// It names no establishment, and one of the company is solidarity: it is in the upper bound only.
    Perhaps,
    No,
}
