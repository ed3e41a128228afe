//! What the register and published lists say beside a claim: agree, differ or unknown, why, from which source and when.

use domain::lists::ListComparison;
use domain::registry::{Agreement, Comparison, RegistryState};
use leptos::prelude::*;

use crate::i18n::{Lang, Text, text};
use crate::pages::shared::moment::long_moment;
use crate::ui::{StatusChip, Tone};

const fn agreement(agreement: Agreement) -> (Text, Tone) {
    match agreement {
        Agreement::Agree => (text("Concorde", "Agrees"), Tone::Success),
        Agreement::Differ => (text("Diffère", "Differs"), Tone::Danger),
        Agreement::Unknown => (text("Non vérifiable", "Cannot be checked"), Tone::Neutral),
    }
}

/// Source and date of what is known of the company.
pub(super) fn source(lang: Lang, registry: &RegistryState) -> String {
    match registry {
        RegistryState::Known(facts) => {
            let (source, at) = (facts.source.label(lang), long_moment(lang, facts.fetched_at));
            match lang {
                Lang::Fr => format!("Source\u{a0}: {source}, le {at}."),
                Lang::En => format!("Source: {source}, read on {at}."),
            }
        }
        RegistryState::Unknown { asked_at } => {
            let at = long_moment(lang, *asked_at);
            match lang {
                Lang::Fr => format!("Le registre, interrogé le {at}, ne connaît pas ce numéro."),
                Lang::En => format!("The register, asked on {at}, does not know this number."),
            }
        }
        RegistryState::Unresolved => lang
            .pick(
                "Le registre n’a pas encore répondu. Rien n’est bloqué\u{a0}: jugez sur les pièces.",
                "The register has not answered yet. Nothing is blocked: judge on the evidence.",
            )
            .to_owned(),
    }
}

#[component]
pub(super) fn Register(
    lang: Lang,
    comparison: Comparison,
    registry: RegistryState,
    lists: Vec<ListComparison>,
) -> AnyView {
    let (label, tone) = agreement(comparison.agreement);
    view! {
        <div class="register">
            <h4>{lang.pick("Ce que dit le registre", "What the register says")}</h4>
            <p>
                <StatusChip label=label.get(lang) tone=tone/>
            </p>
            <p>{comparison.explanation(lang).to_owned()}</p>
            <p class="hint">{source(lang, &registry)}</p>
            {published(lang, lists)}
        </div>
    }
    .into_any()
}

/// What each list says; nothing while no list about this kind was imported.
fn published(lang: Lang, lists: Vec<ListComparison>) -> Option<AnyView> {
    if lists.is_empty() {
        return None;
    }
    let said = lists
        .into_iter()
        .map(|one| {
            let (label, tone) = agreement(one.comparison.agreement);
            let old = one.old.then(|| {
                view! {
                    <p class="hint">
                        {lang
                            .pick(
                                "Cette liste est ancienne\u{a0}: son éditeur en a sans doute publié une autre.",
                                "This list is old: its publisher has probably put out another one.",
                            )}
                    </p>
                }
            });
            view! {
                <p>
                    <StatusChip label=label.get(lang) tone=tone/>
                </p>
                <p>{one.comparison.explanation(lang).to_owned()}</p>
                {old}
            }
        })
        .collect_view();
    Some(
        view! {
            <h4>{lang.pick("Ce que disent les listes publiées", "What the published lists say")}</h4>
            {said}
        }
        .into_any(),
    )
}
