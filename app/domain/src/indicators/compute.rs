//! From the facts of a year to its figures.

use num_rational::BigRational;

use super::facts::Facts;
use super::number::{rate, whole};
use super::sums::{Counted, Sums};

/// The unit of a numerator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Contracts.
    Number,
    /// Holders.
    Holders,
    /// Euros excluding tax.
    Euro,
    /// Hours of work.
    Hour,
}

impl Unit {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Holders => "holders",
            Self::Euro => "€",
            Self::Hour => "h",
        }
    }
}

/// One figure, exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub id: &'static str,
    /// A percentage, or the numerator itself when there is no denominator; `None`: not computable (R16).
    pub value: Option<BigRational>,
    pub numerator: BigRational,
    pub denominator: Option<BigRational>,
    pub unit: Unit,
}

/// All figures of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// A contract may be counted by the part of some of its holders.
    pub contracts: BigRational,
    pub amount_contracts: BigRational,
    pub list: Vec<Figure>,
    /// Contracts whose shares name other holders (R12).
    pub shares_ignored: Vec<(String, String)>,
}

impl Figures {
    pub fn get(&self, id: &str) -> Option<&Figure> {
        self.list.iter().find(|figure| figure.id == id)
    }
}

pub fn compute(facts: &Facts) -> Figures {
    let mut sums = Sums { ..Sums::default() };
    for group in &facts.groups {
        sums.add(group, &Counted::of(group));
    }
    let mut shares_ignored = Vec::new();
    for contract in &facts.shared {
        match Counted::by_shares(contract, &facts.narrowing) {
            Some(difference) => sums.add(&contract.contract, &difference),
            None => {
                shares_ignored.push((contract.buyer_siret.clone(), contract.contract_id.clone()));
            }
        }
    }
    let number = |id, part: &BigRational| ratio(id, part, &sums.contracts, Unit::Number);
    let value = |id, part: &BigRational| ratio(id, part, &sums.amount, Unit::Euro);
    let hours = |id, hundredths: i128| {
        let hours = BigRational::new(hundredths.into(), 100.into());
        Figure {
            id,
            value: Some(hours.clone()),
            numerator: hours,
            denominator: None,
            unit: Unit::Hour,
        }
    };
    let indirect = BigRational::new(facts.indirect.into(), 1_000_000.into());
    let list = vec![
        number("I1", &sums.environmental_clause),
        number("I1w", &sums.environmental_any),
        value("I1v", &sums.environmental_amount),
        number("I2", &sums.social_clause),
        number("I2w", &sums.social_any),
        value("I2v", &sums.social_amount),
        value("I3", &sums.solidarity),
        value("I3low", &sums.low),
        value("I3high", &sums.high),
        // Subcontracts: set against the amounts of I3, and never added to it.
        value("I3s", &indirect),
        number("I4", &sums.sme_contracts),
        value("I4v", &sums.sme),
        number("I5", &sums.reserved),
        number("I6", &sums.innovative),
        ratio(
            "I7",
            &whole(facts.cover.covered),
            &whole(facts.cover.holders),
            Unit::Holders,
        ),
        hours("I8", facts.hours.committed),
        hours("I8r", facts.hours.realised),
    ];
    Figures {
        contracts: sums.contracts,
        amount_contracts: sums.amount_contracts,
        list,
        shares_ignored,
    }
}

fn ratio(
    id: &'static str,
    numerator: &BigRational,
    denominator: &BigRational,
    unit: Unit,
) -> Figure {
    Figure {
        id,
        value: rate(numerator, denominator),
        numerator: numerator.clone(),
        denominator: Some(denominator.clone()),
        unit,
    }
}
