//! The browser's side of a step: follows its form, without ever writing into a field.

use domain::form::StepCode;
use leptos::html::ElementType;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, Event, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};

use super::posted;
use super::shown::hidden_in;

/// Calls `run` with the answers of the form around `place`: once now, then at each change.
pub(super) fn follow<E>(place: NodeRef<E>, run: impl Fn(&HtmlFormElement, Value) + Clone + 'static)
where
    E: ElementType,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    Effect::new(move |_| {
        let Some(form) = place
            .get()
            .and_then(|element| {
                AsRef::<Element>::as_ref(&element)
                    .closest("form")
                    .ok()
                    .flatten()
            })
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        run(&form, posted::answers(pairs(&form)));
        let (run, target) = (run.clone(), form.clone());
        let closure = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
            run(&target, posted::answers(pairs(&target)));
        });
        let _ = form.add_event_listener_with_callback("input", closure.as_ref().unchecked_ref());
        // The listener lives as long as the page, like the form.
        closure.forget();
    });
}

/// The names and values that the form would send.
fn pairs(form: &HtmlFormElement) -> Vec<(String, String)> {
    let fields = form.elements();
    (0..fields.length())
        .filter_map(|index| fields.item(index))
        .filter_map(|element| match element.dyn_into::<HtmlInputElement>() {
            Ok(input)
                if matches!(input.type_().as_str(), "checkbox" | "radio") && !input.checked() =>
            {
                None
            }
            Ok(input) => Some((input.name(), input.value())),
            Err(element) => match element.dyn_into::<HtmlSelectElement>() {
                Ok(select) => Some((select.name(), select.value())),
                Err(element) => {
                    let area = element.dyn_into::<HtmlTextAreaElement>().ok()?;
                    Some((area.name(), area.value()))
                }
            },
        })
        .collect()
}

/// Shows the questions that are asked and hides the others, then notes which ones for the server.
pub(super) fn toggle(form: &HtmlFormElement, step: StepCode, answers: Value) {
    let hidden = hidden_in(step, answers);
    for element in all(form, "[data-question]") {
        let asked = element
            .get_attribute("data-question")
            .is_none_or(|id| !hidden.contains(&id));
        let _ = element.toggle_attribute_with_force("hidden", !asked);
    }
    if let Some(seen) = all(form, "input[name=seen]")
        .pop()
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
    {
        seen.set_value(&hidden.join(","));
    }
    for place in all(form, "[data-evidence-of]") {
        place.set_text_content(evidence(&place).as_deref());
    }
}

/// What proves the kind chosen in the list that this place depends on, copied from the table of the page.
fn evidence(place: &Element) -> Option<String> {
    let page = document();
    let list = page.get_element_by_id(&place.get_attribute("data-evidence-of")?)?;
    let kind = list.dyn_into::<HtmlSelectElement>().ok()?.value();
    page.get_element_by_id(&format!("evidence-{kind}"))?
        .text_content()
}

fn all(form: &HtmlFormElement, selector: &str) -> Vec<Element> {
    let Ok(found) = form.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index))
        .filter_map(|node| node.dyn_into().ok())
        .collect()
}
