//! A view as one piece of text, for what waits for nothing and is not hydrated as a whole.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// Leptos writes a page that waits for its data element by element, each into a buffer of its own, which costs more than
/// the page: what is known already is written at once. Islands inside keep their marks.
pub fn written(view: impl IntoView) -> InertElement {
    InertElement::new(view.into_view().to_html())
}
