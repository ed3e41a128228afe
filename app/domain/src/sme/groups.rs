//! Disjoint groups of enterprises. The representative is always the smallest number, whatever the order of the unions.

use super::graph::{Node, Set};

pub(super) struct Groups {
    parent: Vec<Node>,
}

impl Groups {
    /// Everyone alone.
    pub(super) fn new(size: usize) -> Self {
        Self {
            parent: (0..size).collect(),
        }
    }

    /// The representative of the group of an entity.
    pub(super) fn find(&mut self, node: Node) -> Node {
        let mut root = node;
        while let Some(next) = self.parent.get(root).copied().filter(|next| *next != root) {
            root = next;
        }
        // Shorten the way for the next time.
        let mut step = node;
        while let Some(slot) = self.parent.get_mut(step).filter(|slot| **slot != root) {
            step = std::mem::replace(slot, root);
        }
        root
    }

    /// Puts two entities in one group; false when they already were.
    pub(super) fn union(&mut self, one: Node, other: Node) -> bool {
        let (one, other) = (self.find(one), self.find(other));
        if let Some(slot) = self.parent.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
        one != other
    }

    /// Puts all in one group; true when something changed.
    pub(super) fn union_all(&mut self, nodes: &[Node]) -> bool {
        nodes.windows(2).fold(false, |changed, pair| match pair {
            [one, other] => self.union(*one, *other) || changed,
            _ => changed,
        })
    }

    /// Everyone in the group of an entity, itself included.
    pub(super) fn members(&mut self, node: Node) -> Set {
        let root = self.find(node);
        let mut members = Set::new(self.parent.len());
        for other in 0..self.parent.len() {
            if self.find(other) == root {
                members.insert(other);
            }
        }
        members
    }
}
