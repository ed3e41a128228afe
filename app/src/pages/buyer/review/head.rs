//! The top of a review: whose declaration, where it stands, who holds the pen, and the buttons that move it.

use domain::lifecycle::{CommandKind, Side, Status};
use leptos::prelude::*;

use super::holder;
use crate::i18n::Lang;
use crate::pages::buyer::address;
use crate::pages::shared::status::{SideChip, StateLine};
use crate::pages::supplier::comparison_path;
use crate::ui::{Button, ButtonKind};
use crate::views::ReviewView;

#[component]
pub(super) fn Head(lang: Lang, view: ReviewView) -> AnyView {
    let can = |kind: CommandKind| view.allowed.contains(&kind);
    let revision = view
        .revision
        .map(|revision| format!(" · version {revision}"));
    // What an agent is told to do is for the one who holds the review.
    let state = if view.status == Status::InReview && !view.held_by_me {
        view! { <p><SideChip lang=lang status=view.status side=Side::Buyer/></p> }.into_any()
    } else {
        view! { <StateLine lang=lang status=view.status side=Side::Buyer/> }.into_any()
    };
    // A version sent after another shows what changed: a correction, an amendment, a renewal.
    let compared = view.revision.filter(|number| *number > 1).map(|number| {
        let href = comparison_path(&address::review(view.id), number);
        let words = match lang {
            Lang::Fr => format!("Voir ce qui a changé depuis la version {}", number - 1),
            Lang::En => format!("See what changed since version {}", number - 1),
        };
        view! {
            <p>
                <a href=href>{words}</a>
            </p>
        }
    });
    let start = can(CommandKind::StartReview).then(|| {
        view! {
            <form method="post" action="/fn/start-review">
                <Act view=view.clone()/>
                <Button label=lang.pick("Commencer l’examen", "Start the review")/>
                <p class="hint">
                    {lang
                        .pick(
                            "L’entreprise en est prévenue et ne peut plus reprendre sa déclaration. Lire cette page ne change rien.",
                            "The company is told and can no longer take its declaration back. Reading this page changes nothing.",
                        )}
                </p>
            </form>
        }
    });
    let release = can(CommandKind::Release).then(|| {
        view! {
            <form method="post" action="/fn/release-review">
                <Act view=view.clone()/>
                <Button
                    label=lang.pick("Remettre dans la file", "Put back in the queue")
                    kind=ButtonKind::Secondary
                />
            </form>
        }
    });
    view! {
        <header class="review-head">
            <h1>{view.company_name.clone()}</h1>
            <p class="identity">
                {lang.pick("Déclaration ", "Declaration ")} <strong>{view.reference.clone()}</strong>
                {revision} " · SIREN " {view.siren.formatted()}
            </p>
            {compared}
            {state}
            <p>{holder(lang, &view)}</p>
            <div class="head-acts">{start} {release}</div>
        </header>
    }
    .into_any()
}

/// The declaration and the version that the agent saw.
#[component]
pub(super) fn Act(view: ReviewView) -> AnyView {
    view! {
        <input type="hidden" name="id" value=view.id.to_string()/>
        <input type="hidden" name="version" value=view.version.to_string()/>
    }
    .into_any()
}
