//! The size that the figures of the step give, computed at each key in the browser and at each save by the server.

use domain::form::SizeStep;
use domain::sme::{Category, Explanation, Outcome};
use leptos::prelude::*;

use crate::i18n::{Lang, NARROW};
use crate::islands::simulator::{Lines, figures};
use crate::ui::{StatusChip, Tone};

/// The code of the declaring company in its own case.
const OURS: &str = "declarant";

/// The place of the result, as the server draws it; the browser redraws what is in it.
#[component]
pub fn ComputedSize(lang: Lang, answers: SizeStep) -> impl IntoView {
    let outcome = computed(&answers);
    view! {
        <section class="answer computed" aria-labelledby="computed-title" hidden=!asked(&answers)>
            <h2 id="computed-title">{lang.pick("Votre taille, calculée", "Your size, computed")}</h2>
            // Only the headline is announced, when it changes.
            <p class="answer-headline" role="status">
                {headline(lang, outcome.as_ref())}
            </p>
            <div class="answer-body">
                {outcome.map(|(status, outcome)| explanation(lang, status, outcome))}
            </div>
        </section>
    }
}

pub(super) fn asked(step: &SizeStep) -> bool {
    step.declare == "yes"
}

/// The size, once every figure and the answer about the group are there.
pub(super) fn computed(step: &SizeStep) -> Option<(Category, Outcome)> {
    (asked(step) && !step.group.is_empty())
        .then(|| step.outcome())
        .flatten()
}

/// The rules know the declaring company under a code: people read what it is.
fn named(lang: Lang, mut lines: Vec<Explanation>) -> Vec<Explanation> {
    let ours = lang.pick("Votre entreprise", "Your company");
    for line in &mut lines {
        line.enterprise = line.enterprise.replace(OURS, ours);
        for reason in &mut line.reasons {
            reason.fr = reason.fr.replace(OURS, ours);
            reason.en = reason.en.replace(OURS, ours);
        }
    }
    lines
}

pub(super) fn headline(lang: Lang, outcome: Option<&(Category, Outcome)>) -> String {
    let Some((status, _)) = outcome else {
        return lang
            .pick(
                "Le résultat apparaît dès que l’effectif, le chiffre d’affaires, le total du bilan et la réponse sur le groupe sont donnés.",
                "The result appears once the staff, the turnover, the balance sheet total and the answer about the group are given.",
            )
            .to_owned();
    };
    let label = status.label().get(lang);
    match (lang, status.is_sme()) {
        (Lang::Fr, true) => format!("Vous êtes une PME au sens européen\u{A0}: {label}."),
        (Lang::En, true) => format!("You are an SME under the European definition: {label}."),
        (Lang::Fr, false) => "Vous n’êtes pas une PME au sens européen.".to_owned(),
        (Lang::En, false) => "You are not an SME under the European definition.".to_owned(),
    }
}

pub(super) fn explanation(lang: Lang, status: Category, outcome: Outcome) -> impl IntoView {
    let (chip, tone) = if status.is_sme() {
        (
            lang.pick("Vous pourrez la déclarer", "You can declare it"),
            Tone::Success,
        )
    } else {
        (
            lang.pick(
                "Rien à déclarer sur la taille",
                "Nothing to declare about the size",
            ),
            Tone::Neutral,
        )
    };
    let held_back = (status != outcome.eu_category).then(|| {
        let period = outcome.eu_category.label().get(lang);
        match lang {
            Lang::Fr => format!("Cet exercice seul donne «{NARROW}{period}{NARROW}»\u{A0}: un seuil franchi ne compte qu’au bout de deux exercices."),
            Lang::En => format!("This period alone gives “{period}”: a ceiling crossed counts only after two periods."),
        }
    });
    let french = outcome.fr_category_linked_only.label().get(lang);
    let lines = named(lang, outcome.explanation.clone());
    view! {
        <p>
            <StatusChip label=chip tone=tone/>
        </p>
        {held_back.map(|words| view! { <p>{words}</p> })}
        <p class="hint">
            {lang.pick("Catégorie française, pour comparaison\u{A0}: ", "French category, for comparison: ")}
            {french} "."
        </p>
        <details>
            <summary>{lang.pick("Comment ce résultat est calculé", "How this result is computed")}</summary>
            {figures(lang, &outcome)}
            <Lines lang=lang lines=lines/>
        </details>
    }
}
