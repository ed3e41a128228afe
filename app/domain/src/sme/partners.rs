//! Partner enterprises (article 3(2)): 25 % or more of the capital or of the votes, upwards or downwards, without a link.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Graph, Groups};
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
#[derive(Clone, Debug)]
pub(super) struct Attachment<'a> {
    pub(super) direction: Direction,
    pub(super) holders: Vec<&'a str>,
    pub(super) held: &'a str,
    /// The greater of capital and votes, each summed over the holders.
    pub(super) share: Percent,
    pub(super) standing: Standing,
    /// A business angel whose investment was not given: taken as under the ceiling.
    pub(super) investment_assumed: bool,
    /// Business angels who invested too much to be exempt.
    pub(super) above_ceiling: bool,
}

/// Another group of linked enterprises that touches ours.
pub(super) struct Neighbour<'a> {
    pub(super) members: BTreeSet<&'a str>,
    pub(super) attachments: Vec<Attachment<'a>>,
}

impl Neighbour<'_> {
    /// The share to consolidate: the greatest one, cross-holdings included; `None` when the group is no partner.
    pub(super) fn share(&self) -> Option<Percent> {
        self.partnerships().map(|attachment| attachment.share).max()
    }

    pub(super) fn partnerships(&self) -> impl Iterator<Item = &Attachment<'_>> {
        self.attachments
            .iter()
            .filter(|attachment| attachment.standing == Standing::Partner)
    }

    /// True when the two groups hold each other.
    pub(super) fn is_crossed(&self) -> bool {
        let has = |direction| {
            self.partnerships()
                .any(|attachment| attachment.direction == direction)
        };
        has(Direction::Upstream) && has(Direction::Downstream)
    }

    /// True when the group is attached at several places, so that the greatest share is a convention.
    pub(super) fn is_ambiguous(&self) -> bool {
        let count = |direction| {
            self.partnerships()
                .filter(|attachment| attachment.direction == direction)
                .count()
        };
        count(Direction::Upstream) > 1 || count(Direction::Downstream) > 1
    }
}

/// All groups that hold a share of ours or of which ours holds a share, in a fixed order.
pub(super) fn neighbours<'a>(
    graph: &Graph<'a>,
    groups: &mut Groups<'a>,
    ours: &BTreeSet<&'a str>,
) -> Vec<Neighbour<'a>> {
    let mut shares: BTreeMap<(&str, Direction, &str), Share> = BTreeMap::new();
    for holding in graph.between_enterprises() {
        let (holder, held) = (holding.holder.as_str(), holding.held.as_str());
        let (direction, theirs) = match (ours.contains(holder), ours.contains(held)) {
            (false, true) => (Direction::Upstream, holder),
            (true, false) => (Direction::Downstream, held),
            _ => continue,
        };
        if holding.capital_pct.max(holding.voting_pct) == Percent::ZERO {
            continue;
        }
        let share = shares
            .entry((groups.find(theirs), direction, held))
            .or_default();
        share.capital += holding.capital_pct.raw();
        share.votes += holding.voting_pct.raw();
        share.holders.push(holder);
        let kind = graph.kind(holder);
        share.ordinary |= !kind.is_exempt_investor();
        if kind == Kind::BusinessAngel {
            share.investment_assumed |= holding.invested_eur.is_none();
            share.invested += holding.invested_eur.unwrap_or_default().hundredths();
        }
    }
    let mut found: BTreeMap<&str, Vec<Attachment>> = BTreeMap::new();
    for ((root, direction, held), share) in shares {
        found
            .entry(root)
            .or_default()
            .push(share.attachment(direction, held));
    }
    found
        .into_iter()
        .map(|(root, attachments)| Neighbour {
            members: groups.members(root),
            attachments,
        })
        .collect()
}

/// Sums over the holders of one group in one enterprise.
#[derive(Default)]
struct Share<'a> {
    capital: u128,
    votes: u128,
    holders: Vec<&'a str>,
    /// At least one holder is not an investor of the exempt list.
    ordinary: bool,
    /// Invested by business angels, in hundredths.
    invested: i128,
    investment_assumed: bool,
}

impl<'a> Share<'a> {
    fn attachment(self, direction: Direction, held: &'a str) -> Attachment<'a> {
        let share = Percent::from_raw(self.capital.max(self.votes));
        let exempt = direction == Direction::Upstream
            && !self.ordinary
            && share <= HALF
            && self.invested < ANGEL_CEILING.hundredths();
        let standing = match () {
            () if share < QUARTER => Standing::Below,
            () if exempt => Standing::Exempt,
            () => Standing::Partner,
        };
        Attachment {
            direction,
            holders: self.holders,
            held,
            share,
            standing,
            investment_assumed: self.investment_assumed,
            above_ceiling: self.invested >= ANGEL_CEILING.hundredths(),
        }
    }
}
