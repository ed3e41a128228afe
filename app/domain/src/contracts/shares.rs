//! How the amount of a contract is split among its holders (R12): shares entered by the buyer, or equal ones.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::holders::Holder;
use super::holders::{Party, parties};
use crate::identifiers::{Siren, Siret};

/// Shares as entered: a SIREN or a SIRET, and a weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares(pub Vec<(String, BigRational)>);

/// Shares that do not fit the contract: equal ones are taken instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the shares do not name exactly the holders of the contract")]
pub struct SharesRefused;

impl Shares {
    /// The share of each party, when these weights name exactly the holders.
    pub fn of(&self, holders: &[Holder]) -> Result<Vec<(Party, BigRational)>, SharesRefused> {
        let zero = BigRational::from(BigInt::ZERO);
        let mut weights: BTreeMap<Party, BigRational> = BTreeMap::new();
        for (named, weight) in &self.0 {
            if *weight < zero {
                return Err(SharesRefused);
            }
            *weights
                .entry(party(named, holders).ok_or(SharesRefused)?)
                .or_insert_with(|| zero.clone()) += weight;
        }
        let total: BigRational = weights.values().sum();
        if total == zero || !weights.keys().eq(parties(holders).iter()) {
            return Err(SharesRefused);
        }
        Ok(weights
            .into_iter()
            .map(|(party, weight)| (party, weight / &total))
            .collect())
    }
}

/// The holder that an entry names: by SIREN, by SIRET, else by the identifier that the contract publishes.
fn party(named: &str, holders: &[Holder]) -> Option<Party> {
    let named: String = named.chars().filter(|c| !c.is_whitespace()).collect();
    let siren = Siren::parse(&named)
        .ok()
        .or_else(|| Siret::parse(&named).ok().map(|siret| siret.siren()));
    holders
        .iter()
        .find(|holder| match &siren {
            Some(siren) => holder.siren.as_ref() == Some(siren),
            None => holder.id == named,
        })
        .map(Holder::party)
}
