//! The checked case as a graph of numbered entities, in the order of their names, so that the order of the input never
//! matters. Tables are plain vectors: in the browser each kind of map would cost kilobytes.

use super::case::{Case, Enterprise, Figure, Holding};
use super::error::CaseError;
use super::kind::Kind;
use crate::decimal::{DecimalError, Hundredths, Percent};

/// The number of an entity in its graph.
pub(super) type Node = usize;

/// A holding between two entities.
#[derive(Clone, Copy)]
pub(super) struct Edge<'a> {
    pub(super) holder: Node,
    pub(super) held: Node,
    pub(super) holding: &'a Holding,
}

impl Edge<'_> {
    /// The greater of capital and votes.
    pub(super) fn share(&self) -> Percent {
        self.holding.capital_pct.max(self.holding.voting_pct)
    }
}

pub(super) struct Graph<'a> {
    names: Vec<&'a str>,
    entities: Vec<&'a Enterprise>,
    /// Sorted by held, then holder.
    pub(super) edges: Vec<Edge<'a>>,
    pub(super) target: Node,
    pub(super) persons: Vec<PersonGroup>,
}

/// A natural person, or several who act jointly, in order.
pub(super) struct PersonGroup {
    pub(super) members: Vec<Node>,
    /// At least one member is known to have its enterprises on the same market or on adjacent ones.
    pub(super) same_market: bool,
}

impl<'a> Graph<'a> {
    /// Circular holdings are fine; contradictions are not.
    pub(super) fn new(case: &'a Case) -> Result<Self, CaseError> {
        let mut graph = Self {
            names: case.enterprises.keys().map(String::as_str).collect(),
            entities: case.enterprises.values().collect(),
            edges: Vec::with_capacity(case.holdings.len()),
            target: 0,
            persons: Vec::new(),
        };
        graph.check_figures()?;
        graph.target = graph.node(&case.target)?;
        if matches!(
            graph.kind(graph.target),
            Kind::Person | Kind::PublicBody | Kind::SmallLocalAuthority
        ) {
            return Err(CaseError::TargetKind {
                id: case.target.clone(),
            });
        }
        for holding in &case.holdings {
            let edge = graph.edge(holding)?;
            graph.edges.push(edge);
        }
        graph
            .edges
            .sort_unstable_by_key(|edge| (edge.held, edge.holder));
        graph.check_edges()?;
        graph.persons = graph.person_groups(case)?;
        Ok(graph)
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn name(&self, node: Node) -> &'a str {
        self.names.get(node).copied().unwrap_or_default()
    }

