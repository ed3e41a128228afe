//! The answer of the simulator: category, consolidated figures beside the ceilings, and the way on.

use domain::decimal::Hundredths;
use domain::sme::{Category, Outcome};
use leptos::prelude::*;

use super::case::Checked;
use super::form::capital;
use super::live::Live;
use super::result_lines::Lines;
use crate::i18n::{Lang, euros};
use crate::ui::{Button, Column, DataTable, Issues, StatusChip, Tone};

#[component]
pub(super) fn Result(live: Live, focus: bool, start_action: &'static str) -> AnyView {
    let lang = live.lang;
    // Only the headline is in the live region: it is announced when the category changes, not at each key.
    let headline = Memo::new(move |_| live.checked.with(|checked| headline(lang, checked)));
    view! {
        <section class="answer" aria-labelledby="answer-title" tabindex="-1" autofocus=focus id="answer">
            <h2 id="answer-title">{lang.pick("Résultat", "Result")}</h2>
            <p class="answer-headline" role="status">{move || headline.get()}</p>
            {move || match live.checked.get() {
                Checked::Blank => blank(lang).into_any(),
                Checked::Incomplete(issues) => incomplete(issues).into_any(),
                Checked::Done { status, outcome } => done(lang, status, *outcome, start_action).into_any(),
            }}
        </section>
    }
    .into_any()
}

fn headline(lang: Lang, checked: &Checked) -> String {
    match checked {
        Checked::Blank => lang
            .pick("En attente de vos chiffres", "Waiting for your figures")
            .to_owned(),
        Checked::Incomplete(_) => lang
            .pick("Il manque une réponse", "An answer is missing")
            .to_owned(),
        Checked::Done { status, .. } => capital(status.label().get(lang)),
    }
}

fn blank(lang: Lang) -> impl IntoView {
    view! {
        <p class="hint">
            {lang
                .pick(
                    "Donnez l’effectif, le chiffre d’affaires et le total du bilan. Rien n’est enregistré.",
                    "Give the staff, the turnover and the balance sheet total. Nothing is recorded.",
                )}
        </p>
    }
}

fn incomplete(issues: Issues) -> impl IntoView {
    let items = issues
        .0
        .into_iter()
        .map(|issue| {
            let href = format!("#{}", issue.field);
            view! {
                <li>
                    <a href=href>{issue.message}</a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="missing">{items}</ul> }
}

fn done(lang: Lang, status: Category, outcome: Outcome, start_action: &'static str) -> AnyView {
    let (chip, tone) = if status.is_sme() {
        (
            lang.pick("PME au sens européen", "SME under the European definition"),
            Tone::Success,
        )
    } else {
        (lang.pick("N’est pas une PME", "Not an SME"), Tone::Neutral)
    };
    let held_back = (status != outcome.eu_category).then(|| {
        let period = outcome.eu_category.label().get(lang);
        match lang {
            Lang::Fr => format!("Cet exercice donne\u{A0}: {period}. Le seuil n’est franchi que depuis un exercice\u{A0}: la catégorie précédente est conservée."),
            Lang::En => format!("This year gives: {period}. The ceiling has been crossed for one year only: the previous category is kept."),
        }
    });
    let french = outcome.fr_category_linked_only.label().get(lang);
    view! {
        <p>
            <StatusChip label=chip tone=tone/>
        </p>
        {held_back.map(|words| view! { <p>{words}</p> })}
        <p class="hint">
            {lang.pick("Catégorie française, pour comparaison\u{A0}: ", "French category, for comparison: ")}
            {french}
            "."
        </p>
        {figures(lang, &outcome)}
        <Lines lang=lang lines=outcome.explanation/>
        <div class="answer-next">
            <p>
                {lang
                    .pick(
                        "Cette simulation n’engage à rien et n’est pas enregistrée.",
                        "This simulation commits you to nothing and is not recorded.",
                    )}
            </p>
            <Button
                label=lang.pick("Déclarer avec ces réponses", "Declare with these answers")
                formmethod="post"
                formaction=start_action
            />
        </div>
    }
    .into_any()
}

/// The consolidated figures beside the ceilings of their category, or of the greatest SME when above all of them.
pub(crate) fn figures(lang: Lang, outcome: &Outcome) -> AnyView {
    let reference = if outcome.eu_category.is_sme() {
        outcome.eu_category
    } else {
        Category::Medium
    };
    let (staff, turnover, balance) = reference.ceilings().unwrap_or_default();
    let sums = outcome.consolidated;
    let amount = move |value: i64| euros(lang, Hundredths::from_units(value));
    let columns = vec![
        Column::new(lang.pick("Donnée", "Figure")),
        Column::new(lang.pick("Ensemble", "Total")).figures(),
        Column::new(match lang {
            Lang::Fr => format!("Plafond, {}", reference.label().fr),
            Lang::En => format!("Ceiling, {}", reference.label().en),
        })
        .figures(),
    ];
    let below = match lang {
        Lang::Fr => format!("moins de {staff}"),
        Lang::En => format!("fewer than {staff}"),
    };
    view! {
        <DataTable
            caption=lang.pick("Données consolidées et plafonds", "Consolidated figures and ceilings")
            columns=columns
        >
            <tr>
                <th scope="row">{lang.pick("Effectif", "Staff")}</th>
                <td class="figures">{sums.awu.display(lang)}</td>
                <td class="figures">{below}</td>
            </tr>
            <tr>
                <th scope="row">{lang.pick("Chiffre d’affaires", "Turnover")}</th>
                <td class="figures">{euros(lang, sums.turnover_eur)}</td>
                <td class="figures">{amount(turnover)}</td>
            </tr>
            <tr>
                <th scope="row">{lang.pick("Total du bilan", "Balance sheet total")}</th>
                <td class="figures">{euros(lang, sums.balance_eur)}</td>
                <td class="figures">{amount(balance)}</td>
            </tr>
        </DataTable>
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
