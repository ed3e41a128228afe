//! Partner enterprises (article 3(2)): 25 % or more of the capital or of the votes, upwards or downwards, without a link.

use super::graph::{Edge, Graph, Node, Set, Stake};
use super::groups::Groups;
use super::kind::Kind;
use crate::decimal::{Hundredths, ONE_PERCENT, Percent};

/// From this percentage on, a holding makes a partner.
pub(super) const QUARTER: Percent = Percent::from_raw(25 * ONE_PERCENT);
/// Up to this percentage, some investors make none.
pub(super) const HALF: Percent = Percent::from_raw(50 * ONE_PERCENT);
/// A business angel is exempt below this total in the same enterprise.
pub(super) const ANGEL_CEILING: Hundredths = Hundredths::from_units(1_250_000);

/// Seen from the group of the enterprise asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// They hold one of ours.
    Upstream,
    /// We hold one of theirs.
    Downstream,
}

/// What an attachment makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Below,
    Exempt,
    Partner,
}

/// The share that one group of linked enterprises holds of one enterprise of another group.
pub(super) struct Attachment {
    pub(super) direction: Direction,
    pub(super) holders: Vec<Node>,
    pub(super) held: Node,
    /// The greater of capital and votes, each summed over the holders.
    pub(super) share: Percent,
    pub(super) standing: Standing,
    /// A business angel whose investment was not given: taken as under the ceiling.
    pub(super) investment_assumed: bool,
    /// Business angels who invested too much to be exempt.
    pub(super) above_ceiling: bool,
}

impl Attachment {
    /// The members of our group at this end of the holding.
    fn ours(&self) -> &[Node] {
        match self.direction {
            Direction::Upstream => std::slice::from_ref(&self.held),
            Direction::Downstream => &self.holders,
        }
    }

    /// True for the two ends of the holding.
    pub(super) fn touches(&self, node: Node) -> bool {
        self.held == node || self.holders.contains(&node)
    }
}

/// Another group of linked enterprises that touches ours.
#[derive(Default)]
pub(super) struct Neighbour {
    pub(super) attachments: Vec<Attachment>,
}

impl Neighbour {
    /// The share to consolidate: the greatest one, cross-holdings included; `None` when the group is no partner.
    pub(super) fn share(&self) -> Option<Percent> {
        self.partnerships().map(|attachment| attachment.share).max()
    }

    pub(super) fn partnerships(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments
            .iter()
            .filter(|attachment| attachment.standing == Standing::Partner)
    }

    /// True when two enterprises hold each other.
    pub(super) fn is_crossed(&self) -> bool {
        let down = |up: &Attachment| {
            self.partnerships().any(|down| {
                down.direction == Direction::Downstream
                    && down.holders.contains(&up.held)
                    && up.holders.contains(&down.held)
            })
        };
        self.partnerships()
            .any(|up| up.direction == Direction::Upstream && down(up))
    }

    /// True when the group is attached to several members of ours, so that the greatest share is a convention. Holders whose
    /// percentages add up act as one.
    pub(super) fn is_ambiguous(&self) -> bool {
        let mut places = self.partnerships().map(Attachment::ours);
        let first = places.next();
        places.any(|place| Some(place) != first)
    }
}

/// All groups that hold a share of ours or of which ours holds a share, in a fixed order.
pub(super) struct Neighbours {
    all: Vec<Neighbour>,
    /// For each entity, the rank of its group.
    rank: Vec<Option<usize>>,
}

impl Neighbours {
    /// The neighbouring group that an entity belongs to.
    pub(super) fn of(&self, node: Node) -> Option<&Neighbour> {
        self.all.get(self.rank.get(node).copied().flatten()?)
    }

    pub(super) fn find(graph: &Graph<'_>, groups: &mut Groups, ours: &Set) -> Self {
        let mut all: Vec<Neighbour> = Vec::new();
        // First by representative, then copied to the whole group.
        let mut rank: Vec<Option<usize>> = vec![None; graph.len()];
        for edges in graph.by_held() {
            let mut touching = touching(graph, groups, ours, edges);
            touching.sort_unstable_by_key(|(root, edge)| (*root, edge.holder));
            for group in touching.chunk_by(|one, other| one.0 == other.0) {
                let Some(slot) = group.first().and_then(|(root, _)| rank.get_mut(*root)) else {
                    continue;
                };
                if slot.is_none() {
                    *slot = Some(all.len());
                    all.push(Neighbour::default());
                }
                if let Some(neighbour) = slot.and_then(|rank| all.get_mut(rank)) {
                    neighbour.attachments.push(attachment(graph, ours, group));
                }
            }
        }
        for node in 0..graph.len() {
            let of_root = rank.get(groups.find(node)).copied().flatten();
            if let Some(slot) = rank.get_mut(node) {
                *slot = of_root;
            }
        }
        Self { all, rank }
    }
}

/// The holdings of one enterprise that cross the border of ours, each with the representative of the other group.
fn touching<'e, 'a>(
    graph: &Graph<'a>,
    groups: &mut Groups,
    ours: &Set,
    edges: &'e [Edge<'a>],
) -> Vec<(Node, &'e Edge<'a>)> {
    edges
        .iter()
        .filter(|edge| {
            edge.share() > Percent::ZERO
                && graph.is_enterprise(edge.holder)
                && graph.is_enterprise(edge.held)
        })
        .filter_map(
            |edge| match (ours.contains(edge.holder), ours.contains(edge.held)) {
                (false, true) => Some((groups.find(edge.holder), edge)),
                (true, false) => Some((groups.find(edge.held), edge)),
                _ => None,
            },
        )
        .collect()
}

fn attachment(graph: &Graph<'_>, ours: &Set, group: &[(Node, &Edge<'_>)]) -> Attachment {
    let edges = || group.iter().map(|(_, edge)| *edge);
    let held = edges().next().map_or(graph.target, |edge| edge.held);
    let direction = if ours.contains(held) {
        Direction::Upstream
    } else {
        Direction::Downstream
    };
    let share = Stake::of(edges()).share();
    let mut ordinary = false;
    let mut investment_assumed = false;
    let mut invested = 0;
    for edge in edges() {
        let kind = graph.kind(edge.holder);
        ordinary |= !kind.is_exempt_investor();
        if kind == Kind::BusinessAngel {
            investment_assumed |= edge.holding.invested_eur.is_none();
            invested += edge.holding.invested_eur.unwrap_or_default().hundredths();
        }
    }
    let above_ceiling = invested >= ANGEL_CEILING.hundredths();
    let exempt = direction == Direction::Upstream && !ordinary && share <= HALF && !above_ceiling;
    Attachment {
        direction,
        holders: edges().map(|edge| edge.holder).collect(),
        held,
        share,
        standing: match (share < QUARTER, exempt) {
            (true, _) => Standing::Below,
            (false, true) => Standing::Exempt,
            (false, false) => Standing::Partner,
        },
        investment_assumed,
        above_ceiling,
    }
}
