//! Linked enterprises (article 3(3)): majority of votes, control, or natural persons; transitively, upwards and downwards.

use super::case::Control;
use super::graph::{Graph, Node, PersonGroup, Set, Stake};
use super::groups::Groups;
use crate::decimal::{ONE_PERCENT, Percent};

/// More than this is a majority.
const HALF: u128 = 50 * ONE_PERCENT;

/// Groups of linked enterprises, as a fixed point: holders linked together act as one, so each new link can give a group a
/// majority somewhere else. Links only ever add up, hence the order in which they are found does not matter.
pub(super) fn groups(graph: &Graph<'_>, persons: &[PersonGroup]) -> Groups {
    let mut groups = Groups::new(graph.len());
    for edge in graph
        .between_enterprises()
        .filter(|edge| edge.holding.control.is_some())
    {
        groups.union(edge.holder, edge.held);
    }
    for group in persons {
        groups.union_all(&angels(graph, group));
    }
    let can_link = |group: &&PersonGroup| {
        let direct = graph
            .edges
            .iter()
            .filter(|edge| group.members.contains(&edge.holder));
        group.same_market && direct.take(2).count() == 2
    };
    let persons: Vec<&PersonGroup> = persons.iter().filter(can_link).collect();
    loop {
        let mut changed = by_votes(graph, &mut groups);
        for group in &persons {
            let controlled = controlled_by(graph, &mut groups, group);
            changed |= groups.union_all(&controlled);
        }
        if !changed {
            return groups;
        }
    }
}

/// Business angels of a group of persons who act jointly, when they have accounts of their own: one investor.
fn angels(graph: &Graph<'_>, group: &PersonGroup) -> Vec<Node> {
    group
        .members
        .iter()
        .copied()
        .filter(|node| graph.is_enterprise(*node))
        .collect()
}

/// Links each enterprise with a group that has the majority of its votes.
fn by_votes(graph: &Graph<'_>, groups: &mut Groups) -> bool {
    let mut changed = false;
    // Votes in the enterprise at hand, by the representative of the group that holds them.
    let mut sums: Vec<u128> = vec![0; graph.len()];
    for edges in graph.by_held() {
        let held = edges
            .first()
            .map(|edge| edge.held)
            .filter(|held| graph.is_enterprise(*held));
        let mut majority = None;
        for edge in edges.iter().filter(|edge| graph.is_enterprise(edge.holder)) {
            let root = groups.find(edge.holder);
            if let Some(sum) = sums.get_mut(root) {
                *sum += edge.holding.voting_pct.raw();
                if *sum > HALF {
                    majority = Some(root);
                }
            }
        }
        for edge in edges {
            if let Some(sum) = sums.get_mut(groups.find(edge.holder)) {
                *sum = 0;
            }
        }
        if let (Some(held), Some(holders)) = (held, majority) {
            changed |= groups.union(held, holders);
        }
    }
    changed
}

/// The enterprises that natural persons control and hold directly: with their own votes, and those of what they control.
fn controlled_by(graph: &Graph<'_>, groups: &mut Groups, persons: &PersonGroup) -> Vec<Node> {
    let mut controlled_groups = Set::new(graph.len());
    loop {
        let mut grown = false;
        let mut direct = Vec::new();
        for edges in graph.by_held() {
            let Some(held) = edges
                .first()
                .map(|edge| edge.held)
                .filter(|held| graph.is_enterprise(*held))
            else {
                continue;
            };
            let (mut votes, mut own, mut control) = (0, false, false);
            for edge in edges {
                let is_own = persons.members.contains(&edge.holder);
                if is_own || controlled_groups.contains(groups.find(edge.holder)) {
                    votes += edge.holding.voting_pct.raw();
                    own |= is_own;
                    control |= is_own && edge.holding.control.is_some();
                }
            }
            if control || votes > HALF {
                grown |= controlled_groups.insert(groups.find(held));
                if own {
                    direct.push(held);
                }
            }
        }
        if !grown {
            return direct;
        }
    }
}

/// Why two or more enterprises are linked, for the explanation.
pub(super) enum Link {
    Votes {
        holders: Vec<Node>,
        held: Node,
        votes: Percent,
    },
    Control {
        holder: Node,
        held: Node,
        control: Control,
    },
    Persons {
        persons: Vec<Node>,
        controlled: Vec<Node>,
    },
    JointAngels {
        angels: Vec<Node>,
    },
}

impl Link {
    /// The enterprises that the link joins.
    pub(super) fn members(&self) -> Vec<Node> {
        match self {
            Self::Votes { holders, held, .. } => {
                let mut members = holders.clone();
                members.push(*held);
                members
            }
            Self::Control { holder, held, .. } => vec![*holder, *held],
            Self::Persons {
                controlled: members,
                ..
            }
            | Self::JointAngels { angels: members } => members.clone(),
        }
    }
}

/// The links among the members of one group, read from the finished fixed point.
pub(super) fn explain(graph: &Graph<'_>, groups: &mut Groups, members: &Set) -> Vec<Link> {
    let mut links = Vec::new();
    for edges in graph.by_held() {
        let inside = || {
            edges
                .iter()
                .filter(|edge| members.contains(edge.holder) && members.contains(edge.held))
        };
        for edge in inside() {
            if let Some(control) = edge.holding.control {
                links.push(Link::Control {
                    holder: edge.holder,
                    held: edge.held,
                    control,
                });
            }
        }
        let votes = Stake::of(inside()).votes;
        if let Some(held) = edges.first().map(|edge| edge.held).filter(|_| votes > HALF) {
            let voting = inside().filter(|edge| edge.holding.voting_pct > Percent::ZERO);
            let holders = voting.map(|edge| edge.holder).collect();
            links.push(Link::Votes {
                holders,
                held,
                votes: Percent::from_raw(votes),
            });
        }
    }
    for group in &graph.persons {
        let mut angels = angels(graph, group);
        angels.retain(|node| members.contains(*node));
        if angels.len() > 1 {
            links.push(Link::JointAngels { angels });
        }
        if group.same_market {
            let mut controlled = controlled_by(graph, groups, group);
            controlled.retain(|node| members.contains(*node));
            if controlled.len() > 1 {
                links.push(Link::Persons {
                    persons: group.members.clone(),
                    controlled,
                });
            }
        }
    }
    links
}
