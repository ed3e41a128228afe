//! The three targets: the rate, the target, what it counts and what it does not.

use domain::decimal::Hundredths;
use domain::indicators::Measure;
use leptos::prelude::*;

use super::chart::gauge;
use super::words::percent;
use crate::i18n::{Lang, euros};
use crate::pages::buyer::address;
use crate::site;
use crate::views::IndicatorsView;

/// One target, ready to be drawn.
struct Target {
    title: &'static str,
    rate: Option<Hundredths>,
    goal: u8,
    /// Numerator and denominator in a sentence.
    count: String,
    note: String,
    /// What stands beside it and is not in it: a sentence, and the address of its list.
    beside: Option<(String, String)>,
    counted: (Measure, &'static str),
    missed: (Measure, &'static str),
}

#[component]
pub(super) fn Targets(lang: Lang, targets: site::Targets, found: IndicatorsView) -> AnyView {
    let cards = [
        environmental(lang, targets.environmental_clauses, &found),
        social(lang, targets.social_clauses, &found),
        solidarity(lang, targets.solidarity, &found),
    ]
    .map(|target| card(lang, &found, target))
    .into_iter()
    .collect_view();
    view! {
        <section class="targets" aria-label=lang.pick("Les trois objectifs", "The three targets")>
            {cards}
        </section>
    }
    .into_any()
}

fn of_contracts(lang: Lang, part: Hundredths, of: Hundredths) -> String {
    let (part, of) = (part.display(lang), of.display(lang));
    match lang {
        Lang::Fr => format!("{part} marchés sur {of}"),
        Lang::En => format!("{part} of {of} contracts"),
    }
}

fn wide(lang: Lang, words: &str, rate: Option<Hundredths>) -> String {
    match lang {
        Lang::Fr => format!("{words}\u{A0}: {}", percent(lang, rate)),
        Lang::En => format!("{words}: {}", percent(lang, rate)),
    }
}

fn environmental(lang: Lang, target: u8, found: &IndicatorsView) -> Target {
    let report = &found.report;
    Target {
        title: lang.pick("Clauses environnementales", "Environmental clauses"),
        rate: report.env_clause_pct,
        goal: target,
        count: of_contracts(lang, report.env_clause_count, report.n_contracts),
        note: wide(
            lang,
            lang.pick("Clause ou critère", "Clause or criterion"),
            report.env_any_pct,
        ),
        beside: None,
        counted: (
            Measure::Environmental,
            lang.pick("Marchés avec clause", "Contracts with a clause"),
        ),
        missed: (
            Measure::NotEnvironmental,
            lang.pick("Marchés sans clause", "Contracts without clause"),
        ),
    }
}

fn social(lang: Lang, target: u8, found: &IndicatorsView) -> Target {
    let report = &found.report;
    Target {
        title: lang.pick("Clauses sociales", "Social clauses"),
        rate: report.social_clause_pct,
        goal: target,
        count: of_contracts(lang, report.social_clause_count, report.n_contracts),
        note: wide(
            lang,
            lang.pick(
                "Clause, critère ou marché réservé",
                "Clause, criterion or reserved contract",
            ),
            report.social_any_pct,
        ),
        beside: None,
        counted: (
            Measure::Social,
            lang.pick("Marchés avec clause", "Contracts with a clause"),
        ),
        missed: (
            Measure::NotSocial,
            lang.pick("Marchés sans clause", "Contracts without clause"),
        ),
    }
}

fn solidarity(lang: Lang, target: u8, found: &IndicatorsView) -> Target {
    let report = &found.report;
    let (amount, total) = (
        euros(lang, report.solidarity_amount),
        euros(lang, report.amount_total),
    );
    let (low, high) = (
        percent(lang, report.solidarity_low_pct),
        percent(lang, report.solidarity_high_pct),
    );
    Target {
        title: lang.pick("Achats solidaires", "Solidarity purchases"),
        rate: report.solidarity_pct,
        goal: target,
        count: match lang {
            Lang::Fr => format!("{amount} sur {total}"),
            Lang::En => format!("{amount} of {total}"),
        },
        note: match lang {
            Lang::Fr => format!(
                "Montants des marchés notifiés, hors taxes, et non paiements. Selon la part des cotraitants\u{A0}: de {low} à {high}."
            ),
            Lang::En => format!(
                "Amounts of the contracts notified, excluding tax, not payments. Depending on the shares of co-contractors: {low} to {high}."
            ),
        },
        beside: indirect(lang, found),
        counted: (
            Measure::Solidarity,
            lang.pick("Marchés qui comptent", "Contracts that count"),
        ),
        missed: (
            Measure::Amounts,
            lang.pick("Tous les montants", "All amounts"),
        ),
    }
}

/// Subcontracts are of the whole year.
fn indirect(lang: Lang, found: &IndicatorsView) -> Option<(String, String)> {
    let figure = found.report.indicators.get("I3s")?;
    let (amount, rate) = (euros(lang, figure.numerator), percent(lang, figure.value));
    let said = match lang {
        Lang::Fr => format!(
            "À part, et jamais ajoutés\u{A0}: {amount} d’achats indirects, sous-traités à des entreprises solidaires ({rate} des montants)."
        ),
        Lang::En => format!(
            "Apart, and never added: {amount} of indirect purchases, subcontracted to solidarity enterprises ({rate} of the amounts)."
        ),
    };
    found
        .narrowing
        .is_empty()
        .then(|| (said, address::subcontracts(&found.subcontracts())))
}

fn card(lang: Lang, found: &IndicatorsView, target: Target) -> AnyView {
    let link = |(measure, label): (Measure, &'static str)| {
        let href = address::contracts(&found.contracts(measure));
        view! {
            <li>
                <a href=href>{label} <span class="visually-hidden">{format!(" ({})", target.title)}</span></a>
            </li>
        }
    };
    let (beside, indirect) = target.beside.map_or((None, None), |(said, href)| {
        let label = lang.pick(
            "Actes de sous-traitance qui comptent",
            "Subcontracts that count",
        );
        (
            Some(view! { <p class="target-note">{said}</p> }),
            Some(view! { <li><a href=href>{label}</a></li> }),
        )
    });
    let goal = match lang {
        Lang::Fr => format!("Objectif\u{A0}: {}\u{A0}%", target.goal),
        Lang::En => format!("Target: {}%", target.goal),
    };
    let reached = target
        .rate
        .is_some_and(|rate| rate >= Hundredths::from_units(target.goal.into()));
    let state = if reached {
        lang.pick("atteint", "reached")
    } else {
        lang.pick("non atteint", "not reached")
    };
    view! {
        <article class="target">
            <h2>{target.title}</h2>
            <p class="target-rate">{percent(lang, target.rate)}</p>
            {gauge(target.rate, target.goal)}
            <p class="target-goal">{goal} " (" {state} ")"</p>
            <p>{target.count}</p>
            <p class="target-note">{target.note}</p>
            {beside}
            <ul class="target-links">{link(target.counted)} {link(target.missed)} {indirect}</ul>
        </article>
    }
    .into_any()
}
