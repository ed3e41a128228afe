//! The explanation: one line per entity of the case, what it is to the enterprise asked about, and why.

use serde::Serialize;

use super::case::Enterprise;
use super::consolidate::Findings;
use super::graph::{Edge, Graph, Node};
use super::kind::Kind;
use super::links::Link;
use super::outcome::{Consolidated, Explanation, Relation};
use super::partners::{ANGEL_CEILING, HALF, Neighbour, QUARTER, Standing};
use super::sentences as say;
use super::thresholds::Category;
use crate::decimal::Percent;

/// A reason, with its sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    pub code: ReasonCode,
    pub fr: String,
    pub en: String,
}

/// Closed list of reasons, stable for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// The category that the consolidated figures give.
    CategoryBySize,
    /// Public bodies hold 25 % or more: not an SME whatever the figures.
    PublicControl,
    LinkedByVotes,
    LinkedByControl,
    LinkedByPersons,
    JointAngels,
    Partner,
    /// Linked with a partner.
    LinkedToPartner,
    CrossHolding,
    SeveralAttachments,
    ExemptInvestor,
    InvestmentAssumed,
    AngelAboveCeiling,
    CountsAsPublic,
    HoldsAsPublic,
    PublicBelowQuarter,
    PublicElsewhere,
    BelowThreshold,
    PersonLinks,
    PersonDoesNotLink,
    NotAttached,
}

/// All lines: the enterprise itself, then by relation, then by name.
pub(super) fn explain(
    findings: &Findings<'_>,
    by_size: Category,
    consolidated: Consolidated,
) -> Vec<Explanation> {
    let paths = paths(findings);
    let mut by_relation: [Vec<Explanation>; 6] = Default::default();
    for node in 0..findings.graph.len() {
        let reached = paths
            .get(node)
            .copied()
            .flatten()
            .and_then(|index| findings.links.get(index));
        if let Some(entity) = findings.graph.entity(node) {
            let line = line(findings, reached, node, entity, (by_size, consolidated));
            if let Some(lines) = by_relation.get_mut(line.relation as usize) {
                lines.push(line);
            }
        }
    }
    by_relation.into_iter().flatten().collect()
}

/// What is gathered about one entity.
#[derive(Default)]
struct Draft {
    reasons: Vec<Reason>,
    manual_check: bool,
}

fn line(
    findings: &Findings<'_>,
    reached: Option<&Link>,
    node: Node,
    entity: &Enterprise,
    (by_size, consolidated): (Category, Consolidated),
) -> Explanation {
    let (graph, public) = (&findings.graph, &findings.public);
    let contribution = findings.contribution(node);
    let mut draft = Draft::default();
    let neighbour = findings.neighbours.of(node);
    let relation = if node == graph.target {
        draft
            .reasons
            .push(say::category(by_size, consolidated, findings.exceeded));
        if public.excludes_sme() {
            draft.reasons.push(say::public_control(graph, public));
        }
        Relation::Own
    } else if findings.ours.contains(node) {
        draft
            .reasons
            .extend(reached.map(|link| say::link(graph, link)));
        Relation::Linked
    } else if let Some(partner) = neighbour.filter(|neighbour| neighbour.share().is_some()) {
        partner_reasons(graph, partner, node, &mut draft);
        Relation::Partner
    } else {
        outside(findings, neighbour, node, entity, &mut draft)
    };
    let counted_as_body = public.bodies.contains(node);
    if counted_as_body && matches!(relation, Relation::Linked | Relation::Partner) {
        draft.reasons.push(say::counts_as_public(graph.name(node)));
    }
    if public.holders.contains(node) && !counted_as_body {
        draft.reasons.push(say::public_holder(findings, node));
    }
    Explanation {
        enterprise: graph.name(node).to_owned(),
        kind: entity.kind,
        relation,
        percentage: contribution.map(|(share, _)| *share),
        contribution: contribution.map(|(_, figures)| figures.rounded()),
        in_french_perimeter: findings.french.contains(node),
        manual_check: draft.manual_check,
        reasons: draft.reasons,
    }
}

/// Reasons of a partner, or of an enterprise linked with one.
fn partner_reasons(graph: &Graph<'_>, partner: &Neighbour, node: Node, draft: &mut Draft) {
    for attachment in partner
        .partnerships()
        .filter(|attachment| attachment.touches(node))
    {
        draft.reasons.push(say::partner(graph, attachment));
        if attachment.above_ceiling {
            draft
                .reasons
                .push(say::angel_above_ceiling(graph.name(node)));
        }
    }
    if draft.reasons.is_empty() {
        let attachment = partner.partnerships().next();
        draft.reasons.extend(
            attachment.map(|attachment| say::linked_to_partner(graph, node, partner, attachment)),
        );
    }
    if partner.is_crossed() {
        draft.reasons.push(say::cross_holding(partner));
    }
    if partner.is_ambiguous() {
        draft.manual_check = true;
        draft.reasons.push(say::several_attachments(partner));
    }
}

