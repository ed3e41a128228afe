//! The last section of a review: what is missing, or what the verdicts add up to and the way to the signature.

use domain::lifecycle::{CommandKind, Refusal, Verdict};
use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::Lang;
use crate::pages::buyer::address;
use crate::pages::buyer::problem::Problem;
use crate::pages::buyer::signature::outcome_words;
use crate::pages::shared::claim::claim_title;
use crate::ui::ButtonLink;
use crate::views::ReviewView;

#[component]
pub(super) fn SignatureSection(lang: Lang, view: ReviewView, pending: usize) -> AnyView {
    if !view.allowed.contains(&CommandKind::Sign) {
        return ().into_any();
    }
    let body = if let Some(outcome) = view.outcome {
        let words = outcome_words(lang, outcome, &view.claims);
        view! {
            <p><strong>{words}</strong></p>
            <div class="actions">
                <ButtonLink
                    href=address::signature(view.id)
                    label=lang.pick("Relire et signer", "Read again and sign")
                />
            </div>
        }
        .into_any()
    } else {
        let missing = view
            .claims
            .iter()
            .enumerate()
            .filter(|(_, reviewed)| reviewed.verdict == Verdict::Pending)
            .map(|(index, reviewed)| {
                let href = format!("#{}", address::anchor(index + 1));
                view! { <li><a href=href>{claim_title(&use_catalogue(), &reviewed.claim, lang)}</a></li> }
            })
            .collect_view();
        let heading = Problem::Refused(Refusal::ClaimsPending { count: pending }).message(lang);
        view! {
            <p>{heading}</p>
            <ul>{missing}</ul>
        }
        .into_any()
    };
    view! {
        <section class="card" id=address::SIGNATURE aria-labelledby="signature-title">
            <h2 id="signature-title">{lang.pick("Signer la décision", "Sign the decision")}</h2>
            {body}
        </section>
    }
    .into_any()
}
