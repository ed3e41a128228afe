//! From the facts of a year to its figures.

use num_rational::BigRational;

use super::facts::{Facts, SharedContract};
use super::number::{rate, whole};
use crate::contracts::Party;

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
    pub contracts: u64,
    pub amount_contracts: u64,
    pub list: Vec<Figure>,
    /// Contracts whose shares name other holders (R12).
    pub shares_ignored: Vec<(String, String)>,
}

impl Figures {
    pub fn get(&self, id: &str) -> Option<&Figure> {
        self.list.iter().find(|figure| figure.id == id)
    }
}

/// Amounts in euros and counts, summed over the groups.
#[derive(Default)]
struct Sums {
    amount: BigRational,
    environmental: BigRational,
    social: BigRational,
    solidarity: BigRational,
    low: BigRational,
    high: BigRational,
    sme: BigRational,
    sme_contracts: BigRational,
}

pub fn compute(facts: &Facts) -> Figures {
    let mut sums = Sums { ..Sums::default() };
    let groups = &facts.groups;
    for group in groups {
        let euros = |millionths: i128| BigRational::new(millionths.into(), 1_000_000.into());
        let amount = euros(group.amount);
        let part = |of: u64| match group.holders {
            0 => whole(0),
            holders => BigRational::new(of.into(), holders.into()),
        };
        sums.sme_contracts += part(group.sme) * whole(group.contracts);
        if !group.in_amounts {
            continue;
        }
        sums.amount += &amount;
        sums.environmental += euros(group.environmental_amount);
        sums.social += euros(group.social_amount);
        sums.solidarity += part(group.solidarity) * &amount;
        sums.sme += part(group.sme) * &amount;
        if group.holders > 0 && group.solidarity == group.holders {
            sums.low += &amount;
        }
        if group.solidarity > 0 {
            sums.high += &amount;
        }
    }
    let mut shares_ignored = Vec::new();
    for contract in &facts.shared {
        if !apply_shares(contract, &mut sums) {
            shares_ignored.push((contract.buyer_siret.clone(), contract.contract_id.clone()));
        }
    }
    let total = |of: fn(&super::Group) -> u64| groups.iter().map(of).sum::<u64>();
    let contracts = total(|group| group.contracts);
    let all = whole(contracts);
    let number = |id, of: fn(&super::Group) -> u64| ratio(id, whole(total(of)), &all, Unit::Number);
    let value = |id, part: &BigRational| ratio(id, part.clone(), &sums.amount, Unit::Euro);
    let hours = BigRational::new(facts.hours_committed.into(), 100.into());
    let list = vec![
        number("I1", |group| group.environmental_clause),
        number("I1w", |group| group.environmental_any),
        value("I1v", &sums.environmental),
        number("I2", |group| group.social_clause),
        number("I2w", |group| group.social_any),
        value("I2v", &sums.social),
        value("I3", &sums.solidarity),
        value("I3low", &sums.low),
        value("I3high", &sums.high),
        ratio("I4", sums.sme_contracts.clone(), &all, Unit::Number),
        value("I4v", &sums.sme),
        number("I5", |group| group.reserved),
        number("I6", |group| group.innovative),
        ratio(
            "I7",
            whole(facts.cover.covered),
            &whole(facts.cover.holders),
            Unit::Holders,
        ),
        Figure {
            id: "I8",
            value: Some(hours.clone()),
            numerator: hours,
            denominator: None,
            unit: Unit::Hour,
        },
    ];
    Figures {
        contracts,
        amount_contracts: groups
            .iter()
            .filter(|group| group.in_amounts)
            .map(|group| group.contracts)
            .sum(),
        list,
        shares_ignored,
    }
}

fn ratio(
    id: &'static str,
    numerator: BigRational,
    denominator: &BigRational,
    unit: Unit,
) -> Figure {
    Figure {
        id,
        value: rate(&numerator, denominator),
        numerator,
        denominator: Some(denominator.clone()),
        unit,
    }
}

/// Puts the entered shares in the place of the equal ones; false when they name other holders.
fn apply_shares(contract: &SharedContract, sums: &mut Sums) -> bool {
    let Some(split) = contract.split() else {
        return false;
    };
    let counts = |party: &Party, how: fn(&super::SharedHolder) -> bool| {
        contract
            .holders
            .iter()
            .any(|one| one.holder.party() == *party && how(one))
    };
    let equal = BigRational::new(1.into(), split.len().into());
    let difference = |how: fn(&super::SharedHolder) -> bool| -> BigRational {
        split
            .iter()
            .filter(|(party, _)| counts(party, how))
            .map(|(_, share)| share - &equal)
            .sum()
    };
    let sme = difference(|one| one.sme);
    sums.sme_contracts += &sme;
    if let Some(amount) = contract.amount {
        let amount = BigRational::new(amount.millionths().into(), 1_000_000.into());
        sums.solidarity += difference(|one| one.solidarity) * &amount;
        sums.sme += sme * &amount;
    }
    true
}
