//! What the buyer said of each claim, with a link to the answer to correct.

use domain::form::StepCode;
use domain::lifecycle::{Status, Verdict};
use leptos::prelude::*;

use super::claim_place::{claim_anchor, place};
use crate::catalogue::use_catalogue;
use crate::i18n::Lang;
use crate::pages::shared::claim::{claim_facts, claim_title};
use crate::pages::shared::wording::verdict_tone;
use crate::ui::{DescriptionList, Entry, Notice, StatusChip, Tone};
use crate::views::{ClaimVerdict, DeclarationView};

/// The claims of the last version sent, those to correct first.
pub fn claims(lang: Lang, view: &DeclarationView) -> impl IntoView + use<> {
    let mut sorted: Vec<&ClaimVerdict> = view.claims.iter().collect();
    sorted.sort_by_key(|line| match line.verdict {
        Verdict::ToFix(_) => 0,
        Verdict::Refused(_) => 1,
        Verdict::Pending => 2,
        Verdict::Accepted => 3,
    });
    let cards = sorted
        .into_iter()
        .map(|line| card(lang, view, line))
        .collect_view();
    view! { <ul class="claims">{cards}</ul> }
}

fn card(lang: Lang, view: &DeclarationView, line: &ClaimVerdict) -> impl IntoView + use<> {
    let title = claim_title(&use_catalogue(), &line.claim, lang);
    // A verdict that is not signed yet is not said.
    let verdict = match view.status {
        Status::Submitted | Status::InReview => &Verdict::Pending,
        _ => &line.verdict,
    };
    let label = match verdict {
        Verdict::Pending => lang.pick("Pas encore de réponse", "No answer yet"),
        verdict => verdict.label().get(lang),
    };
    let editable = view.status.is_editable();
    let to_fix = matches!(verdict, Verdict::ToFix(_));
    let link = (editable && to_fix).then(|| {
        let place = place(&line.claim, &view.draft);
        let step = place.step.title().get(lang);
        let words = match lang {
            Lang::Fr => format!("Corriger dans l’étape «\u{202F}{step}\u{202F}»"),
            Lang::En => format!("Correct it in the step “{step}”"),
        };
        let about = format!(" ({title})");
        view! {
            <p>
                <a href=place.href(view.id)>{words} <span class="visually-hidden">{about}</span></a>
            </p>
        }
    });
    let reason = verdict.reason().map(|reason| {
        view! {
            <div class="reason">
                <p class="reason-title">{lang.pick("L’acheteur écrit\u{A0}:", "The buyer writes:")}</p>
                <p class="as-typed">{reason.to_owned()}</p>
            </div>
        }
    });
    let entries: Vec<Entry> = claim_facts(&use_catalogue(), &line.claim, lang)
        .into_iter()
        .map(|fact| Entry::new(fact.label, fact.value))
        .collect();
    let class = format!("claim claim-{}", verdict_tone(verdict).word());
    view! {
        <li class=class id=claim_anchor(&line.claim.key) tabindex="-1">
            <div class="claim-head">
                <h3>{title}</h3>
                <StatusChip label=label tone=verdict_tone(verdict)/>
            </div>
            {reason}
            {link}
            <details>
                <summary>{lang.pick("Ce que vous avez déclaré", "What you declared")}</summary>
                <DescriptionList entries=entries/>
            </details>
        </li>
    }
}

/// The remarks that concern one step, at its top.
pub fn of_step(lang: Lang, view: &DeclarationView, step: StepCode) -> Vec<AnyView> {
    view.claims
        .iter()
        .filter_map(|line| match &line.verdict {
            Verdict::ToFix(reason) => Some((line, reason.clone())),
            _ => None,
        })
        .filter_map(|(line, reason)| {
            let place = place(&line.claim, &view.draft);
            (place.step == step).then_some((line, reason, place))
        })
        .map(|(line, reason, place)| {
            let title = claim_title(&use_catalogue(), &line.claim, lang);
            let link = place.line.map(|rank| {
                let words = match lang {
                    Lang::Fr => format!("Aller à la ligne {}", rank + 1),
                    Lang::En => format!("Go to line {}", rank + 1),
                };
                view! {
                    <p>
                        <a href=format!("#rows-{rank}")>{words}</a>
                    </p>
                }
            });
            let heading = lang.pick(
                "L’acheteur demande une correction",
                "The buyer asks for a correction",
            );
            view! {
                <Notice tone=Tone::Warning title=heading>
                    <p>
                        <strong>{title}</strong>
                    </p>
                    <p class="as-typed">{reason}</p>
                    {link}
                </Notice>
            }
            .into_any()
        })
        .collect()
}
