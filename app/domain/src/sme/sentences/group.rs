//! Sentences on linked and partner enterprises.

use super::{list, reason};
use crate::decimal::Percent;
use crate::sme::explain::{Reason, ReasonCode};
use crate::sme::graph::{Graph, Node};
use crate::sme::links::Link;
use crate::sme::partners::{Attachment, Direction, Neighbour};
use crate::text::Lang::{En, Fr};

pub(in crate::sme) fn link(graph: &Graph<'_>, link: &Link) -> Reason {
    match link {
        Link::Votes {
            holders,
            held,
            votes,
        } => votes_link(graph, holders, graph.name(*held), *votes),
        Link::Control {
            holder,
            held,
            control,
        } => {
            let (holder, held) = (graph.name(*holder), graph.name(*held));
            reason(
                ReasonCode::LinkedByControl,
                format!(
                    "{holder} {} ({held})\u{a0}: entreprises liées quel que soit le pourcentage, comptées à 100\u{a0}%.",
                    control.label().fr
                ),
                format!(
                    "{holder} {} ({held}): linked enterprises whatever the percentage, counted in full.",
                    control.label().en
                ),
            )
        }
        Link::Persons {
            persons,
            controlled,
        } => reason(
            ReasonCode::LinkedByPersons,
            format!(
                "{} {} {}, sur le même marché ou sur des marchés contigus\u{a0}: entreprises liées, comptées à 100\u{a0}%.",
                list(graph, persons, "et"),
                if persons.len() > 1 {
                    "agissent de concert et contrôlent"
                } else {
                    "contrôle"
                },
                list(graph, controlled, "et")
            ),
            format!(
                "{} {} {}, on the same market or on adjacent ones: linked enterprises, counted in full.",
                list(graph, persons, "and"),
                if persons.len() > 1 {
                    "act jointly and control"
                } else {
                    "controls"
                },
                list(graph, controlled, "and")
            ),
        ),
        Link::JointAngels { angels } => reason(
            ReasonCode::JointAngels,
            format!(
                "{} investissent de concert et comptent comme un seul investisseur.",
                list(graph, angels, "et")
            ),
            format!(
                "{} invest jointly and count as one investor.",
                list(graph, angels, "and")
            ),
        ),
    }
}

fn votes_link(graph: &Graph<'_>, holders: &[Node], held: &str, votes: Percent) -> Reason {
    let several = holders.len() > 1;
    reason(
        ReasonCode::LinkedByVotes,
        format!(
            "{} {} {} des droits de vote de {held}\u{a0}: entreprises liées, comptées à 100\u{a0}%.",
            list(graph, holders, "et"),
            if several {
                "détiennent ensemble"
            } else {
                "détient"
            },
            votes.display(Fr)
        ),
        format!(
            "{} {} {} of the votes of {held}: linked enterprises, counted in full.",
            list(graph, holders, "and"),
            if several { "together hold" } else { "holds" },
            votes.display(En)
        ),
    )
}

pub(in crate::sme) fn partner(graph: &Graph<'_>, attachment: &Attachment) -> Reason {
    let (fr, en) = holds(graph, attachment);
    reason(
        ReasonCode::Partner,
        format!("{fr}\u{a0}: 25\u{a0}% ou plus sans lien, donc partenaires, comptés au prorata."),
        format!("{en}: 25% or more without a link, hence partners, counted pro rata."),
    )
}

pub(in crate::sme) fn linked_to_partner(
    graph: &Graph<'_>,
    node: Node,
    partner: &Neighbour,
    attachment: &Attachment,
) -> Reason {
    let share = partner.share().unwrap_or_default();
    let id = graph.name(node);
    let ends: Vec<Node> = match attachment.direction {
        Direction::Upstream => attachment.holders.clone(),
        Direction::Downstream => vec![attachment.held],
    };
    reason(
        ReasonCode::LinkedToPartner,
        format!(
            "{id} est liée au partenaire {}\u{a0}: comptée avec lui, à {}.",
            list(graph, &ends, "et"),
            share.display(Fr)
        ),
        format!(
            "{id} is linked with the partner {}: counted with it, at {}.",
            list(graph, &ends, "and"),
            share.display(En)
        ),
    )
}

pub(in crate::sme) fn cross_holding(partner: &Neighbour) -> Reason {
    let share = partner.share().unwrap_or_default();
    reason(
        ReasonCode::CrossHolding,
        format!(
            "Participations croisées\u{a0}: le plus grand pourcentage, {}, est retenu.",
            share.display(Fr)
        ),
        format!(
            "Cross-holdings: the greater percentage, {}, is used.",
            share.display(En)
        ),
    )
}

pub(in crate::sme) fn several_attachments(partner: &Neighbour) -> Reason {
    let share = partner.share().unwrap_or_default();
    reason(
        ReasonCode::SeveralAttachments,
        format!(
            "Ce groupe partenaire se rattache en plusieurs points\u{a0}: le plus grand pourcentage, {}, est retenu. À vérifier.",
            share.display(Fr)
        ),
        format!(
            "This partner group is attached at several places: the greatest percentage, {}, is used. To be checked.",
            share.display(En)
        ),
    )
}

pub(in crate::sme) fn below(graph: &Graph<'_>, attachment: &Attachment) -> Reason {
    let (fr, en) = holds(graph, attachment);
    reason(
        ReasonCode::BelowThreshold,
        format!("{fr}\u{a0}: moins de 25\u{a0}%, les entreprises restent autonomes."),
        format!("{en}: below 25%, the enterprises remain autonomous."),
    )
}

pub(in crate::sme) fn small_holding(
    graph: &Graph<'_>,
    node: Node,
    share: Percent,
    held: Node,
) -> Reason {
    let (id, held) = (graph.name(node), graph.name(held));
    reason(
        ReasonCode::BelowThreshold,
        format!(
            "{id} détient {} de {held}\u{a0}: moins de 25\u{a0}%, sans effet.",
            share.display(Fr)
        ),
        format!(
            "{id} holds {} of {held}: below 25%, without effect.",
            share.display(En)
        ),
    )
}

/// Who holds how much of what.
fn holds(graph: &Graph<'_>, attachment: &Attachment) -> (String, String) {
    let several = attachment.holders.len() > 1;
    (
        format!(
            "{} {} {} de {}",
            list(graph, &attachment.holders, "et"),
            if several {
                "détiennent ensemble"
            } else {
                "détient"
            },
            attachment.share.display(Fr),
            graph.name(attachment.held)
        ),
        format!(
            "{} {} {} of {}",
            list(graph, &attachment.holders, "and"),
            if several { "together hold" } else { "holds" },
            attachment.share.display(En),
            graph.name(attachment.held)
        ),
    )
}