    pub(super) fn entity(&self, node: Node) -> Option<&'a Enterprise> {
        self.entities.get(node).copied()
    }

    pub(super) fn kind(&self, node: Node) -> Kind {
        self.entity(node)
            .map_or(Kind::Enterprise, |entity| entity.kind)
    }

    pub(super) fn is_enterprise(&self, node: Node) -> bool {
        self.entity(node)
            .is_some_and(Enterprise::counts_as_enterprise)
    }

    /// Holdings between two enterprises.
    pub(super) fn between_enterprises(&self) -> impl Iterator<Item = &Edge<'a>> {
        self.edges
            .iter()
            .filter(|edge| self.is_enterprise(edge.holder) && self.is_enterprise(edge.held))
    }

    /// The holdings of each held entity together.
    pub(super) fn by_held(&self) -> impl Iterator<Item = &[Edge<'a>]> {
        self.edges.chunk_by(|one, other| one.held == other.held)
    }

    fn node(&self, name: &str) -> Result<Node, CaseError> {
        self.names
            .binary_search(&name)
            .map_err(|_| CaseError::MissingEnterprise {
                id: name.to_owned(),
            })
    }

    fn check_figures(&self) -> Result<(), CaseError> {
        for (name, entity) in self.names.iter().zip(&self.entities) {
            for figure in Figure::ALL {
                if entity
                    .figure(figure)
                    .is_some_and(|value| value < Hundredths::ZERO)
                {
                    let id = (*name).to_owned();
                    return Err(CaseError::NegativeFigure { id, figure });
                }
            }
        }
        Ok(())
    }

    fn edge(&self, holding: &'a Holding) -> Result<Edge<'a>, CaseError> {
        let (holder, held) = (self.node(&holding.holder)?, self.node(&holding.held)?);
        if holder == held {
            return Err(CaseError::HoldsItself {
                id: holding.held.clone(),
            });
        }
        if self.kind(held) == Kind::Person {
            return Err(CaseError::PersonHeld {
                id: holding.held.clone(),
            });
        }
        if holding
            .invested_eur
            .is_some_and(|value| value < Hundredths::ZERO)
        {
            return Err(CaseError::BadNumber {
                path: format!("{} → {}, invested_eur", holding.holder, holding.held),
                error: DecimalError::Negative,
            });
        }
        Ok(Edge {
            holder,
            held,
            holding,
        })
    }

    fn check_edges(&self) -> Result<(), CaseError> {
        let twice = self.edges.windows(2).find_map(|pair| match pair {
            [one, other] if one.held == other.held && one.holder == other.holder => {
                Some(one.holding)
            }
            _ => None,
        });
        if let Some(Holding { holder, held, .. }) = twice {
            return Err(CaseError::PairTwice {
                holder: holder.clone(),
                held: held.clone(),
            });
        }
        for held in self.by_held() {
            let stake = Stake::of(held);
            if stake.share() > Percent::HUNDRED {
                return Err(CaseError::Over100 {
                    id: held
                        .first()
                        .map(|edge| edge.holding.held.clone())
                        .unwrap_or_default(),
                    votes: stake.capital <= Percent::HUNDRED.raw(),
                });
            }
        }
        Ok(())
    }

    /// Each person alone, then those who act jointly.
    fn person_groups(&self, case: &Case) -> Result<Vec<PersonGroup>, CaseError> {
        let active = self.person_set(&case.persons_active_in_same_or_adjacent_market)?;
        let mut groups: Vec<Vec<Node>> = (0..self.len())
            .filter(|node| self.kind(*node).is_person() && !self.is_enterprise(*node))
            .map(|node| vec![node])
            .collect();
        for names in &case.persons_acting_jointly {
            groups.push(self.person_set(names)?.nodes().collect());
        }
        Ok(groups
            .into_iter()
            .map(|members| PersonGroup {
                same_market: members.iter().any(|member| active.contains(*member)),
                members,
            })
            .collect())
    }

    fn person_set(&self, names: &[String]) -> Result<Set, CaseError> {
        let mut set = Set::new(self.len());
        for name in names {
            let node = self.node(name)?;
            if !self.kind(node).is_person() {
                return Err(CaseError::NotAPerson { id: name.clone() });
            }
            set.insert(node);
        }
        Ok(set)
    }
}

/// A set of entities.
#[derive(Clone)]
pub(super) struct Set(Vec<bool>);

impl Set {
    pub(super) fn new(size: usize) -> Self {
        Self(vec![false; size])
    }

    pub(super) fn contains(&self, node: Node) -> bool {
        self.0.get(node).copied().unwrap_or_default()
    }

    /// True when the entity was not there before.
    pub(super) fn insert(&mut self, node: Node) -> bool {
        match self.0.get_mut(node) {
            Some(slot) => !std::mem::replace(slot, true),
            None => false,
        }
    }

    pub(super) fn remove(&mut self, node: Node) {
        if let Some(slot) = self.0.get_mut(node) {
            *slot = false;
        }
    }

    /// In order.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> {
        self.0
            .iter()
            .enumerate()
            .filter_map(|(node, present)| present.then_some(node))
    }
}

/// Capital and votes held together, summed apart.
#[derive(Clone, Copy, Default)]
pub(super) struct Stake {
    pub(super) capital: u128,
    pub(super) votes: u128,
    /// One of the rights that make a link is among them.
    pub(super) control: bool,
}

impl Stake {
    pub(super) fn of<'e, 'a: 'e>(edges: impl IntoIterator<Item = &'e Edge<'a>>) -> Self {
        let mut stake = Self::default();
        for edge in edges {
            stake.add(edge);
        }
        stake
    }

    pub(super) fn add(&mut self, edge: &Edge<'_>) {
        self.capital += edge.holding.capital_pct.raw();
        self.votes += edge.holding.voting_pct.raw();
        self.control |= edge.holding.control.is_some();
    }

    /// The greater of the two sums.
    pub(super) fn share(&self) -> Percent {
        Percent::from_raw(self.capital.max(self.votes))
    }
}
