//! The explanation of the simulator, entity by entity.

use domain::sme::Explanation;
use leptos::prelude::*;

use crate::i18n::Lang;
use crate::islands::group::relation;
use crate::ui::StatusChip;

#[component]
pub fn Lines(lang: Lang, lines: Vec<Explanation>) -> impl IntoView {
    let items = lines
        .into_iter()
        .map(|line| item(lang, line))
        .collect_view();
    view! {
        <h3>{lang.pick("Pourquoi", "Why")}</h3>
        <ul class="why">{items}</ul>
    }
}

fn item(lang: Lang, line: Explanation) -> impl IntoView {
    let (label, tone) = relation(line.relation);
    let reasons = line
        .reasons
        .into_iter()
        .map(|reason| view! { <p>{lang.pick(reason.fr, reason.en)}</p> })
        .collect_view();
    let check = line.manual_check.then(|| {
        view! {
            <p>
                <strong>
                    {lang.pick("À vérifier par une personne.", "To be checked by a person.")}
                </strong>
            </p>
        }
    });
    view! {
        <li class="why-line">
            <p class="why-name">
                <strong>{line.enterprise}</strong>
                " "
                <StatusChip label=label.get(lang) tone=tone/>
            </p>
            {reasons}
            {check}
        </li>
    }
}
