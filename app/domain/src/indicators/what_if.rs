//! What the solidarity purchases of a year (I3) would become if files that wait were accepted: exact, and nothing is decided.
//!
//! The amount of a contract is split among its parties (R12) and each party counts or not by itself (R11), so that what the
//! files of several companies bring is the sum of what each brings alone, even on a contract that they hold together.

use chrono::NaiveDate;
use num_rational::BigRational;

use super::compute::Figure;
use super::number::{rate, whole};
use super::parts::parts;
use crate::claims::{Qualification, Validity};
use crate::contracts::{Amount, Holder, Party};
use crate::identifiers::{Siren, Siret};

/// A status that counts, on its days, wherever it was validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The only establishment concerned; `None`: the whole company.
    pub siret: Option<Siret>,
    pub validity: Validity,
    /// The first day on which it no longer holds.
    pub closed_from: Option<NaiveDate>,
}

impl Status {
    /// Whether a euro of that day counts for this establishment of the company (R11).
    pub fn counts_for(&self, establishment: Option<&Siret>, day: NaiveDate) -> bool {
        self.validity.contains(day)
            && self.closed_from.is_none_or(|from| from > day)
            && self
                .siret
                .as_ref()
                .is_none_or(|only| establishment == Some(only))
    }

    /// The last day on which it holds, by its date or by a closure; `None`: open.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let closed = self.closed_from.and_then(|from| from.pred_opt());
        match (self.validity.to, closed) {
            (Some(to), Some(closed)) => Some(to.min(closed)),
            (end, None) | (None, end) => end,
        }
    }
}

impl From<&Qualification> for Status {
    fn from(held: &Qualification) -> Self {
        Self {
            siret: held.claim.key.scope.siret().cloned(),
            validity: held.validity,
            closed_from: held.closures.iter().map(|closure| closure.from).min(),
        }
    }
}

/// A contract of the year whose amount counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub notified_on: NaiveDate,
    pub amount: Amount,
    pub holders: Vec<Holder>,
    /// Shares as entered: whom each names, and its weight; empty when nobody entered any.
    pub entries: Vec<(String, String)>,
}

/// The solidarity statuses of a company, as they are and as they would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub siren: Siren,
    pub before: Vec<Status>,
    pub after: Vec<Status>,
}

/// What a change brings to I3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stake {
    /// Euros excluding tax; negative when the new periods are shorter than those that they replace.
    pub euros: BigRational,
    /// Contracts whose solidarity part changes.
    pub contracts: u64,
}

impl Stake {
    /// True when the figure would rise.
    pub fn adds(&self) -> bool {
        self.euros > whole(0)
    }
}

/// What a change brings on these contracts.
pub fn stake<'a>(contracts: impl IntoIterator<Item = &'a Held>, change: &Change) -> Stake {
    let company = Party::Siren(change.siren.clone());
    let mut stake = Stake::default();
    for contract in contracts {
        let counts = |statuses: &[Status]| {
            contract
                .holders
                .iter()
                .filter(|holder| holder.siren.as_ref() == Some(&change.siren))
                .any(|holder| {
                    let (establishment, day) = (holder.siret.as_ref(), contract.notified_on);
                    statuses
                        .iter()
                        .any(|status| status.counts_for(establishment, day))
                })
        };
        let (before, after) = (counts(&change.before), counts(&change.after));
        if before == after {
            continue;
        }
        let share = parts(&contract.holders, &contract.entries)
            .into_iter()
            .find(|(party, _)| *party == company)
            .map_or_else(|| whole(0), |(_, share)| share);
        let euros = share * BigRational::new(contract.amount.millionths().into(), 1_000_000.into());
        stake.contracts += 1;
        if after {
            stake.euros += euros;
        } else {
            stake.euros -= euros;
        }
    }
    stake
}

/// The figure as it is, and as it would be with some stakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    pub added: BigRational,
    pub after: Figure,
    /// The difference of the rates.
    pub points: Option<BigRational>,
    /// The euros that the target then lacks.
    pub missing: Option<BigRational>,
}

/// What these stakes make of the figure.
pub fn announce<'a>(
    figure: &Figure,
    target: u8,
    stakes: impl IntoIterator<Item = &'a Stake>,
) -> Announced {
    let added: BigRational = stakes.into_iter().map(|stake| &stake.euros).sum();
    let after = with_more(figure, &added);
    let rates = figure.value.as_ref().zip(after.value.as_ref());
    Announced {
        points: rates.map(|(before, after)| after - before),
        missing: missing(&after, target),
        after,
        added,
    }
}

/// The figure with that many more euros in its numerator.
pub fn with_more(figure: &Figure, euros: &BigRational) -> Figure {
    let numerator = &figure.numerator + euros;
    Figure {
        value: figure
            .denominator
            .as_ref()
            .and_then(|of| rate(&numerator, of)),
        numerator,
        ..figure.clone()
    }
}

/// The euros that the figure lacks to reach `target` percent; `None` when it reaches it, or cannot be computed.
pub fn missing(figure: &Figure, target: u8) -> Option<BigRational> {
    let of = figure.denominator.as_ref().filter(|of| **of != whole(0))?;
    let lacking = of * BigRational::new(target.into(), 100.into()) - &figure.numerator;
    (lacking > whole(0)).then_some(lacking)
}

/// How many of the stakes, the greatest first, bring the figure to the target; all of them when they are not enough.
pub fn fewest(figure: &Figure, target: u8, stakes: &[Stake]) -> usize {
    let Some(mut lacking) = missing(figure, target) else {
        return 0;
    };
    for (taken, stake) in (1..).zip(stakes) {
        lacking -= &stake.euros;
        if lacking <= whole(0) {
            return taken;
        }
    }
    stakes.len()
}
