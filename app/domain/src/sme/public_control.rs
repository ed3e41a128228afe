//! Public bodies (article 3(4)): 25 % or more of the capital or of the votes in their hands, directly or through companies
//! that they control, and the enterprise is not an SME.

use super::graph::{Graph, Node, Set, Stake};
use super::kind::Kind;
use super::partners::{HALF, QUARTER};

/// What public bodies hold of the enterprise asked about.
pub(super) struct PublicControl {
    pub(super) stake: Stake,
    /// Direct holders that were counted.
    pub(super) holders: Set,
    /// The bodies behind those holders: public bodies, and small local authorities and universities that count as such.
    pub(super) bodies: Set,
}

impl PublicControl {
    /// True when the enterprise cannot be an SME.
    pub(super) fn excludes_sme(&self) -> bool {
        self.stake.share() >= QUARTER || self.stake.control
    }
}

pub(super) fn find(graph: &Graph<'_>, ours: &Set) -> PublicControl {
    let mut public = Set::new(graph.len());
    for node in (0..graph.len()).filter(|node| graph.kind(*node) == Kind::PublicBody) {
        public.insert(node);
    }
    let mut dominated = Set::new(graph.len());
    for body in public.nodes() {
        let family = family_of(graph, body);
        if dominates(&stake(graph, &family)) {
            add(&mut dominated, &family);
        }
    }
    let mut bodies = public.clone();
    let mut holders = family(graph, public);
    for node in 0..graph.len() {
        // Investors of the exempt list keep their exception, although a public body owns them, unless they are linked.
        if graph.kind(node).is_exempt_investor()
            && !ours.contains(node)
            && !dominated.contains(node)
        {
            holders.remove(node);
        }
    }
    for body in 0..graph.len() {
        if matches!(
            graph.kind(body),
            Kind::SmallLocalAuthority | Kind::University
        ) {
            let family = family_of(graph, body);
            if dominates(&stake(graph, &family)) {
                bodies.insert(body);
                add(&mut holders, &family);
            }
        }
    }
    let behind = behind(graph, &holders);
    for node in 0..graph.len() {
        if !behind.contains(node) {
            bodies.remove(node);
        }
    }
    let stake = stake(graph, &holders);
    let mut direct = Set::new(graph.len());
    for edge in graph
        .edges
        .iter()
        .filter(|edge| edge.held == graph.target && holders.contains(edge.holder))
    {
        direct.insert(edge.holder);
    }
    PublicControl {
        stake,
        holders: direct,
        bodies,
    }
}

/// More than a minority holding: small local authorities, universities and public investors then lose their exception.
fn dominates(stake: &Stake) -> bool {
    stake.share() > HALF || stake.control
}

fn add(set: &mut Set, more: &Set) {
    for node in more.nodes() {
        set.insert(node);
    }
}

fn family_of(graph: &Graph<'_>, body: Node) -> Set {
    let mut root = Set::new(graph.len());
    root.insert(body);
    family(graph, root)
}

/// Some bodies with the companies that they control, alone or together, directly or not: more than half of the capital or of
/// the votes, or one of the rights that make a link. The target itself is left out.
fn family(graph: &Graph<'_>, mut members: Set) -> Set {
    loop {
        let mut grown = false;
        for edges in graph.by_held() {
            let Some(held) = edges.first().map(|edge| edge.held) else {
                continue;
            };
            if held != graph.target
                && graph.is_enterprise(held)
                && dominates(&Stake::of(
                    edges.iter().filter(|edge| members.contains(edge.holder)),
                ))
            {
                grown |= members.insert(held);
            }
        }
        if !grown {
            return members;
        }
    }
}

/// What some entities hold of the target together.
fn stake(graph: &Graph<'_>, holders: &Set) -> Stake {
    Stake::of(
        graph
            .edges
            .iter()
            .filter(|edge| edge.held == graph.target && holders.contains(edge.holder)),
    )
}

/// Back from the direct holders to those who hold a share of them.
fn behind(graph: &Graph<'_>, holders: &Set) -> Set {
    let mut behind = Set::new(graph.len());
    behind.insert(graph.target);
    loop {
        let mut grown = false;
        for edge in graph
            .edges
            .iter()
            .filter(|edge| holders.contains(edge.holder))
        {
            if behind.contains(edge.held) {
                grown |= behind.insert(edge.holder);
            }
        }
        if !grown {
            return behind;
        }
    }
}
