//! The island that shows a question as soon as it is asked; without it, the server does at the next save.

use leptos::html;
use leptos::prelude::*;

/// Put inside the form of a step; `step` is the last part of its address.
#[island]
pub fn QuestionsFollowAnswers(step: String) -> impl IntoView {
    let place = NodeRef::<html::Span>::new();
    #[cfg(feature = "hydrate")]
    if let Some(step) = domain::form::StepCode::from_slug(&step) {
        super::dom::follow(place, move |form, answers| {
            super::dom::toggle(form, step, answers);
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = step;
    view! { <span hidden node_ref=place></span> }
}
