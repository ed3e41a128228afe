//! How one contract is split among its holders (R12), for people: each one's share and its part of the amount.

use num_rational::BigRational;

use super::facts::Facts;
use super::number::{rounded, whole};
use crate::contracts::{Holder, Party, parties};
use crate::decimal::Hundredths;

/// The part of one party, rounded for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyShare {
    pub party: Party,
    /// In percent.
    pub share: Hundredths,
    /// In euros; `None` when the amount does not count.
    pub amount: Option<Hundredths>,
}

/// The parts of the holders of a contract, from the facts of this contract alone: as entered when the entries name its
/// holders, equal otherwise.
pub fn split(facts: &Facts, holders: &[Holder]) -> Vec<PartyShare> {
    let amount = facts
        .groups
        .first()
        .filter(|group| group.in_amounts)
        .map(|group| BigRational::new(group.amount.into(), 1_000_000.into()));
    let equal = || {
        let parties = parties(holders);
        let count = parties.len();
        let share = move |party| (party, BigRational::new(1.into(), count.into()));
        parties.into_iter().map(share).collect()
    };
    let shares: Vec<(Party, BigRational)> = facts
        .shared
        .first()
        .and_then(super::SharedContract::split)
        .unwrap_or_else(equal);
    shares
        .into_iter()
        .map(|(party, share)| PartyShare {
            party,
            amount: amount.as_ref().map(|amount| rounded(&(amount * &share))),
            share: rounded(&(share * whole(100))),
        })
        .collect()
}
