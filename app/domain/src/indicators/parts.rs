//! How the amount of a contract is split among its parties (R12): as entered, else equally.

use num_rational::BigRational;

use super::facts::SharedContract;
use super::number::parse;
use crate::contracts::{Holder, Party, Shares, parties};

/// The share of each party.
pub(super) fn parts(holders: &[Holder], entries: &[(String, String)]) -> Vec<(Party, BigRational)> {
    entered(entries, holders).unwrap_or_else(|| {
        let parties = parties(holders);
        let equal = BigRational::new(1.into(), parties.len().max(1).into());
        parties
            .into_iter()
            .map(|party| (party, equal.clone()))
            .collect()
    })
}

/// The share of each party as entered; `None` when the entries do not name exactly the holders.
pub(super) fn entered(
    entries: &[(String, String)],
    holders: &[Holder],
) -> Option<Vec<(Party, BigRational)>> {
    let weights = entries
        .iter()
        .map(|(named, weight)| Some((named.clone(), parse(weight)?)))
        .collect::<Option<Vec<_>>>()?;
    Shares(weights).of(holders).ok()
}

/// What the entered shares add to the equal ones, or take from them, by party: in millionths of a euro, for sums of whole
/// parts, each cut to the millionth.
pub fn corrections(contract: &SharedContract) -> Vec<(Party, i128)> {
    if !contract.contract.in_amounts {
        return Vec::new();
    }
    let amount = contract.contract.amount;
    let holders: Vec<Holder> = contract
        .holders
        .iter()
        .map(|one| one.holder.clone())
        .collect();
    let shares = parts(&holders, &contract.entries);
    let equal = i128::try_from(shares.len()).map_or(0, |count| amount / count.max(1));
    shares
        .into_iter()
        .map(|(party, share)| {
            let part = share * BigRational::from_integer(amount.into());
            let part = i128::try_from(part.to_integer()).unwrap_or(equal);
            (party, part - equal)
        })
        .collect()
}
