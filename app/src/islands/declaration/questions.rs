//! The island that follows the form of a step: it shows a question as soon as it is asked, and computes the size at each key.

use leptos::prelude::*;

/// Put beside the form of a step. It has no property: those would bring a reader of JSON into the browser.
#[island]
pub fn QuestionsFollowAnswers() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    super::dom::follow();
}
