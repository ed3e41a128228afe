//! Where the drawing and the arithmetic stand in a page: the server draws them there, the browser an empty place that it fills.

use domain::sme::{Case, Outcome};
use leptos::prelude::*;

use super::arithmetic::arithmetic;
use super::drawing::drawing;
use super::node::Node;
use crate::i18n::Lang;

#[component]
pub fn Drawing(lang: Lang, case: Case, outcome: Option<Outcome>) -> AnyView {
    let nodes = || drawing(lang, &case, outcome.as_ref());
    view! { <div class="group-place" data-group="drawing">{drawn(nodes)}</div> }.into_any()
}

#[component]
pub fn Arithmetic(lang: Lang, outcome: Outcome) -> AnyView {
    let nodes = || arithmetic(lang, &outcome);
    view! { <div class="group-place" data-group="arithmetic">{drawn(nodes)}</div> }.into_any()
}

#[cfg(feature = "ssr")]
fn drawn(nodes: impl FnOnce() -> Vec<Node>) -> Vec<AnyView> {
    nodes().into_iter().map(Node::view).collect()
}

/// The browser fills the place once it is in the page.
#[cfg(not(feature = "ssr"))]
fn drawn(_: impl FnOnce() -> Vec<Node>) -> Option<String> {
    None
}

/// Draws them in the places under an element.
#[cfg(feature = "hydrate")]
pub fn fill(under: &web_sys::Element, lang: Lang, case: &Case, outcome: Option<&Outcome>) {
    let place = |what: &str| {
        let places = under.query_selector(&format!("[data-group={what}]"));
        places.ok().flatten()
    };
    if let Some(place) = place("drawing") {
        for node in drawing(lang, case, outcome) {
            node.append_to(&place);
        }
    }
    if let (Some(place), Some(outcome)) = (place("arithmetic"), outcome) {
        for node in arithmetic(lang, outcome) {
            node.append_to(&place);
        }
    }
}
