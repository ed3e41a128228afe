//! The payments of a year summed, in whole or by parts, and what the ledger puts in place of the amounts of contracts.

use std::ops::AddAssign;

use num_rational::BigRational;

use super::number::{rate, rounded};
use super::report::{Indicator, Report};
use crate::decimal::Hundredths;
use crate::text::{Text, text};

/// Payments summed, in millionths of a euro; credits are negative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paid {
    pub payments: u64,
    pub total: i128,
    pub solidarity: i128,
    /// Some payments are known by SIREN alone, to companies of which an establishment alone is solidarity. With their credits,
    /// then with their other payments: whatever is true lies between.
    pub solidarity_low: i128,
    pub solidarity_high: i128,
    pub sme: i128,
}

impl Paid {
    /// A part of the total in percent. `None`: not computable, for there is nothing to divide by, or credits outweigh what was
    /// paid so that the quotient is no share.
    pub fn rate(&self, part: i128) -> Option<Hundredths> {
        self.share(part).as_ref().map(rounded)
    }

    fn share(&self, part: i128) -> Option<BigRational> {
        let is_share = self.total > 0 && (0..=self.total).contains(&part);
        is_share
            .then(|| rate(&euros(part), &euros(self.total)))
            .flatten()
    }
}

impl AddAssign<&Self> for Paid {
    fn add_assign(&mut self, other: &Self) {
        self.payments += other.payments;
        self.total += other.total;
        self.solidarity += other.solidarity;
        self.solidarity_low += other.solidarity_low;
        self.solidarity_high += other.solidarity_high;
        self.sme += other.sme;
    }
}

/// The ledger of a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerFacts {
    pub paid: Paid,
    /// The day of the last ledger import that ended.
    pub data_date: Option<String>,
}

/// The department that pays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Payer {
    #[default]
    Any,
    /// The ledger names none.
    Unnamed,
    Named(String),
}

/// What payments are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purchases {
    #[default]
    All,
    /// Those that count as solidarity purchases.
    Solidarity,
    Others,
}

impl Purchases {
    pub const ALL: [Self; 3] = [Self::All, Self::Solidarity, Self::Others];

    /// As addresses write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "tous",
            Self::Solidarity => "solidaires",
            Self::Others => "autres",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::All => text("Tous les paiements", "All payments"),
            Self::Solidarity => text("Paiements solidaires", "Solidarity payments"),
            Self::Others => text("Autres paiements", "Other payments"),
        }
    }
}

/// The part of the ledger of a year that a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerPart {
    pub payer: Payer,
    pub purchases: Purchases,
    /// Who is paid: the SIREN, else the identifier as written.
    pub party: Option<String>,
}

fn euros(millionths: i128) -> BigRational {
    BigRational::new(millionths.into(), 1_000_000.into())
}

/// The report with I3, its bounds, and I4 in value from the ledger; everything else is as from the contracts.
pub fn from_ledger(mut report: Report, facts: &LedgerFacts) -> Report {
    let paid = &facts.paid;
    let total = euros(paid.total);
    let parts = [
        ("I3", paid.solidarity),
        ("I3low", paid.solidarity_low),
        ("I3high", paid.solidarity_high),
        ("I4v", paid.sme),
    ];
    for (id, part) in parts {
        if let Some(indicator) = report.indicators.get_mut(id) {
            *indicator = Indicator {
                value: paid.rate(part),
                numerator: rounded(&euros(part)),
                denominator: Some(rounded(&total)),
                data_date: facts.data_date.clone(),
                ..indicator.clone()
            };
        }
    }
    let value = |id| report.indicators.get(id).and_then(|found| found.value);
    report.solidarity_pct = value("I3");
    report.solidarity_low_pct = value("I3low");
    report.solidarity_high_pct = value("I3high");
    report.amount_total = rounded(&total);
    report.solidarity_amount = rounded(&euros(paid.solidarity));
    report.solidarity_low = rounded(&euros(paid.solidarity_low));
    report.solidarity_high = rounded(&euros(paid.solidarity_high));
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_that_outweigh_payments_leave_no_rate() {
        let paid = |total| Paid {
            total,
            ..Paid::default()
        };
        let rate = |total, part| paid(total).rate(part).map(|rate| rate.to_string());
        assert_eq!(rate(3, 1).as_deref(), Some("33.33"));
        assert_eq!(rate(3, 3).as_deref(), Some("100"));
        assert_eq!(rate(3, 0).as_deref(), Some("0"));
        for (total, part) in [(0, 0), (0, 5), (-3, -1), (-3, 1), (3, -1), (3, 4)] {
            assert_eq!(rate(total, part), None, "{part}/{total}");
        }
    }

    #[test]
    fn every_code_is_read_back() {
        for one in Purchases::ALL {
            assert_eq!(Purchases::from_code(one.code()), Some(one));
        }
        assert_eq!(Purchases::from_code("x"), None);
    }
}
