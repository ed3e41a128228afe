//! What changed in the figures of a year since its data were published: contract by contract, how much, and why.
//!
//! Both sides are lines of the published file, one per contract and holder, so that a frozen edition and the data of today are
//! compared by what anyone can read. Arithmetic is exact: the differences of the contracts are those of the figures.

use std::collections::BTreeMap;

use num_rational::BigRational;

use super::number::{parse, rounded, whole};
use crate::decimal::Hundredths;
use crate::text::{Text, text};

/// A line of the published file, as far as the three targets go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "columns of a published file, each yes or no"
)]
pub struct PublishedLine {
    pub buyer_siret: String,
    pub contract_id: String,
    /// In euros; a decimal number.
    pub amount: Option<String>,
    pub in_amounts: bool,
    /// A SIREN, or a number drawn for a natural person, another in each file.
    pub holder: Option<String>,
    /// `1`, `1/3`.
    pub share: Option<String>,
    pub solidarity: bool,
    pub environmental: bool,
    pub social: bool,
}

/// Why a contract counts otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    Added,
    Removed,
    Amount,
    Framework,
    Holders,
    Shares,
    StatusGained,
    StatusLost,
    Clauses,
    Several,
}

impl Cause {
    pub const ALL: [Self; 10] = [
        Self::Added,
        Self::Removed,
        Self::Amount,
        Self::Framework,
        Self::Holders,
        Self::Shares,
        Self::StatusGained,
        Self::StatusLost,
        Self::Clauses,
        Self::Several,
    ];

    pub const fn label(self) -> Text {
        match self {
            Self::Added => text(
                "Marché entré dans l’année depuis, ou publié depuis",
                "Contract that entered the year since, or was published since",
            ),
            Self::Removed => text(
                "Marché retiré des données, ou passé dans une autre année",
                "Contract taken out of the data, or moved to another year",
            ),
            Self::Amount => text(
                "Montant publié ou corrigé depuis",
                "Amount published or corrected since",
            ),
            Self::Framework => text(
                "Compté dans son accord-cadre, ou plus, depuis",
                "Counted in its framework, or no longer, since",
            ),
            Self::Holders => text("Titulaires publiés depuis", "Holders published since"),
            Self::Shares => text(
                "Parts de cotraitance saisies depuis",
                "Shares of co-contractors entered since",
            ),
            Self::StatusGained => text(
                "Statut solidaire validé depuis",
                "Solidarity status validated since",
            ),
            Self::StatusLost => text(
                "Statut solidaire clos ou retiré depuis",
                "Solidarity status closed or withdrawn since",
            ),
            Self::Clauses => text("Clauses publiées depuis", "Clauses published since"),
            Self::Several => text("Plusieurs causes", "Several causes"),
        }
    }
}

/// What a contract brings to the three targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// To the denominator of I3, and to its numerator; in euros, rounded.
    pub amount: Hundredths,
    pub solidarity: Hundredths,
    pub environmental: bool,
    pub social: bool,
}

/// A contract that counts otherwise; `None`: it was, or is, not in the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestatedContract {
    pub buyer_siret: String,
    pub contract_id: String,
    pub before: Option<Brought>,
    pub after: Option<Brought>,
    /// One at least, in the order of [`Cause::ALL`].
    pub causes: Vec<Cause>,
    /// The SIREN of those whose status changed.
    pub holders: Vec<String>,
}

impl RestatedContract {
    /// The only cause, or that there are several.
    pub fn cause(&self) -> Cause {
        match self.causes.as_slice() {
            [one] => *one,
            _ => Cause::Several,
        }
    }

    /// What it adds to the numerator of I3, rounded.
    pub fn gain(&self) -> Hundredths {
        let euros = |side: Option<Brought>| side.unwrap_or_default().solidarity.hundredths();
        Hundredths::from_hundredths(euros(self.after) - euros(self.before))
    }
}

