//! From all records of one contract to the one that counts (R4), as notified and as modified since (R14).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::flag::{Flag, Flags};
use super::holders::Holder;
use super::modifications::Modification;
use super::record::Record;

/// Which state of a contract counts (R14).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// As notified: the headline.
    #[default]
    Initial,
    /// With the modifications known.
    Current,
}

impl Mode {
    pub const ALL: [Self; 2] = [Self::Initial, Self::Current];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Current => "current",
        }
    }
}

/// The amount and the holders of a contract in one of its states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// `None`: no usable amount.
    pub amount: Option<Amount>,
    pub holders: Vec<Holder>,
}

/// A contract that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// The latest record of the group that was kept: every field but the holders is its own.
    pub record: Record,
    pub notified_on: NaiveDate,
    /// Those that have come, in the order in which they apply.
    pub modifications: Vec<Modification>,
    initial: State,
    current: State,
}

impl Contract {
    pub const fn state(&self, mode: Mode) -> &State {
        match mode {
            Mode::Initial => &self.initial,
            Mode::Current => &self.current,
        }
    }
}

/// The contract that these records of one key make on a day, whatever their order, and what was found on the way; `None` when
/// none of them counts yet. A record published twice alike is given twice.
pub fn choose(records: &[Record], today: NaiveDate) -> (Option<Contract>, Flags) {
    let mut flags = Flags::new();
    let whole = || {
        records
            .iter()
            .filter(|record| record.line.unwrap_or(0) == 0)
    };
    let counts = |record: &&Record| record.notified_on.is_some_and(|day| day <= today);
    if !whole().all(|record| counts(&record)) {
        flags.insert(Flag::DateQuarantined);
    }
    let latest = whole()
        .filter(counts)
        .max_by_key(|one| (one.published_on, one.notified_on, one.amount, &one.hash));
    let Some((latest, notified_on)) = latest.and_then(|one| Some((one, one.notified_on?))) else {
        return (None, flags);
    };
    let is_same = |record: &&Record| {
        (record.notified_on, record.amount) == (latest.notified_on, latest.amount)
    };
    if !whole().filter(counts).all(|record| is_same(&record)) {
        flags.insert(Flag::Conflict);
    }
    let group: Vec<&Record> = whole().filter(counts).filter(is_same).collect();
    let mut holders = BTreeSet::new();
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for record in &group {
        holders.extend(record.holders.iter().cloned());
        let lines = seen.entry(&record.body).or_default();
        // Lines of a table repeat a contract for each holder; the same line again is another publication.
        if !lines.insert(&record.hash) {
            flags.insert(Flag::Duplicate);
        }
        flags.extend(
            record
                .flags
                .iter()
                .filter(|flag| **flag != Flag::Contradiction),
        );
    }
    if seen.len() > 1 {
        flags.insert(Flag::Duplicate);
    }
    flags.extend(
        latest
            .flags
            .iter()
            .filter(|flag| **flag == Flag::Contradiction),
    );
    let amount = latest.amount.filter(|amount| amount.is_usable());
    match amount {
        None => flags.insert(Flag::AberrantAmount),
        Some(amount) => amount.is_placeholder() && flags.insert(Flag::PlaceholderAmount),
    };
    let initial = State {
        amount,
        holders: holders.into_iter().collect(),
    };
    let mut current = initial.clone();
    let mut modifications = modifications(latest, records);
    modifications.retain(|one| one.notified_on <= today);
    for modification in &modifications {
        flags.extend(&modification.flags);
        current.amount = modification.amount.or(current.amount);
        if !modification.holders.is_empty() {
            current.holders.clone_from(&modification.holders);
        }
    }
    let contract = Contract {
        record: latest.clone(),
        notified_on,
        modifications,
        initial,
        current,
    };
    (Some(contract), flags)
}

/// The modifications of the record kept; those of a table stand on lines of their own.
fn modifications(latest: &Record, records: &[Record]) -> Vec<Modification> {
    if latest.line.is_none() {
        return latest.modifications.clone();
    }
    let mut by_rank: BTreeMap<u32, Vec<&Record>> = BTreeMap::new();
    for record in records {
        if let (Some(rank @ 1..), Some(_)) = (record.line, record.notified_on) {
            by_rank.entry(rank).or_default().push(record);
        }
    }
    let mut found: Vec<Modification> = by_rank
        .into_iter()
        .filter_map(|(rank, lines)| state_of_line(rank, &lines))
        .collect();
    found.sort_by(|one, other| one.rank().cmp(&other.rank()));
    found
}

/// One state of a table from its lines, chosen among them as records are.
fn state_of_line(rank: u32, lines: &[&Record]) -> Option<Modification> {
    let latest = lines
        .iter()
        .max_by_key(|line| (line.published_on, line.notified_on, line.amount, &line.hash))?;
    let mut flags = Flags::new();
    let mut holders = BTreeSet::new();
    for line in lines {
        if (line.notified_on, line.amount) == (latest.notified_on, latest.amount) {
            holders.extend(line.holders.iter().cloned());
            flags.extend(
                line.flags
                    .iter()
                    .filter(|flag| **flag != Flag::Contradiction),
            );
        }
    }
    let amount = latest.amount.filter(|amount| amount.is_usable());
    if latest.amount.is_some() && amount.is_none() {
        flags.insert(Flag::AberrantAmount);
    }
    Some(Modification {
        notified_on: latest.notified_on?,
        id: rank.to_string(),
        amount,
        holders: holders.into_iter().collect(),
        flags,
    })
}
