//! Sentences on the enterprise itself: its category, and public bodies.

use super::{list, reason};
use crate::decimal::Hundredths;
use crate::sme::consolidate::Findings;
use crate::sme::explain::{Reason, ReasonCode};
use crate::sme::graph::{Edge, Graph, Node};
use crate::sme::outcome::Consolidated;
use crate::sme::public_control::PublicControl;
use crate::sme::thresholds::{Category, Exceeded};
use crate::text::Lang::{En, Fr};

pub(in crate::sme) fn category(
    category: Category,
    total: Consolidated,
    exceeded: Option<Exceeded>,
) -> Reason {
    let (decides_fr, decides_en) = exceeded.map_or_else(Default::default, decides);
    let (awu, turnover, balance) = (total.awu, total.turnover_eur, total.balance_eur);
    let (rule_fr, rule_en) = ceilings(category);
    reason(
        ReasonCode::CategoryBySize,
        format!(
            "Total retenu\u{a0}: {} UTA, {}\u{a0}€ de chiffre d’affaires, {}\u{a0}€ de bilan. Par la taille\u{a0}: {} ({rule_fr}).{decides_fr}",
            awu.display(Fr),
            turnover.display(Fr),
            balance.display(Fr),
            category.label().fr
        ),
        format!(
            "Total: {} AWU, €{} of turnover, €{} of balance sheet. By size: {} ({rule_en}).{decides_en}",
            awu.display(En),
            turnover.display(En),
            balance.display(En),
            category.label().en
        ),
    )
}

/// What keeps the enterprise out of the category just below.
fn decides(exceeded: Exceeded) -> (String, String) {
    let (fr, en) = match (exceeded.staff, exceeded.money) {
        (true, false) => (
            "l’effectif atteint le plafond",
            "the staff reaches the ceiling",
        ),
        (false, _) => (
            "le chiffre d’affaires et le bilan dépassent tous deux les plafonds",
            "the turnover and the balance sheet both exceed the ceilings",
        ),
        (true, true) => (
            "l’effectif, le chiffre d’affaires et le bilan atteignent les plafonds",
            "the staff, the turnover and the balance sheet reach the ceilings",
        ),
    };
    let label = exceeded.below.label();
    (
        format!(
            " Ce qui décide\u{a0}: {fr} de la catégorie «\u{202f}{}\u{202f}».",
            label.fr
        ),
        format!(" What decides: {en} of the category “{}”.", label.en),
    )
}

fn ceilings(category: Category) -> (String, String) {
    let Some((staff, turnover, balance)) = category.ceilings() else {
        return (
            "250 UTA ou plus, ou les deux plafonds financiers dépassés".to_owned(),
            "250 AWU or more, or both financial ceilings exceeded".to_owned(),
        );
    };
    let (turnover, balance) = (
        Hundredths::from_units(turnover),
        Hundredths::from_units(balance),
    );
    (
        format!(
            "moins de {staff} UTA, et {}\u{a0}€ de chiffre d’affaires ou {}\u{a0}€ de bilan au plus",
            turnover.display(Fr),
            balance.display(Fr)
        ),
        format!(
            "fewer than {staff} AWU, and at most €{} of turnover or €{} of balance sheet",
            turnover.display(En),
            balance.display(En)
        ),
    )
}

pub(in crate::sme) fn public_control(graph: &Graph<'_>, public: &PublicControl) -> Reason {
    let bodies: Vec<Node> = public.bodies.nodes().collect();
    let share = public.stake.share();
    let (fr, en) = (list(graph, &bodies, "et"), list(graph, &bodies, "and"));
    reason(
        ReasonCode::PublicControl,
        format!(
            "Organismes publics ({fr})\u{a0}: ils contrôlent {} du capital ou des droits de vote. À partir de 25\u{a0}%, ou s’ils \
             dirigent l’entreprise, elle n’est pas une PME, quelle que soit sa taille.",
            share.display(Fr)
        ),
        format!(
            "Public bodies ({en}) control {} of the capital or votes. From 25% on, or when they run the enterprise, it is not \
             an SME, whatever its size.",
            share.display(En)
        ),
    )
}

pub(in crate::sme) fn counts_as_public(id: &str) -> Reason {
    reason(
        ReasonCode::CountsAsPublic,
        format!("Au-delà de 50\u{a0}% ou avec le contrôle, {id} compte comme un organisme public."),
        format!("Above 50% or with control, {id} counts as a public body."),
    )
}

pub(in crate::sme) fn public_holder(findings: &Findings<'_>, node: Node) -> Reason {
    let graph = &findings.graph;
    let (id, target) = (graph.name(node), graph.name(graph.target));
    let direct = graph
        .edges
        .iter()
        .find(|edge| edge.holder == node && edge.held == graph.target);
    let (fr, en) = match direct.map(Edge::share) {
        Some(share) => (
            format!("{id} détient {} de {target}", share.display(Fr)),
            format!("{id} holds {} of {target}", share.display(En)),
        ),
        None => (
            format!("{id} contrôle une société qui détient une part de {target}"),
            format!("{id} controls a company that holds a share of {target}"),
        ),
    };
    if findings.public.excludes_sme() {
        reason(
            ReasonCode::HoldsAsPublic,
            format!("{fr}\u{a0}: cette part compte pour la règle des 25\u{a0}% publics."),
            format!("{en}: this share counts for the public 25% rule."),
        )
    } else {
        let share = findings.public.stake.share();
        reason(
            ReasonCode::PublicBelowQuarter,
            format!(
                "{fr}\u{a0}: les organismes publics restent à {}, sous 25\u{a0}%, sans effet.",
                share.display(Fr)
            ),
            format!(
                "{en}: public bodies stay at {}, below 25%, without effect.",
                share.display(En)
            ),
        )
    }
}

pub(in crate::sme) fn public_not_on_target(graph: &Graph<'_>, node: Node, held: Node) -> Reason {
    let (id, held) = (graph.name(node), graph.name(held));
    reason(
        ReasonCode::PublicElsewhere,
        format!(
            "{id} détient une part de {held}, non de l’entreprise elle-même\u{a0}: la règle des 25\u{a0}% publics n’y regarde pas."
        ),
        format!(
            "{id} holds a share of {held}, not of the enterprise itself: the public 25% rule does not look there."
        ),
    )
}
