//! From a case to its result: links, partners, public bodies, exact sums, categories (articles 3, 4 and 6).

use super::case::Case;
use super::error::CaseError;
use super::explain;
use super::graph::{Graph, Node, Set};
use super::links::{self, Link};
use super::outcome::{Outcome, Totals};
use super::partners::{Neighbour, Neighbours};
use super::public_control::{self, PublicControl};
use super::thresholds::{Category, Exceeded, exceeded, french, raw};
use crate::decimal::Percent;

/// What was found around the enterprise asked about; the explanation is written from it.
pub(super) struct Findings<'a> {
    pub(super) graph: Graph<'a>,
    /// The enterprise and all those linked with it.
    pub(super) ours: Set,
    /// The same without the links that run through natural persons.
    pub(super) french: Set,
    pub(super) links: Vec<Link>,
    pub(super) neighbours: Neighbours,
    pub(super) public: PublicControl,
    /// What each entity adds: its share, and the exact figures.
    pub(super) contributions: Vec<Option<(Percent, Totals)>>,
    /// The ceilings that decide of the category by size.
    pub(super) exceeded: Option<Exceeded>,
}

impl Findings<'_> {
    pub(super) fn contribution(&self, node: Node) -> Option<&(Percent, Totals)> {
        self.contributions.get(node)?.as_ref()
    }
}

/// Computes the size of `case.target` for one closed period.
pub fn simulate(case: &Case) -> Result<Outcome, CaseError> {
    let graph = Graph::new(case)?;
    let mut groups = links::groups(&graph, &graph.persons);
    let ours = groups.members(graph.target);
    let french_perimeter = links::groups(&graph, &[]).members(graph.target);
    let links = links::explain(&graph, &mut groups, &ours);
    let neighbours = Neighbours::find(&graph, &mut groups, &ours);
    let public = public_control::find(&graph, &ours);
    let mut findings = Findings {
        graph,
        ours,
        french: french_perimeter,
        links,
        neighbours,
        public,
        contributions: Vec::new(),
        exceeded: None,
    };

    let mut total = Totals::default();
    let mut french_total = Totals::default();
    for node in 0..findings.graph.len() {
        let contribution = contribution(&findings, node)?;
        if let Some((_, figures)) = contribution {
            total.add(figures);
            if findings.french.contains(node) {
                french_total.add(figures);
            }
        }
        findings.contributions.push(contribution);
    }
    let by_size = raw(&total);
    findings.exceeded = exceeded(&total);
    let consolidated = total.rounded();
    Ok(Outcome {
        eu_category: if findings.public.excludes_sme() {
            Category::NotSme
        } else {
            by_size
        },
        fr_category_linked_only: french(&french_total),
        consolidated,
        explanation: explain::explain(&findings, by_size, consolidated),
    })
}

/// What one entity adds; an error when it adds something and a figure is missing.
fn contribution(
    findings: &Findings<'_>,
    node: Node,
) -> Result<Option<(Percent, Totals)>, CaseError> {
    let share = if findings.ours.contains(node) {
        Some(Percent::HUNDRED)
    } else {
        findings.neighbours.of(node).and_then(Neighbour::share)
    };
    let (Some(share), Some(entity)) = (share, findings.graph.entity(node)) else {
        return Ok(None);
    };
    match Totals::of(entity, share) {
        Ok(figures) => Ok(Some((share, figures))),
        Err(figure) => Err(CaseError::MissingFigure {
            id: findings.graph.name(node).to_owned(),
            figure,
        }),
    }
}
