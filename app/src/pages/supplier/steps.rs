//! The list of the steps with their state, and the line that says that answers are kept but not sent.

use domain::claims::Claim;
use domain::form::StepCode;
use domain::lifecycle::{Status, Verdict};
use leptos::prelude::*;

use super::claim_place::place;
use crate::doors::supplier::step_path;
use crate::i18n::Lang;
use crate::pages::shared::moment::{long_moment, machine};
use crate::ui::{Step, StepList, StepState};
use crate::views::DeclarationView;

/// The rank of a step, from 1.
pub fn rank(step: StepCode) -> usize {
    StepCode::ALL
        .iter()
        .position(|other| *other == step)
        .map_or(0, |index| index + 1)
}

/// The first step that has something to correct; the last one, to check and sign, when none has.
pub fn next_step(view: &DeclarationView) -> StepCode {
    let remark = StepCode::ALL
        .into_iter()
        .find(|step| has_remark(view, *step));
    let wrong = || {
        StepCode::ALL
            .into_iter()
            .find(|step| view.errors.iter().any(|(at, _)| at == step))
    };
    remark.or_else(wrong).unwrap_or(StepCode::Statement)
}

/// A remark waits until the claim that it is about says something else, or is gone.
fn has_remark(view: &DeclarationView, step: StepCode) -> bool {
    let unchanged = |claim: &Claim| {
        view.preview
            .as_ref()
            .is_none_or(|now| now.claims.iter().any(|other| other.hash() == claim.hash()))
    };
    view.status == Status::ChangesRequested
        && view.claims.iter().any(|line| {
            matches!(line.verdict, Verdict::ToFix(_))
                && place(&line.claim, &view.draft).step == step
                && unchanged(&line.claim)
        })
}

fn state(view: &DeclarationView, step: StepCode) -> StepState {
    let wrong = view.errors.iter().any(|(at, _)| *at == step);
    if has_remark(view, step) {
        StepState::Wrong
    } else if step == StepCode::Statement || !view.draft.started(step) {
        StepState::ToDo
    } else if wrong {
        StepState::Started
    } else {
        StepState::Done
    }
}

pub fn step_list(
    lang: Lang,
    view: &DeclarationView,
    current: Option<StepCode>,
) -> impl IntoView + use<> {
    let steps = StepCode::ALL
        .into_iter()
        .map(|step| Step {
            label: step.title().get(lang).into(),
            href: Some(step_path(view.id, step).into()),
            state: state(view, step),
            current: current == Some(step),
        })
        .collect();
    view! { <StepList lang=lang label=lang.pick("Étapes de la déclaration", "Steps of the declaration") steps=steps/> }
}

/// Always at the same place on an editable page.
pub fn save_state(lang: Lang, view: &DeclarationView) -> impl IntoView + use<> {
    let at = long_moment(lang, view.saved_at);
    let sent_before = view.status == Status::ChangesRequested;
    let (before, after) = match (lang, sent_before) {
        (Lang::Fr, false) => ("Brouillon, non transmis. Enregistré le ", "."),
        (Lang::En, false) => ("Draft, not sent. Saved on ", "."),
        (Lang::Fr, true) => ("Corrections non transmises. Enregistré le ", "."),
        (Lang::En, true) => ("Corrections not sent. Saved on ", "."),
    };
    view! {
        <p class="save-state" data-state="saved">
            <span>{before} <time datetime=machine(view.saved_at) data-moment="">{at}</time> {after}</span>
        </p>
    }
}
