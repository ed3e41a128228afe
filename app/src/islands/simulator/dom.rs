//! The browser's side of the simulator: reads the fields of the form, and does at once what its buttons ask.
//!
//! Invariant: the fields belong to the browser. Nothing here writes into them, so that nothing typed, even before this code
//! arrived, is ever lost.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement};

use super::answers::{Act, Answers};
use super::live::Live;

/// Follows the form from the moment it is in the page.
pub(super) fn watch(form: NodeRef<html::Form>, live: Live) {
    Effect::new(move |_| {
        let Some(form) = form.get() else { return };
        refresh(&form, live);
        let typed = form.clone();
        listen(&form, "input", move |_| refresh(&typed, live));
        let clicked = form.clone();
        listen(&form, "click", move |event| click(&clicked, live, &event));
    });
}

fn refresh(form: &HtmlFormElement, live: Live) {
    live.answers.set(Answers::from_pairs(pairs(form)));
}

/// Buttons that add or remove a row act at once; the one that computes sends the form.
fn click(form: &HtmlFormElement, live: Live, event: &Event) {
    let act = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("button[name=do]").ok().flatten())
        .and_then(|button| button.get_attribute("value"))
        .and_then(|value| Act::from_value(&value));
    let Some(act) = act.filter(|act| *act != Act::Check) else {
        return;
    };
    event.prevent_default();
    let mut answers = Answers::from_pairs(pairs(form));
    let focus = answers.apply(act);
    live.answers.set(answers);
    if let Some(id) = focus {
        request_animation_frame(move || {
            let field = document()
                .get_element_by_id(&id)
                .and_then(|element| element.dyn_into::<HtmlElement>().ok());
            if let Some(field) = field {
                let _ = field.focus();
            }
        });
    }
}

/// The names and values that the form would send.
fn pairs(form: &HtmlFormElement) -> Vec<(String, String)> {
    let fields = form.elements();
    (0..fields.length())
        .filter_map(|index| fields.item(index))
        .filter_map(|element| match element.dyn_into::<HtmlInputElement>() {
            Ok(input) if input.type_() == "checkbox" && !input.checked() => None,
            Ok(input) => Some((input.name(), input.value())),
            Err(element) => {
                let select = element.dyn_into::<HtmlSelectElement>().ok()?;
                Some((select.name(), select.value()))
            }
        })
        .collect()
}

/// The listener lives as long as the page, like the form.
fn listen(form: &HtmlFormElement, event: &str, run: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(run);
    let _ = form.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}
