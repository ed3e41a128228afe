//! A case under the names that people read: the declaring company under its own, the others without the rank that keeps them apart.

use std::collections::{BTreeMap, BTreeSet};

use super::case::Case;

/// The case with `ours` for the enterprise asked about, and `Alpha` for `Alpha (3)` where no other has that name.
pub fn named(case: &Case, ours: &str) -> Case {
    let ours = if ours.is_empty() { &case.target } else { ours };
    let mut count: BTreeMap<&str, usize> = BTreeMap::from([(ours, 1)]);
    for id in case.enterprises.keys().filter(|id| **id != case.target) {
        *count.entry(bare(id)).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    for id in case.enterprises.keys() {
        let short = if *id == case.target {
            ours
        } else if count.get(bare(id)) == Some(&1) {
            bare(id)
        } else {
            id
        };
        // Two entities never become one.
        let mut name = short.to_owned();
        while !taken.insert(name.clone()) {
            name.push('\'');
        }
        names.insert(id, name);
    }
    let name = |id: &String| names.get(id.as_str()).unwrap_or(id).clone();
    Case {
        target: name(&case.target),
        enterprises: case
            .enterprises
            .iter()
            .map(|(id, entity)| (name(id), entity.clone()))
            .collect(),
        holdings: case
            .holdings
            .iter()
            .map(|holding| super::Holding {
                holder: name(&holding.holder),
                held: name(&holding.held),
                ..holding.clone()
            })
            .collect(),
        persons_active_in_same_or_adjacent_market: case
            .persons_active_in_same_or_adjacent_market
            .iter()
            .map(name)
            .collect(),
        persons_acting_jointly: case
            .persons_acting_jointly
            .iter()
            .map(|persons| persons.iter().map(name).collect())
            .collect(),
    }
}

/// `Alpha` for `Alpha (3)`.
fn bare(id: &str) -> &str {
    id.strip_suffix(')')
        .and_then(|id| id.rsplit_once(" ("))
        .filter(|(name, rank)| !name.is_empty() && rank.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(id, |(name, _)| name)
}
