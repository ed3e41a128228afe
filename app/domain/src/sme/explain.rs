//! The explanation: one line per entity of the case, what it is to the enterprise asked about, and why.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use super::case::Enterprise;
use super::consolidate::Findings;
use super::kind::Kind;
use super::links::Link;
use super::outcome::{Consolidated, Explanation, Relation};
use super::partners::{ANGEL_CEILING, Attachment, HALF, Neighbour, QUARTER, Standing};
use super::sentences as say;
use super::thresholds::Category;

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
    FiguresNotNeeded,
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
    let mut lines: Vec<Explanation> = findings
        .graph
        .case
        .enterprises
        .iter()
        .map(|(id, entity)| line(findings, &paths, id, entity, by_size, consolidated))
        .collect();
    lines.sort_by(|one, other| {
        (one.relation, &one.enterprise).cmp(&(other.relation, &other.enterprise))
    });
    lines
}

fn line(
    findings: &Findings<'_>,
    paths: &BTreeMap<&str, usize>,
    id: &str,
    entity: &Enterprise,
    by_size: Category,
    consolidated: Consolidated,
) -> Explanation {
    let contribution = findings.contributions.get(id);
    let mut reasons = Vec::new();
    let mut manual_check = false;
    let neighbour = findings
        .neighbours
        .iter()
        .find(|neighbour| neighbour.members.contains(id));
    let relation = if id == findings.graph.case.target {
        reasons.push(say::category(by_size, consolidated));
        if findings.public.excludes_sme() {
            reasons.push(say::public_control(&findings.public));
        }
        Relation::Own
    } else if findings.ours.contains(id) {
        if let Some(link) = paths.get(id).and_then(|index| findings.links.get(*index)) {
            reasons.push(say::link(link));
        }
        Relation::Linked
    } else if let Some(partner) = neighbour.filter(|neighbour| neighbour.share().is_some()) {
        manual_check = partner_reasons(partner, id, &mut reasons);
        Relation::Partner
    } else {
        outside(
            findings,
            neighbour,
            id,
            entity,
            &mut reasons,
            &mut manual_check,
        )
    };
    if findings.public.bodies.contains(id)
        && matches!(relation, Relation::Linked | Relation::Partner)
    {
        reasons.push(say::counts_as_public(id));
        if contribution.is_none() {
            manual_check = true;
            reasons.push(say::figures_not_needed(id));
        }
    }
    if findings.public.holders.contains(id) && !findings.public.bodies.contains(id) {
        reasons.push(say::public_holder(findings, id));
    }
    Explanation {
        enterprise: id.to_owned(),
        kind: entity.kind,
        relation,
        percentage: contribution.map(|(share, _)| *share),
        contribution: contribution.map(|(_, figures)| figures.rounded()),
        in_french_perimeter: findings.french.contains(id),
        manual_check,
        reasons,
    }
}

/// Reasons of a partner or of an enterprise linked with one; true when a person should look.
fn partner_reasons(partner: &Neighbour<'_>, id: &str, reasons: &mut Vec<Reason>) -> bool {
    let touching =
        |attachment: &&Attachment<'_>| attachment.held == id || attachment.holders.contains(&id);
    reasons.extend(partner.partnerships().filter(touching).map(say::partner));
    if reasons.is_empty() {
        reasons.extend(
            partner
                .partnerships()
                .next()
                .map(|attachment| say::linked_to_partner(id, partner, attachment)),
        );
    }
    let angel = |attachment: &Attachment<'_>| attachment.above_ceiling;
    if partner.partnerships().filter(touching).any(angel) {
        reasons.push(say::angel_above_ceiling(id));
    }
    if partner.is_crossed() {
        reasons.push(say::cross_holding(partner));
    }
    if partner.is_ambiguous() {
        reasons.push(say::several_attachments(partner));
    }
    partner.is_ambiguous()
}

/// Entities that add no figure.
fn outside(
    findings: &Findings<'_>,
    neighbour: Option<&Neighbour<'_>>,
    id: &str,
    entity: &Enterprise,
    reasons: &mut Vec<Reason>,
    manual_check: &mut bool,
) -> Relation {
    if findings.public.bodies.contains(id) {
        reasons.push(say::public_holder(findings, id));
        if entity.kind != Kind::PublicBody {
            reasons.push(say::counts_as_public(id));
        }
        return if findings.public.excludes_sme() {
            Relation::PublicBody
        } else {
            Relation::Ignored
        };
    }
    if let Some(neighbour) = neighbour {
        for attachment in neighbour
            .attachments
            .iter()
            .filter(|a| a.held == id || a.holders.contains(&id))
        {
            reasons.push(match attachment.standing {
                Standing::Exempt => say::exempt(id, attachment.share, attachment.held),
                _ => say::below(attachment),
            });
            if attachment.standing == Standing::Exempt {
                if attachment.investment_assumed && entity.kind == Kind::BusinessAngel {
                    *manual_check = true;
                    reasons.push(say::investment_assumed(id));
                }
                return Relation::Exempt;
            }
        }
        if !reasons.is_empty() {
            return Relation::Ignored;
        }
    }
    let held = findings
        .graph
        .holdings
        .iter()
        .find(|h| h.holder == id && findings.ours.contains(h.held.as_str()));
    let Some(holding) = held else {
        let person = entity.kind.is_person() && !findings.graph.is_enterprise(id);
        reasons.push(if person {
            say::person(findings, id)
        } else {
            say::not_attached(id)
        });
        return Relation::Ignored;
    };
    let share = holding.capital_pct.max(holding.voting_pct);
    if entity.kind == Kind::Person {
        reasons.push(say::person(findings, id));
    } else if share < QUARTER {
        reasons.push(say::small_holding(id, share, &holding.held));
    } else if entity.kind == Kind::BusinessAngel
        && (share > HALF
            || holding
                .invested_eur
                .is_some_and(|invested| invested >= ANGEL_CEILING))
    {
        // A natural person without accounts: nothing to add, but no longer an exempt investor either.
        *manual_check = true;
        reasons.push(say::person(findings, id));
    } else if entity.kind.is_exempt_investor() {
        reasons.push(say::exempt(id, share, &holding.held));
        if entity.kind == Kind::BusinessAngel && holding.invested_eur.is_none() {
            *manual_check = true;
            reasons.push(say::investment_assumed(id));
        }
        return Relation::Exempt;
    } else {
        reasons.push(say::public_not_on_target(id, &holding.held));
    }
    Relation::Ignored
}

/// For each linked enterprise, the index of the link by which it is reached first from the enterprise asked about.
fn paths<'a>(findings: &Findings<'a>) -> BTreeMap<&'a str, usize> {
    let mut by_member: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, link) in findings.links.iter().enumerate() {
        for member in link.members() {
            by_member.entry(member).or_default().push(index);
        }
    }
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let mut queue = VecDeque::from([findings.graph.case.target.as_str()]);
    while let Some(from) = queue.pop_front() {
        for index in by_member.remove(from).unwrap_or_default() {
            for member in findings
                .links
                .get(index)
                .map(Link::members)
                .unwrap_or_default()
            {
                if member != findings.graph.case.target && !found.contains_key(member) {
                    found.insert(member, index);
                    queue.push_back(member);
                }
            }
        }
    }
    found
}
