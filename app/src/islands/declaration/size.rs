//! The size that the figures of the step give, computed at each key in the browser and at each save by the server.

use domain::form::{Computed, SizeStep};
use leptos::prelude::*;

use crate::i18n::{Lang, NARROW};
use crate::islands::group::{Arithmetic, Drawing, periods};
use crate::islands::simulator::Lines;
use crate::ui::{StatusChip, Tone};

/// The place of the result, as the server draws it; the browser redraws what is in it.
#[component]
pub fn ComputedSize(lang: Lang, answers: SizeStep) -> impl IntoView {
    let computed = computed(lang, &answers);
    view! {
        <section class="answer computed" aria-labelledby="computed-title" hidden=!asked(&answers)>
            <h2 id="computed-title">{lang.pick("Votre taille, calculée", "Your size, computed")}</h2>
            // Only the headline is announced, when it changes.
            <p class="answer-headline" role="status">
                {headline(lang, computed.as_ref())}
            </p>
            <div class="answer-body">{explanation(lang, &answers, computed)}</div>
        </section>
    }
}

pub(super) fn asked(step: &SizeStep) -> bool {
    step.declare == "yes"
}

/// How the declaring company is called in its own group.
pub const fn ours(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Votre entreprise",
        Lang::En => "Your company",
    }
}

/// The size, once every figure and the answer about the group are there.
pub(super) fn computed(lang: Lang, step: &SizeStep) -> Option<Computed> {
    (asked(step) && !step.group.is_empty())
        .then(|| step.computed(ours(lang)))
        .flatten()
}

pub(super) fn headline(lang: Lang, computed: Option<&Computed>) -> String {
    let Some(status) = computed.map(|computed| computed.status) else {
        return lang
            .pick(
                "Le résultat apparaît dès que l’effectif, le chiffre d’affaires et le total du bilan sont donnés pour chaque entreprise qui compte, ainsi que la réponse sur le groupe et, dans un groupe, qui détient qui et à quelle part.",
                "The result appears once the staff, the turnover and the balance sheet total of each enterprise that counts are given, and the answer about the group; in a group, who holds whom and by which share.",
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

/// The drawing follows the lines even while figures are missing.
pub(super) fn explanation(lang: Lang, step: &SizeStep, computed: Option<Computed>) -> AnyView {
    let Some(computed) = computed else {
        let sketch = step.sketch(ours(lang));
        return view! { <Drawing lang=lang case=sketch outcome=None/> }.into_any();
    };
    let (status, outcome) = (computed.status, computed.outcome);
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
    let periods = periods(lang, &computed.by_period);
    let held_back = (status != outcome.eu_category).then(|| {
        let period = outcome.eu_category.label().get(lang);
        match lang {
            Lang::Fr => format!("Cet exercice seul donne «{NARROW}{period}{NARROW}»\u{A0}: un seuil franchi ne compte qu’au bout de deux exercices."),
            Lang::En => format!("This period alone gives “{period}”: a ceiling crossed counts only after two periods."),
        }
    });
    let french = outcome.fr_category_linked_only.label().get(lang);
    let lines = outcome.explanation.clone();
    view! {
        <p>
            <StatusChip label=chip tone=tone/>
        </p>
        {held_back.map(|words| view! { <p>{words}</p> })}
        {periods}
        <p class="hint">
            {lang.pick("Catégorie française, pour comparaison\u{A0}: ", "French category, for comparison: ")}
            {french} "."
        </p>
        <Drawing lang=lang case=computed.case outcome=Some(outcome.clone())/>
        <details>
            <summary>{lang.pick("Comment ce résultat est calculé", "How this result is computed")}</summary>
            <Arithmetic lang=lang outcome=outcome/>
            <Lines lang=lang lines=lines/>
        </details>
    }
    .into_any()
}