/// What one cause changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CauseSums {
    pub contracts: u64,
    /// Of the numerator of I3, in euros, rounded once.
    pub solidarity: Hundredths,
    /// Of the denominator of I3.
    pub amount: Hundredths,
}

/// What changed in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restatement {
    /// Those that change I3 most first.
    pub contracts: Vec<RestatedContract>,
    /// Each contract under one cause.
    pub causes: BTreeMap<Cause, CauseSums>,
    /// Of all contracts.
    pub whole: CauseSums,
}

/// A contract of one side.
#[derive(Default)]
struct Side<'l> {
    lines: Vec<&'l PublishedLine>,
    amount: BigRational,
    solidarity: BigRational,
}

impl<'l> Side<'l> {
    fn add(&mut self, line: &'l PublishedLine) {
        if line.in_amounts {
            self.amount = line.amount.as_deref().and_then(parse).unwrap_or_default();
            if line.solidarity {
                self.solidarity += &self.amount * share(line);
            }
        }
        self.lines.push(line);
    }

    fn brought(&self) -> Brought {
        let clause = |of: fn(&PublishedLine) -> bool| self.lines.first().is_some_and(|one| of(one));
        Brought {
            amount: rounded(&self.amount),
            solidarity: rounded(&self.solidarity),
            environmental: clause(|line| line.environmental),
            social: clause(|line| line.social),
        }
    }

    /// Holders with their share and whether they count; those who may not be named are told apart by nothing else.
    fn holders(&self) -> BTreeMap<&str, Vec<(&str, bool)>> {
        let mut holders: BTreeMap<&str, Vec<(&str, bool)>> = BTreeMap::new();
        for line in &self.lines {
            if let Some(holder) = line.holder.as_deref() {
                let named = if is_named(holder) { holder } else { "" };
                let share = line.share.as_deref().unwrap_or_default();
                holders
                    .entry(named)
                    .or_default()
                    .push((share, line.solidarity));
            }
        }
        for of_one in holders.values_mut() {
            of_one.sort_unstable();
        }
        holders
    }
}

fn is_named(holder: &str) -> bool {
    holder.bytes().all(|byte| byte.is_ascii_digit())
}

fn share(line: &PublishedLine) -> BigRational {
    let share = line.share.as_deref().unwrap_or("0");
    match share.split_once('/') {
        Some((part, of)) => match (parse(part), parse(of)) {
            (Some(part), Some(of)) if of != whole(0) => part / of,
            _ => whole(0),
        },
        None => parse(share).unwrap_or_default(),
    }
}

/// Compares two data sets of a year.
pub fn restate(before: &[PublishedLine], after: &[PublishedLine]) -> Restatement {
    let (before, after) = (sides(before), sides(after));
    let mut restated = Restatement::default();
    let mut exact: BTreeMap<Cause, [BigRational; 2]> = BTreeMap::new();
    let nothing = Side::default();
    let keys = before
        .keys()
        .chain(after.keys().filter(|key| !before.contains_key(*key)));
    for key in keys {
        let (old, new) = (before.get(key), after.get(key));
        let (causes, holders) = causes(old, new);
        if causes.is_empty() {
            continue;
        }
        let contract = RestatedContract {
            buyer_siret: key.0.to_owned(),
            contract_id: key.1.to_owned(),
            before: old.map(Side::brought),
            after: new.map(Side::brought),
            causes,
            holders,
        };
        let (old, new) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
        let sums = exact.entry(contract.cause()).or_default();
        let [solidarity, amount] = sums;
        *solidarity += &new.solidarity - &old.solidarity;
        *amount += &new.amount - &old.amount;
        restated
            .causes
            .entry(contract.cause())
            .or_default()
            .contracts += 1;
        restated.contracts.push(contract);
    }
    let mut whole = [BigRational::default(), BigRational::default()];
    for (cause, sums) in &exact {
        let of_cause = restated.causes.entry(*cause).or_default();
        let [solidarity, amount] = sums;
        of_cause.solidarity = rounded(solidarity);
        of_cause.amount = rounded(amount);
        restated.whole.contracts += of_cause.contracts;
        for (sum, part) in whole.iter_mut().zip(sums) {
            *sum += part;
        }
    }
    let [solidarity, amount] = &whole;
    restated.whole.solidarity = rounded(solidarity);
    restated.whole.amount = rounded(amount);
    restated.contracts.sort_by_cached_key(|one| {
        let gain = std::cmp::Reverse(one.gain().hundredths().unsigned_abs());
        (gain, one.buyer_siret.clone(), one.contract_id.clone())
    });
    restated
}