/// Entities that add no figure.
fn outside(
    findings: &Findings<'_>,
    neighbour: Option<&Neighbour>,
    node: Node,
    entity: &Enterprise,
    draft: &mut Draft,
) -> Relation {
    let name = findings.graph.name(node);
    if findings.public.bodies.contains(node) {
        draft.reasons.push(say::public_holder(findings, node));
        if entity.kind != Kind::PublicBody {
            draft.reasons.push(say::counts_as_public(name));
        }
        return if findings.public.excludes_sme() {
            Relation::PublicBody
        } else {
            Relation::Ignored
        };
    }
    let attachments = neighbour
        .map(|neighbour| neighbour.attachments.iter())
        .into_iter()
        .flatten();
    for attachment in attachments.filter(|attachment| attachment.touches(node)) {
        if attachment.standing == Standing::Exempt {
            return exempt(
                &findings.graph,
                node,
                attachment.share,
                attachment.held,
                attachment.investment_assumed,
                draft,
            );
        }
        draft.reasons.push(say::below(&findings.graph, attachment));
    }
    if draft.reasons.is_empty() {
        return not_an_enterprise(findings, node, entity, draft);
    }
    Relation::Ignored
}

fn exempt(
    graph: &Graph<'_>,
    node: Node,
    share: Percent,
    held: Node,
    assumed: bool,
    draft: &mut Draft,
) -> Relation {
    draft.reasons.push(say::exempt(graph, node, share, held));
    if assumed && graph.kind(node) == Kind::BusinessAngel {
        draft.manual_check = true;
        draft
            .reasons
            .push(say::investment_assumed(graph.name(node)));
    }
    Relation::Exempt
}

/// Natural persons and administrations, and enterprises that nothing attaches to ours.
fn not_an_enterprise(
    findings: &Findings<'_>,
    node: Node,
    entity: &Enterprise,
    draft: &mut Draft,
) -> Relation {
    let graph = &findings.graph;
    // Of several holdings the gravest speaks, so that neither names nor their order decide.
    let edge = graph
        .edges
        .iter()
        .filter(|edge| edge.holder == node && findings.ours.contains(edge.held))
        .max_by_key(|edge| {
            let refused = edge.share() >= QUARTER && too_much_for_an_angel(entity.kind, edge);
            (refused, edge.share(), edge.held == graph.target)
        });
    let is_person = entity.kind.is_person() && !graph.is_enterprise(node);
    let Some(edge) =
        edge.filter(|edge| edge.share() > Percent::ZERO && entity.kind != Kind::Person)
    else {
        draft.reasons.push(if is_person {
            say::person(findings, node)
        } else {
            say::not_attached(graph.name(node))
        });
        return Relation::Ignored;
    };
    let share = edge.share();
    if share < QUARTER {
        draft
            .reasons
            .push(say::small_holding(graph, node, share, edge.held));
    } else if too_much_for_an_angel(entity.kind, edge) {
        // A natural person without accounts: nothing to add, but no longer an exempt investor either.
        draft.manual_check = true;
        draft.reasons.push(say::person(findings, node));
    } else if entity.kind.is_exempt_investor() {
        let assumed = edge.holding.invested_eur.is_none();
        return exempt(graph, node, share, edge.held, assumed, draft);
    } else {
        draft
            .reasons
            .push(say::public_not_on_target(graph, node, edge.held));
    }
    Relation::Ignored
}

/// True for a business angel who holds or invested more than the exemption of article 3(2)(a) allows.
fn too_much_for_an_angel(kind: Kind, edge: &Edge<'_>) -> bool {
    let above_ceiling = |invested| invested >= ANGEL_CEILING;
    kind == Kind::BusinessAngel
        && (edge.share() > HALF || edge.holding.invested_eur.is_some_and(above_ceiling))
}

/// For each linked enterprise, the index of the link by which it is reached first from the enterprise asked about.
fn paths(findings: &Findings<'_>) -> Vec<Option<usize>> {
    let graph = &findings.graph;
    let mut by_member: Vec<Vec<usize>> = vec![Vec::new(); graph.len()];
    for (index, link) in findings.links.iter().enumerate() {
        for member in link.members() {
            if let Some(indices) = by_member.get_mut(member) {
                indices.push(index);
            }
        }
    }
    let mut found = vec![None; graph.len()];
    let mut queue = vec![graph.target];
    let mut next = 0;
    while let Some(from) = queue.get(next).copied() {
        next += 1;
        for index in by_member
            .get_mut(from)
            .map(std::mem::take)
            .unwrap_or_default()
        {
            for member in findings
                .links
                .get(index)
                .map(Link::members)
                .unwrap_or_default()
            {
                if let Some(slot) = found
                    .get_mut(member)
                    .filter(|slot| slot.is_none() && member != graph.target)
                {
                    *slot = Some(index);
                    queue.push(member);
                }
            }
        }
    }
    found
}
