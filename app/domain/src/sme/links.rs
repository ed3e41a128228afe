//! Linked enterprises (article 3(3)): majority of votes, control, or natural persons; transitively, upwards and downwards.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Control, Holding};
use super::graph::{Graph, Groups, PersonGroup};
use crate::decimal::{ONE_PERCENT, Percent};

/// More than this is a majority.
const HALF: u128 = 50 * ONE_PERCENT;

/// Groups of linked enterprises, as a fixed point: holders linked together act as one, so each new link can give a group a
/// majority somewhere else. Links only ever add up, hence the order in which they are found does not matter.
pub(super) fn groups<'a>(graph: &Graph<'a>, persons: &[PersonGroup<'a>]) -> Groups<'a> {
    let mut groups = Groups::new(graph);
    for holding in graph
        .between_enterprises()
        .filter(|holding| holding.control.is_some())
    {
        groups.union(&holding.holder, &holding.held);
    }
    // Business angels who act jointly are one investor.
    for group in persons {
        let mut angels = group.members.iter().filter(|id| graph.is_enterprise(id));
        if let Some(first) = angels.next() {
            for other in angels {
                groups.union(first, other);
            }
        }
    }
    loop {
        let mut changed = by_votes(graph, &mut groups);
        for group in persons.iter().filter(|group| group.same_market) {
            let mut controlled = controlled_by(graph, &mut groups, group).into_iter();
            if let Some(first) = controlled.next() {
                for other in controlled {
                    changed |= groups.union(first, other);
                }
            }
        }
        if !changed {
            return groups;
        }
    }
}

/// Links each enterprise with a group that has the majority of its votes.
fn by_votes<'a>(graph: &Graph<'a>, groups: &mut Groups<'a>) -> bool {
    let mut votes: BTreeMap<(&str, &str), u128> = BTreeMap::new();
    for holding in graph.between_enterprises() {
        *votes
            .entry((&holding.held, groups.find(&holding.holder)))
            .or_default() += holding.voting_pct.raw();
    }
    let mut changed = false;
    for ((held, holders), sum) in votes {
        if sum > HALF {
            changed |= groups.union(held, holders);
        }
    }
    changed
}

/// The enterprises that natural persons control and hold directly: with their own votes, and those of what they control.
fn controlled_by<'a>(
    graph: &Graph<'a>,
    groups: &mut Groups<'a>,
    persons: &PersonGroup<'a>,
) -> BTreeSet<&'a str> {
    let mut controlled_groups: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = controlled_groups.len();
        let mut holds: BTreeMap<&str, Stake> = BTreeMap::new();
        for holding in graph
            .holdings
            .iter()
            .filter(|holding| graph.is_enterprise(&holding.held))
        {
            let direct = persons.members.contains(holding.holder.as_str());
            let through = graph.is_enterprise(&holding.holder)
                && controlled_groups.contains(groups.find(&holding.holder));
            if direct || through {
                let hold = holds.entry(&holding.held).or_default();
                hold.votes += holding.voting_pct.raw();
                hold.direct |= direct;
                hold.control |= direct && holding.control.is_some();
            }
        }
        holds.retain(|_, hold| hold.control || hold.votes > HALF);
        controlled_groups.extend(holds.keys().map(|held| groups.find(held)));
        if controlled_groups.len() == before {
            return holds
                .into_iter()
                .filter_map(|(held, hold)| hold.direct.then_some(held))
                .collect();
        }
    }
}

/// What a group of persons holds of one enterprise.
#[derive(Default)]
struct Stake {
    votes: u128,
    direct: bool,
    control: bool,
}

/// Why two or more enterprises are linked, for the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Link<'a> {
    Votes {
        holders: Vec<&'a str>,
        held: &'a str,
        votes: Percent,
    },
    Control {
        holder: &'a str,
        held: &'a str,
        control: Control,
    },
    Persons {
        persons: Vec<&'a str>,
        controlled: Vec<&'a str>,
    },
    JointAngels {
        angels: Vec<&'a str>,
    },
}

impl<'a> Link<'a> {
    /// The enterprises that the link joins.
    pub(super) fn members(&self) -> Vec<&'a str> {
        match self {
            Self::Votes { holders, held, .. } => holders.iter().chain([held]).copied().collect(),
            Self::Control { holder, held, .. } => vec![holder, held],
            Self::Persons { controlled, .. } => controlled.clone(),
            Self::JointAngels { angels } => angels.clone(),
        }
    }
}

/// The links among the members of one group, read from the finished fixed point.
pub(super) fn explain<'a>(
    graph: &Graph<'a>,
    groups: &mut Groups<'a>,
    persons: &[PersonGroup<'a>],
    members: &BTreeSet<&'a str>,
) -> Vec<Link<'a>> {
    let inside = |holding: &&&'a Holding| {
        members.contains(holding.holder.as_str()) && members.contains(holding.held.as_str())
    };
    let mut links = Vec::new();
    let mut votes: BTreeMap<&str, (Vec<&str>, u128)> = BTreeMap::new();
    for holding in graph.holdings.iter().filter(inside) {
        if let Some(control) = holding.control {
            links.push(Link::Control {
                holder: &holding.holder,
                held: &holding.held,
                control,
            });
        }
        if holding.voting_pct > Percent::ZERO {
            let (holders, sum) = votes.entry(&holding.held).or_default();
            holders.push(&holding.holder);
            *sum += holding.voting_pct.raw();
        }
    }
    for (held, (holders, sum)) in votes.into_iter().filter(|(_, (_, sum))| *sum > HALF) {
        links.push(Link::Votes {
            holders,
            held,
            votes: Percent::from_raw(sum),
        });
    }
    for group in persons {
        let angels: Vec<&str> = group
            .members
            .iter()
            .copied()
            .filter(|id| members.contains(id))
            .collect();
        if angels.len() > 1 {
            links.push(Link::JointAngels { angels });
        }
        if group.same_market {
            let controlled: Vec<&str> = controlled_by(graph, groups, group)
                .into_iter()
                .filter(|id| members.contains(id))
                .collect();
            if controlled.len() > 1 {
                links.push(Link::Persons {
                    persons: group.members.iter().copied().collect(),
                    controlled,
                });
            }
        }
    }
    links
}
