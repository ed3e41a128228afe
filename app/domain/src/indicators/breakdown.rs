//! A year broken down: the figures of each part, computed as those of the whole.

use std::collections::BTreeMap;

use super::compute::{Figures, compute};
use super::facts::{Facts, Group, SharedContract};
use super::narrowing::Dimension;

/// One part of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakdownPart {
    pub key: String,
    pub figures: Figures,
}

/// The parts that have contracts. `groups` are those of each part; `facts`, those of the whole, give the entered shares.
pub fn breakdown(
    dimension: Dimension,
    groups: Vec<(String, Group)>,
    facts: &Facts,
) -> Vec<BreakdownPart> {
    let mut parts: BTreeMap<String, Vec<Group>> = BTreeMap::new();
    for (key, group) in groups {
        parts.entry(key).or_default().push(group);
    }
    parts
        .into_iter()
        .map(|(key, groups)| {
            let is_in = |contract: &&SharedContract| match dimension {
                Dimension::Establishment => contract.buyer_siret == key,
                Dimension::Place => contract.place == key,
                Dimension::Family => contract.family == key,
                Dimension::Size | Dimension::Kind => true,
            };
            let part = Facts {
                groups,
                shared: facts.shared.iter().filter(is_in).cloned().collect(),
                narrowing: facts.narrowing.with(dimension, key.clone()),
                ..Facts::default()
            };
            BreakdownPart {
                figures: compute(&part),
                key,
            }
        })
        .collect()
}
