//! Public bodies (article 3(4)): 25 % or more of the capital or of the votes in their hands, directly or through companies
//! that they control, and the enterprise is not an SME.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Graph;
use super::kind::Kind;
use super::partners::{HALF, QUARTER};
use crate::decimal::Percent;

/// What public bodies hold of the enterprise asked about.
#[derive(Default)]
pub(super) struct PublicControl<'a> {
    /// The greater of capital and votes, each summed over all public bodies and the companies they control.
    pub(super) share: Percent,
    /// A public body has one of the rights that make a link, whatever its share.
    pub(super) controls: bool,
    /// Direct holders that were counted.
    pub(super) holders: BTreeSet<&'a str>,
    /// Public bodies behind those holders, and small local authorities and universities that count as such.
    pub(super) bodies: BTreeSet<&'a str>,
}

impl PublicControl<'_> {
    /// True when the enterprise cannot be an SME.
    pub(super) fn excludes_sme(&self) -> bool {
        self.share >= QUARTER || self.controls
    }
}

/// Share of the target held by some entities together.
struct Stake {
    share: Percent,
    controls: bool,
}

impl Stake {
    /// More than a minority holding: small local authorities, universities and public investors then lose their exception.
    fn dominates(&self) -> bool {
        self.share > HALF || self.controls
    }
}

pub(super) fn find<'a>(graph: &Graph<'a>, ours: &BTreeSet<&'a str>) -> PublicControl<'a> {
    let of_kind = |kinds: &[Kind]| -> BTreeSet<&'a str> {
        let entities = graph.case.enterprises.iter();
        entities
            .filter(|(_, entity)| kinds.contains(&entity.kind))
            .map(|(id, _)| id.as_str())
            .collect()
    };
    let public = of_kind(&[Kind::PublicBody]);
    let excepted = of_kind(&[Kind::SmallLocalAuthority, Kind::University]);
    let mut bodies = public.clone();
    let mut holders = family(graph, &public);
    let dominated: BTreeSet<&str> = public
        .iter()
        .map(|body| family(graph, &BTreeSet::from([*body])))
        .filter(|members| stake(graph, members).dominates())
        .flatten()
        .collect();
    // Investors of the exempt list keep their exception, although a public body owns them, unless they are linked.
    holders.retain(|id| {
        !graph.kind(id).is_exempt_investor() || ours.contains(id) || dominated.contains(id)
    });
    for body in excepted {
        let members = family(graph, &BTreeSet::from([body]));
        if stake(graph, &members).dominates() {
            bodies.insert(body);
            holders.extend(members);
        }
    }
    let Stake { share, controls } = stake(graph, &holders);
    let target = graph.case.target.as_str();
    // Back from the direct holders to the bodies behind them.
    let mut behind: BTreeSet<&str> = BTreeSet::from([target]);
    loop {
        let before = behind.len();
        let held = |id: &str| id == target || graph.is_enterprise(id);
        let links = graph
            .holdings
            .iter()
            .filter(|h| behind.contains(h.held.as_str()) && held(&h.held));
        let new: Vec<&str> = links
            .map(|h| h.holder.as_str())
            .filter(|id| holders.contains(id))
            .collect();
        behind.extend(new);
        if behind.len() == before {
            break;
        }
    }
    bodies.retain(|body| behind.contains(body));
    holders.retain(|id| {
        graph
            .holdings
            .iter()
            .any(|h| h.held == target && h.holder == *id)
    });
    PublicControl {
        share,
        controls,
        holders,
        bodies,
    }
}

/// Some bodies with the companies that they control, alone or together, directly or not: more than half of the capital or of
/// the votes, or one of the rights that make a link. The target itself is left out.
fn family<'a>(graph: &Graph<'a>, roots: &BTreeSet<&'a str>) -> BTreeSet<&'a str> {
    let mut members = roots.clone();
    loop {
        let before = members.len();
        let mut held: BTreeMap<&str, (u128, u128, bool)> = BTreeMap::new();
        for holding in graph
            .holdings
            .iter()
            .filter(|h| members.contains(h.holder.as_str()))
        {
            if holding.held != graph.case.target && graph.is_enterprise(&holding.held) {
                let (capital, votes, control) = held.entry(&holding.held).or_default();
                *capital += holding.capital_pct.raw();
                *votes += holding.voting_pct.raw();
                *control |= holding.control.is_some();
            }
        }
        let controlled = held
            .into_iter()
            .filter(|(_, (capital, votes, control))| *control || *capital.max(votes) > HALF.raw());
        members.extend(controlled.map(|(id, _)| id));
        if members.len() == before {
            return members;
        }
    }
}

/// What some entities hold of the target, capital and votes summed apart.
fn stake(graph: &Graph<'_>, holders: &BTreeSet<&str>) -> Stake {
    let (mut capital, mut votes, mut controls) = (0, 0, false);
    for holding in &graph.holdings {
        if holding.held == graph.case.target && holders.contains(holding.holder.as_str()) {
            capital += holding.capital_pct.raw();
            votes += holding.voting_pct.raw();
            controls |= holding.control.is_some();
        }
    }
    Stake {
        share: Percent::from_raw(capital.max(votes)),
        controls,
    }
}
