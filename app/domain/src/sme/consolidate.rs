//! From a case to its result: links, partners, public bodies, exact sums, categories (articles 3, 4 and 6).

use std::collections::{BTreeMap, BTreeSet};

use super::case::Case;
use super::check;
use super::error::CaseError;
use super::explain;
use super::graph::{Graph, PersonGroup};
use super::kind::Kind;
use super::links::{self, Link};
use super::outcome::{Outcome, Totals};
use super::partners::{self, Neighbour};
use super::public_control::{self, PublicControl};
use super::thresholds::{Category, french, raw};
use crate::decimal::Percent;

/// What was found around the enterprise asked about; the explanation is written from it.
pub(super) struct Findings<'a> {
    pub(super) graph: Graph<'a>,
    pub(super) persons: Vec<PersonGroup<'a>>,
    /// The enterprise and all those linked with it.
    pub(super) ours: BTreeSet<&'a str>,
    /// The same without the links that run through natural persons.
    pub(super) french: BTreeSet<&'a str>,
    pub(super) links: Vec<Link<'a>>,
    pub(super) neighbours: Vec<Neighbour<'a>>,
    pub(super) public: PublicControl<'a>,
    /// What each enterprise adds: its share, and the exact figures.
    pub(super) contributions: BTreeMap<&'a str, (Percent, Totals)>,
}

/// Computes the size of `case.target` for one closed period.
pub fn simulate(case: &Case) -> Result<Outcome, CaseError> {
    check::validate(case)?;
    let graph = Graph::new(case);
    let persons = graph.person_groups();
    let mut groups = links::groups(&graph, &persons);
    let ours = groups.members(&case.target);
    let french_perimeter = links::groups(&graph, &[]).members(&case.target);
    let links = links::explain(&graph, &mut groups, &persons, &ours);
    let neighbours = partners::neighbours(&graph, &mut groups, &ours);
    let public = public_control::find(&graph, &ours);

    let mut shares: BTreeMap<&str, Percent> =
        ours.iter().map(|id| (*id, Percent::HUNDRED)).collect();
    for neighbour in &neighbours {
        if let Some(share) = neighbour.share() {
            shares.extend(neighbour.members.iter().map(|id| (*id, share)));
        }
    }
    // A university that counts as a public body decides the category by itself: like theirs, its accounts may be missing.
    shares.retain(|id, _| {
        !graph.entity(id).is_some_and(|entity| {
            entity.kind == Kind::University && !entity.has_figures() && public.bodies.contains(id)
        })
    });
    let contributions = contributions(&graph, &shares)?;

    let mut total = Totals::default();
    let mut french_total = Totals::default();
    for (id, (_, figures)) in &contributions {
        total.add(*figures);
        if french_perimeter.contains(id) {
            french_total.add(*figures);
        }
    }
    let by_size = raw(&total);
    let eu_category = if public.excludes_sme() {
        Category::NotSme
    } else {
        by_size
    };
    let findings = Findings {
        graph,
        persons,
        ours,
        french: french_perimeter,
        links,
        neighbours,
        public,
        contributions,
    };
    let consolidated = total.rounded();
    Ok(Outcome {
        eu_category,
        fr_category_linked_only: french(&french_total),
        consolidated,
        explanation: explain::explain(&findings, by_size, consolidated),
    })
}

fn contributions<'a>(
    graph: &Graph<'a>,
    shares: &BTreeMap<&'a str, Percent>,
) -> Result<BTreeMap<&'a str, (Percent, Totals)>, CaseError> {
    let mut out = BTreeMap::new();
    for (id, share) in shares {
        let Some(entity) = graph.entity(id) else {
            continue;
        };
        let figures = Totals::of(entity, *share).map_err(|figure| CaseError::MissingFigure {
            id: (*id).to_owned(),
            figure,
        })?;
        out.insert(*id, (*share, figures));
    }
    Ok(out)
}
