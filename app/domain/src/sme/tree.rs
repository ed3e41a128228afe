//! The case as a tree to draw: each entity once, under the greatest of its holders; the other holdings beside it. Circles too.

use super::case::{Case, Control};
use super::kind::Kind;
use crate::decimal::Percent;

/// The entities in the order of the drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    pub nodes: Vec<TreeNode>,
    /// The holdings that the tree itself does not show.
    pub others: Vec<Tie>,
}

/// One entity of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    pub name: String,
    pub kind: Kind,
    /// The enterprise asked about.
    pub is_target: bool,
    /// How far from the top of its own tree.
    pub depth: usize,
    /// The holding by which it hangs on another node.
    pub tie: Option<Tie>,
}

/// A holding between two nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Ranks in `nodes`.
    pub holder: usize,
    pub held: usize,
    pub capital: Percent,
    pub votes: Percent,
    pub control: Option<Control>,
}

/// A holding between entities by their rank in the case.
struct Edge {
    holder: usize,
    held: usize,
    holding: usize,
    share: Percent,
}

/// Draws nothing that the case does not say; holdings that name nobody are left out.
pub fn tree(case: &Case) -> Tree {
    let names: Vec<&String> = case.enterprises.keys().collect();
    let rank = |name: &String| names.binary_search(&name).ok();
    let edges: Vec<Edge> = case
        .holdings
        .iter()
        .enumerate()
        .filter_map(|(holding, of)| {
            let (holder, held) = (rank(&of.holder)?, rank(&of.held)?);
            let share = of.capital_pct.max(of.voting_pct);
            (holder != held).then_some(Edge {
                holder,
                held,
                holding,
                share,
            })
        })
        .collect();
    let parents = parents(&edges, names.len(), rank(&case.target));
    let order = order(&edges, &parents, names.len(), rank(&case.target));
    let mut place = vec![0; names.len()];
    for (at, (entity, _)) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(*entity) {
            *slot = at;
        }
    }
    let at = |entity: usize| place.get(entity).copied().unwrap_or_default();
    let tie = |edge: &Edge| {
        let holding = case.holdings.get(edge.holding)?;
        Some(Tie {
            holder: at(edge.holder),
            held: at(edge.held),
            capital: holding.capital_pct,
            votes: holding.voting_pct,
            control: holding.control,
        })
    };
    // The edge by which each entity hangs, once the circles are cut.
    let hangs = |entity: usize| {
        let edge = parents.get(entity).copied().flatten()?;
        let (_, depth) = order.get(at(entity))?;
        (*depth > 0).then_some(edge)
    };
    let nodes = order
        .iter()
        .filter_map(|(entity, depth)| {
            let name = (*names.get(*entity)?).clone();
            Some(TreeNode {
                kind: case.enterprises.get(&name)?.kind,
                is_target: name == case.target,
                depth: *depth,
                tie: hangs(*entity).and_then(|edge| tie(edges.get(edge)?)),
                name,
            })
        })
        .collect();
    let shown = |index: usize, edge: &Edge| hangs(edge.held) == Some(index);
    Tree {
        nodes,
        others: edges
            .iter()
            .enumerate()
            .filter(|(index, edge)| !shown(*index, edge))
            .filter_map(|(_, edge)| tie(edge))
            .collect(),
    }
}

/// For each entity the edge of its greatest holder, the first of equals; a circle is cut above what leads to the target.
fn parents(edges: &[Edge], size: usize, target: Option<usize>) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = vec![None; size];
    for (index, edge) in edges.iter().enumerate() {
        let better = |current: usize| {
            edges
                .get(current)
                .is_none_or(|current| edge.share > current.share)
        };
        if let Some(slot) = parents.get_mut(edge.held)
            && slot.is_none_or(better)
        {
            *slot = Some(index);
        }
    }
    // From the target up: where the way comes back on itself, it is cut.
    let mut seen = vec![false; size];
    let mut at = target;
    while let Some(entity) = at {
        let Some(slot) = seen.get_mut(entity) else {
            break;
        };
        *slot = true;
        let parent = parents.get(entity).copied().flatten();
        let holder = parent
            .and_then(|edge| edges.get(edge))
            .map(|edge| edge.holder);
        let closes = holder.is_some_and(|holder| seen.get(holder) == Some(&true));
        if closes && let Some(slot) = parents.get_mut(entity) {
            *slot = None;
        }
        at = holder.filter(|_| !closes);
    }
    parents
}

/// Depth first: the tree of the target, the others in the order of the holdings, then circles apart. Each entity once.
fn order(
    edges: &[Edge],
    parents: &[Option<usize>],
    size: usize,
    target: Option<usize>,
) -> Vec<(usize, usize)> {
    let parent = |entity: usize| {
        let edge = parents.get(entity).copied().flatten()?;
        edges.get(edge).map(|edge| edge.holder)
    };
    let mut children: Vec<Vec<usize>> = vec![vec![]; size];
    for (index, edge) in edges.iter().enumerate() {
        if parents.get(edge.held) == Some(&Some(index))
            && let Some(list) = children.get_mut(edge.holder)
        {
            list.push(edge.held);
        }
    }
    let mut top = target;
    while let Some(above) = top.and_then(parent) {
        top = Some(above);
    }
    let is_root = |entity: &usize| parent(*entity).is_none();
    let starts = top
        .into_iter()
        .chain(edges.iter().map(|edge| edge.holder).filter(is_root))
        .chain((0..size).filter(is_root))
        .chain(0..size);
    let mut order = Vec::with_capacity(size);
    let mut placed = vec![false; size];
    for start in starts {
        let mut waiting = vec![(start, 0)];
        while let Some((entity, depth)) = waiting.pop() {
            let Some(slot) = placed.get_mut(entity).filter(|slot| !**slot) else {
                continue;
            };
            *slot = true;
            order.push((entity, depth));
            let below = children.get(entity).into_iter().flatten().rev();
            waiting.extend(below.map(|child| (*child, depth + 1)));
        }
    }
    order
}
