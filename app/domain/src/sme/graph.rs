//! The case as a graph: who is what, holdings in a fixed order, and groups of enterprises that are linked together.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, Enterprise, Holding};
use super::kind::Kind;

/// A checked case, with its holdings sorted so that their order in the input never matters.
pub(super) struct Graph<'a> {
    pub(super) case: &'a Case,
    pub(super) holdings: Vec<&'a Holding>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(case: &'a Case) -> Self {
        let mut holdings: Vec<&Holding> = case.holdings.iter().collect();
        holdings.sort_by_key(|holding| (&holding.held, &holding.holder));
        Self { case, holdings }
    }

    pub(super) fn entity(&self, id: &str) -> Option<&'a Enterprise> {
        self.case.enterprises.get(id)
    }

    pub(super) fn kind(&self, id: &str) -> Kind {
        self.entity(id)
            .map_or(Kind::Enterprise, |enterprise| enterprise.kind)
    }

    pub(super) fn is_enterprise(&self, id: &str) -> bool {
        self.entity(id)
            .is_some_and(Enterprise::counts_as_enterprise)
    }

    /// Holdings between two enterprises.
    pub(super) fn between_enterprises(&self) -> impl Iterator<Item = &'a Holding> {
        self.holdings
            .iter()
            .copied()
            .filter(|h| self.is_enterprise(&h.holder) && self.is_enterprise(&h.held))
    }

    /// The groups in which persons act: each person alone, then those who act jointly. A group can link enterprises when at
    /// least one of its members is known to have its enterprises on the same market or on adjacent ones.
    pub(super) fn person_groups(&self) -> Vec<PersonGroup<'a>> {
        let active: BTreeSet<&str> = self
            .case
            .persons_active_in_same_or_adjacent_market
            .iter()
            .map(String::as_str)
            .collect();
        let group = |members: BTreeSet<&'a str>| PersonGroup {
            same_market: members.iter().any(|member| active.contains(member)),
            members,
        };
        let alone = self
            .case
            .enterprises
            .iter()
            .filter(|(id, entity)| entity.kind.is_person() && !self.is_enterprise(id));
        let mut groups: Vec<_> = alone
            .map(|(id, _)| group(BTreeSet::from([id.as_str()])))
            .collect();
        let joint: BTreeSet<BTreeSet<&str>> = self
            .case
            .persons_acting_jointly
            .iter()
            .map(|ids| ids.iter().map(String::as_str).collect())
            .filter(|members: &BTreeSet<&str>| members.len() > 1)
            .collect();
        groups.extend(joint.into_iter().map(group));
        groups
    }
}

/// A natural person, or several who act jointly.
pub(super) struct PersonGroup<'a> {
    pub(super) members: BTreeSet<&'a str>,
    pub(super) same_market: bool,
}

/// Disjoint sets of enterprises. The representative is always the smallest id, whatever the order of the unions.
pub(super) struct Groups<'a> {
    parent: BTreeMap<&'a str, &'a str>,
}

impl<'a> Groups<'a> {
    pub(super) fn new(graph: &Graph<'a>) -> Self {
        let ids = graph
            .case
            .enterprises
            .keys()
            .map(String::as_str)
            .filter(|id| graph.is_enterprise(id));
        Self {
            parent: ids.map(|id| (id, id)).collect(),
        }
    }

    /// The representative of the group of an enterprise.
    pub(super) fn find(&mut self, id: &'a str) -> &'a str {
        let mut root = id;
        while let Some(next) = self.parent.get(root).copied().filter(|next| *next != root) {
            root = next;
        }
        let mut step = id;
        while let Some(slot) = self.parent.get_mut(step) {
            let next = std::mem::replace(slot, root);
            if next == step || next == root {
                break;
            }
            step = next;
        }
        root
    }

    /// Puts two enterprises in one group; false when they already were.
    pub(super) fn union(&mut self, one: &'a str, other: &'a str) -> bool {
        let (one, other) = (self.find(one), self.find(other));
        if one == other {
            return false;
        }
        self.parent.insert(one.max(other), one.min(other));
        true
    }

    /// Everyone in the group of an enterprise, itself included.
    pub(super) fn members(&mut self, id: &'a str) -> BTreeSet<&'a str> {
        let root = self.find(id);
        let ids: Vec<&str> = self.parent.keys().copied().collect();
        ids.into_iter()
            .filter(|other| self.find(other) == root)
            .collect()
    }
}
