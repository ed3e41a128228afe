//! The answer of the simulator: category, consolidated figures beside the ceilings, and the way on.
//!
//! Drawn by the server, then drawn anew by the browser at each change: plain views, small in the browser's module.

use domain::sme::{Case, Category, Outcome};
use leptos::either::EitherOf3;
use leptos::prelude::*;

use super::START_ACTION;
use super::answer_lines::Lines;
use super::case::Checked;
use crate::i18n::{Lang, capital};
use crate::islands::group::{Arithmetic, Drawing};
use crate::ui::{Issues, StatusChip, TextInput, Tone};

/// The first words of the answer, alone in the live region: announced when they change, not at each key.
pub fn headline(lang: Lang, checked: &Checked) -> String {
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

/// All that follows the first words.
pub fn body(lang: Lang, checked: Checked) -> impl IntoView {
    match checked {
        Checked::Blank => EitherOf3::A(blank(lang)),
        Checked::Incomplete(issues) => EitherOf3::B(incomplete(issues)),
        Checked::Done {
            status,
            outcome,
            case,
        } => EitherOf3::C(done(lang, status, *outcome, *case)),
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

fn done(lang: Lang, status: Category, outcome: Outcome, case: Case) -> impl IntoView {
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
    let french = lang.pick(
        "Catégorie française, pour comparaison\u{A0}: ",
        "French category, for comparison: ",
    );
    let french = format!(
        "{french}{}.",
        outcome.fr_category_linked_only.label().get(lang)
    );
    view! {
        <p>
            <StatusChip label=chip tone=tone/>
        </p>
        {held_back.map(|words| view! { <p>{words}</p> })}
        <p class="hint">{french}</p>
        <Drawing lang=lang case=case outcome=Some(outcome.clone())/>
        <Arithmetic lang=lang outcome=outcome.clone()/>
        <Lines lang=lang lines=outcome.explanation/>
        <div class="answer-next">
            <p>
                {lang
                    .pick(
                        "Cette simulation n’engage à rien et n’est pas enregistrée. Une déclaration la reprend en entier\u{A0}: il n’y manque que la date de clôture.",
                        "This simulation commits you to nothing and is not recorded. A declaration takes it over whole: only the closing date is missing.",
                    )}
            </p>
            <TextInput
                lang=lang
                name="number"
                label=lang.pick("SIRET ou SIREN de l’entreprise", "SIRET or SIREN of the company")
                inputmode="numeric"
                width="medium"
            />
            <button class="button" type="submit" formmethod="post" formaction=START_ACTION>
                {lang.pick("Déclarer avec ces réponses", "Declare with these answers")}
            </button>
        </div>
    }
}
