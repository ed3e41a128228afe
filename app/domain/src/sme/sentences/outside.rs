//! Sentences on what adds no figure: exempt investors, natural persons, and the rest.

use super::{list, reason};
use crate::decimal::Percent;
use crate::sme::consolidate::Findings;
use crate::sme::explain::{Reason, ReasonCode};
use crate::sme::graph::{Graph, Node, PersonGroup};
use crate::sme::links::Link;
use crate::text::Lang::{En, Fr};

pub(in crate::sme) fn exempt(graph: &Graph<'_>, node: Node, share: Percent, held: Node) -> Reason {
    let (id, held) = (graph.name(node), graph.name(held));
    reason(
        ReasonCode::ExemptInvestor,
        format!(
            "{id} détient {} de {held}, mais c’est un investisseur que la définition écarte jusqu’à 50\u{a0}%, sans lien\u{a0}: \
             ses chiffres ne comptent pas.",
            share.display(Fr)
        ),
        format!(
            "{id} holds {} of {held}, but the definition sets such an investor aside up to 50%, without a link: its figures \
             do not count.",
            share.display(En)
        ),
    )
}

pub(in crate::sme) fn investment_assumed(id: &str) -> Reason {
    reason(
        ReasonCode::InvestmentAssumed,
        format!(
            "Montant investi par {id} non indiqué\u{a0}: supposé inférieur à 1\u{202f}250\u{202f}000\u{a0}€. À vérifier."
        ),
        format!("Amount invested by {id} not given: taken as below €1,250,000. To be checked."),
    )
}

pub(in crate::sme) fn angel_above_ceiling(id: &str) -> Reason {
    reason(
        ReasonCode::AngelAboveCeiling,
        format!(
            "{id} a investi 1\u{202f}250\u{202f}000\u{a0}€ ou plus dans l’entreprise\u{a0}: l’exception ne joue plus."
        ),
        format!(
            "{id} has invested €1,250,000 or more in the enterprise: the exception no longer applies."
        ),
    )
}

pub(in crate::sme) fn person(findings: &Findings<'_>, node: Node) -> Reason {
    let graph = &findings.graph;
    let id = graph.name(node);
    let linking = findings.links.iter().find_map(|link| match link {
        Link::Persons {
            persons,
            controlled,
        } if persons.contains(&node) => Some(controlled),
        _ => None,
    });
    if let Some(controlled) = linking {
        return reason(
            ReasonCode::PersonLinks,
            format!(
                "{id} est une personne physique, sans chiffres propres\u{202f}; elle relie {}.",
                list(graph, controlled, "et")
            ),
            format!(
                "{id} is a natural person, without figures; it links {}.",
                list(graph, controlled, "and")
            ),
        );
    }
    let several = graph
        .edges
        .iter()
        .filter(|edge| edge.holder == node)
        .take(2)
        .count()
        > 1;
    let alone = |group: &PersonGroup| group.members == [node] && !group.same_market;
    let unrelated = several && graph.persons.iter().any(alone);
    let (fr, en) = if unrelated {
        (
            "ses entreprises n’agissent pas sur le même marché ni sur des marchés contigus, donc aucun lien",
            "its enterprises act neither on the same market nor on adjacent ones, hence no link",
        )
    } else {
        (
            "elle ne relie pas d’autre entreprise à celle-ci",
            "it links no other enterprise with this one",
        )
    };
    reason(
        ReasonCode::PersonDoesNotLink,
        format!("{id} est une personne physique\u{a0}: {fr}."),
        format!("{id} is a natural person: {en}."),
    )
}

pub(in crate::sme) fn not_attached(id: &str) -> Reason {
    reason(
        ReasonCode::NotAttached,
        format!("{id} n’est ni liée, ni partenaire directe\u{a0}: ses chiffres ne comptent pas."),
        format!("{id} is neither linked nor an immediate partner: its figures do not count."),
    )
}
