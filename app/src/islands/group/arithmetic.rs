//! The arithmetic enterprise by enterprise: what each is, which part of it counts, the totals, the ceilings beside them.

use domain::decimal::{Hundredths, Percent};
use domain::sme::{Category, Consolidated, Explanation, Outcome};
use leptos::prelude::*;

use super::words::relation;
use crate::i18n::{Lang, euros};
use crate::ui::StatusChip;

#[component]
pub fn Arithmetic(lang: Lang, outcome: Outcome) -> AnyView {
    let reference = if outcome.eu_category.is_sme() {
        outcome.eu_category
    } else {
        Category::Medium
    };
    let (staff, turnover, balance) = reference.ceilings().unwrap_or_default();
    let amount = |value: i64| euros(lang, Hundredths::from_units(value));
    let label = reference.label().get(lang);
    let (ceiling, below) = match lang {
        Lang::Fr => (format!("Plafond, {label}"), format!("moins de {staff}")),
        Lang::En => (format!("Ceiling, {label}"), format!("fewer than {staff}")),
    };
    let caption = lang.pick(
        "Calcul, entreprise par entreprise",
        "Computation, enterprise by enterprise",
    );
    let total = figures(lang, outcome.consolidated);
    let lines = outcome
        .explanation
        .into_iter()
        .map(|line| row(lang, line))
        .collect_view();
    view! {
        <section class="scroller" tabindex="0" aria-label=caption>
            <table class="arithmetic">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{lang.pick("Entreprise", "Enterprise")}</th>
                        <th scope="col">{lang.pick("Rôle", "Role")}</th>
                        <th scope="col" class="figures">{lang.pick("Part comptée", "Part counted")}</th>
                        <th scope="col" class="figures">{lang.pick("Effectif", "Staff")}</th>
                        <th scope="col" class="figures">{lang.pick("Chiffre d’affaires", "Turnover")}</th>
                        <th scope="col" class="figures">{lang.pick("Total du bilan", "Balance sheet total")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row" colspan="3">{lang.pick("Total", "Total")}</th>
                        {total}
                    </tr>
                    <tr>
                        <th scope="row" colspan="3">{ceiling}</th>
                        {cells([below, amount(turnover), amount(balance)])}
                    </tr>
                </tfoot>
            </table>
        </section>
        <p class="hint">
            {lang
                .pick(
                    "L’effectif doit rester sous le plafond\u{202F}; un seul des deux montants peut le dépasser.",
                    "The staff must stay below its ceiling; only one of the two amounts may exceed its own.",
                )}
        </p>
    }
    .into_any()
}

fn row(lang: Lang, line: Explanation) -> AnyView {
    let (label, tone) = relation(line.relation);
    let share = line.percentage.unwrap_or(Percent::ZERO).display(lang);
    let parts = line.contribution.unwrap_or_default();
    view! {
        <tr>
            <th scope="row">{line.enterprise}</th>
            <td>
                <StatusChip label=label.get(lang) tone=tone/>
            </td>
            <td class="figures">{share}</td>
            {figures(lang, parts)}
        </tr>
    }
    .into_any()
}

fn figures(lang: Lang, of: Consolidated) -> AnyView {
    cells([
        of.awu.display(lang),
        euros(lang, of.turnover_eur),
        euros(lang, of.balance_eur),
    ])
}

fn cells(words: [String; 3]) -> AnyView {
    words
        .into_iter()
        .map(|words| view! { <td class="figures">{words}</td> })
        .collect_view()
        .into_any()
}

/// The category of each period, when there are several; nothing otherwise.
pub fn periods(lang: Lang, by_period: &[Category]) -> Option<AnyView> {
    let names = ["N-2", "N-1", "N"];
    let skipped = names.len().checked_sub(by_period.len())?;
    let items = names
        .into_iter()
        .skip(skipped)
        .zip(by_period)
        .map(|(name, category)| {
            let period = lang.pick("Exercice\u{A0}", "Period ");
            let colon = lang.pick("\u{A0}: ", ": ");
            view! { <li>{format!("{period}{name}{colon}{}", category.label().get(lang))}</li> }
        })
        .collect_view();
    (by_period.len() > 1).then(|| view! { <ul class="periods">{items}</ul> }.into_any())
}
