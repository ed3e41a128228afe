//! The list of the steps of a procedure, with the state of each.

use leptos::prelude::*;

use super::{StatusChip, Tone};
use crate::i18n::{Lang, Words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    ToDo,
    Started,
    Done,
    /// Holds an error to correct.
    Wrong,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub label: Words,
    /// Absent when the step cannot be opened yet.
    pub href: Option<Words>,
    pub state: StepState,
    /// The step of this page.
    pub current: bool,
}

/// All steps in order; `label` names the list for a screen reader.
#[component]
pub fn StepList(lang: Lang, #[prop(into)] label: Words, steps: Vec<Step>) -> AnyView {
    let items = steps
        .into_iter()
        .map(|step| {
            let (state, tone) = match step.state {
                StepState::ToDo => (lang.pick("À faire", "To do"), Tone::Neutral),
                StepState::Started => (lang.pick("Commencée", "Started"), Tone::Info),
                StepState::Done => (lang.pick("Remplie", "Filled in"), Tone::Success),
                StepState::Wrong => (lang.pick("À corriger", "To correct"), Tone::Danger),
            };
            let current = step.current.then_some("step");
            let name = match step.href {
                Some(href) => {
                    view! { <a href=href aria-current=current>{step.label}</a> }.into_any()
                }
                None => view! { <span aria-current=current>{step.label}</span> }.into_any(),
            };
            view! {
                <li class="step">
                    <span class="step-name">{name}</span>
                    <StatusChip label=state tone=tone/>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="steps" aria-label=label>
            <ol>{items}</ol>
        </nav>
    }
    .into_any()
}