type Key<'l> = (&'l str, &'l str);

fn sides(lines: &[PublishedLine]) -> BTreeMap<Key<'_>, Side<'_>> {
    let mut sides: BTreeMap<Key<'_>, Side<'_>> = BTreeMap::new();
    for line in lines {
        let key = (line.buyer_siret.as_str(), line.contract_id.as_str());
        sides.entry(key).or_default().add(line);
    }
    sides
}

/// Why a contract counts otherwise, and whose status changed; nothing when no target sees a difference.
fn causes(old: Option<&Side<'_>>, new: Option<&Side<'_>>) -> (Vec<Cause>, Vec<String>) {
    let (Some(old), Some(new)) = (old, new) else {
        let cause = if old.is_none() {
            Cause::Added
        } else {
            Cause::Removed
        };
        return (vec![cause], Vec::new());
    };
    let mut causes = Vec::new();
    let mut who = Vec::new();
    let published = |side: &Side<'_>| {
        let first = side.lines.first();
        first.and_then(|line| Some((line.amount.as_deref().and_then(parse)?, line.in_amounts)))
    };
    match (published(old), published(new)) {
        (Some((before, counted)), Some((after, counts)))
            if before == after && counted != counts =>
        {
            causes.push(Cause::Framework);
        }
        _ if old.amount != new.amount => causes.push(Cause::Amount),
        _ => {}
    }
    if old.solidarity != new.solidarity {
        let (before, after) = (old.holders(), new.holders());
        let count = |side: &BTreeMap<&str, Vec<_>>| -> Vec<(String, usize)> {
            let each = side.iter().map(|(name, of)| ((*name).to_owned(), of.len()));
            each.collect()
        };
        if count(&before) == count(&after) {
            let pairs = before.iter().zip(after.values());
            let (mut shares, mut gained, mut lost) = (false, false, false);
            for ((name, old), new) in pairs {
                let shares_of = |of: &[(&str, bool)]| -> Vec<String> {
                    let mut all: Vec<_> = of.iter().map(|(share, _)| (*share).to_owned()).collect();
                    all.sort_unstable();
                    all
                };
                shares |= shares_of(old) != shares_of(new);
                let counting = |of: &[(&str, bool)]| of.iter().filter(|(_, yes)| *yes).count();
                let (had, has) = (counting(old), counting(new));
                gained |= has > had;
                lost |= has < had;
                if has != had && !name.is_empty() {
                    who.push((*name).to_owned());
                }
            }
            let found = [
                (Cause::Shares, shares),
                (Cause::StatusGained, gained),
                (Cause::StatusLost, lost),
            ];
            causes.extend(
                found
                    .into_iter()
                    .filter(|(_, is)| *is)
                    .map(|(cause, _)| cause),
            );
        } else {
            causes.push(Cause::Holders);
        }
        if causes.is_empty() {
            // Persons who are not named changed places: whatever the cause, a euro that moves is never left out.
            causes.push(Cause::Holders);
        }
    }
    let (before, after) = (old.brought(), new.brought());
    if (before.environmental, before.social) != (after.environmental, after.social) {
        causes.push(Cause::Clauses);
    }
    (causes, who)
}

#[cfg(test)]
mod tests;
