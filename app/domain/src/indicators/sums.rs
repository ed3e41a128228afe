//! The sums behind the figures: each group of contracts adds what it has, for the part of it that counts.

use num_rational::BigRational;

use super::facts::{Group, SharedContract, SharedHolder};
use super::narrowing::Narrowing;
use super::number::whole;

/// How much of each contract of a group counts: as a contract, as a solidarity purchase, as held by an SME.
pub(super) struct Counted {
    whole: BigRational,
    solidarity: BigRational,
    sme: BigRational,
}

impl Counted {
    /// As if the shares of the holders were equal.
    pub(super) fn of(group: &Group) -> Self {
        let share = |of: u64, among: u64| match among {
            0 => whole(0),
            among => BigRational::new(of.into(), among.into()),
        };
        let Some(part) = group.part else {
            return Self {
                whole: whole(1),
                solidarity: share(group.solidarity, group.holders),
                sme: share(group.sme, group.holders),
            };
        };
        // Without holder, the part is the contract.
        let one = match group.holders {
            0 => whole(1),
            holders => share(1, holders.saturating_mul(part.kinds.max(1))),
        };
        let counted = |counts: bool| if counts { one.clone() } else { whole(0) };
        Self {
            solidarity: counted(part.solidarity),
            sme: counted(part.sme),
            whole: one,
        }
    }

    /// What the entered shares of a contract add to equal ones; `None` when they name other holders.
    pub(super) fn by_shares(contract: &SharedContract, narrowing: &Narrowing) -> Option<Self> {
        let split = contract.split()?;
        let equal = BigRational::new(1.into(), split.len().into());
        let difference = |counts: fn(&SharedHolder) -> bool| -> BigRational {
            split
                .iter()
                .filter_map(|(party, share)| {
                    let mut rows = contract.holders.iter();
                    let holder = rows.find(|one| one.holder.party() == *party)?;
                    counts(holder).then(|| (share - &equal) * narrowing.part_of(holder))
                })
                .sum()
        };
        Some(Self {
            whole: difference(|_| true),
            solidarity: difference(|one| one.solidarity),
            sme: difference(|one| one.size.is_sme()),
        })
    }
}

/// Amounts in euros, and contracts.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) contracts: BigRational,
    pub(super) environmental_clause: BigRational,
    pub(super) environmental_any: BigRational,
    pub(super) social_clause: BigRational,
    pub(super) social_any: BigRational,
    pub(super) reserved: BigRational,
    pub(super) innovative: BigRational,
    pub(super) sme_contracts: BigRational,
    pub(super) amount_contracts: BigRational,
    pub(super) amount: BigRational,
    pub(super) environmental_amount: BigRational,
    pub(super) social_amount: BigRational,
    pub(super) solidarity: BigRational,
    pub(super) low: BigRational,
    pub(super) high: BigRational,
    pub(super) sme: BigRational,
}

impl Sums {
    pub(super) fn add(&mut self, group: &Group, counted: &Counted) {
        let contracts = |of: u64| whole(of) * &counted.whole;
        self.contracts += contracts(group.contracts);
        self.environmental_clause += contracts(group.environmental_clause);
        self.environmental_any += contracts(group.environmental_any);
        self.social_clause += contracts(group.social_clause);
        self.social_any += contracts(group.social_any);
        self.reserved += contracts(group.reserved);
        self.innovative += contracts(group.innovative);
        self.sme_contracts += whole(group.contracts) * &counted.sme;
        if !group.in_amounts {
            return;
        }
        let euros = |millionths: i128| BigRational::new(millionths.into(), 1_000_000.into());
        let amount = euros(group.amount);
        self.amount_contracts += contracts(group.contracts);
        self.amount += &amount * &counted.whole;
        self.environmental_amount += euros(group.environmental_amount) * &counted.whole;
        self.social_amount += euros(group.social_amount) * &counted.whole;
        self.solidarity += &amount * &counted.solidarity;
        self.sme += &amount * &counted.sme;
        if group.holders > 0 && group.solidarity == group.holders {
            self.low += &amount * &counted.whole;
        }
        if group.solidarity > 0 {
            self.high += &amount * &counted.whole;
        }
    }
}
