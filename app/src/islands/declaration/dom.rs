//! The browser's side of a step: follows its form, without ever writing into a field.

use domain::form::{SizeStep, StepCode};
use leptos::mount::mount_to_renderer;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::follow_lines::name_lines;
use super::posted::posted;
use super::shown::hidden_in;
use super::size::{asked, computed, explanation, headline, ours};
use crate::i18n::Lang;
use crate::islands::events::on;
use crate::islands::group::fill;

/// Follows the form of the page's step; does nothing where there is none.
pub(super) fn follow() {
    let page = document();
    let form = page
        .query_selector("form[action^='/fn/save-']")
        .ok()
        .flatten();
    let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let lang = page
        .document_element()
        .and_then(|root| root.get_attribute("lang"))
        .and_then(|tag| Lang::from_tag(&tag))
        .unwrap_or_default();
    let step = match form.get_attribute("action").as_deref() {
        Some("/fn/save-size") => StepCode::Size,
        Some("/fn/save-solidarity") => StepCode::Solidarity,
        Some("/fn/save-insertion") => StepCode::Insertion,
        Some("/fn/save-pledges") => StepCode::Pledges,
        _ => return,
    };
    let mut redraw = size_of(&form, lang);
    let typed = form.clone();
    let mut names = Vec::new();
    let mut refresh = move || {
        let pairs = pairs(&typed);
        if step == StepCode::Size {
            let size = posted(pairs.clone());
            redraw(&size);
            name_lines(&typed, lang, &size, &mut names);
        }
        toggle(&typed, step, pairs);
    };
    refresh();
    on(&form, "input", move |_| refresh());
}

/// Redraws the computed size when it changes. The server drew the first one.
fn size_of(form: &HtmlFormElement, lang: Lang) -> impl FnMut(&SizeStep) + use<> {
    let part = |selector: &str| form.query_selector(selector).ok().flatten();
    let (section, first, rest) = (
        part(".computed"),
        part(".answer-headline"),
        part(".answer-body"),
    );
    let (mut drawn, mut last) = (None, None);
    move |step| {
        if last.as_ref() == Some(step) {
            return;
        }
        let (Some(section), Some(first), Some(rest)) = (&section, &first, &rest) else {
            return;
        };
        let _ = section.toggle_attribute_with_force("hidden", !asked(step));
        let computed = computed(lang, step);
        let words = headline(lang, computed.as_ref());
        if first.text_content().as_deref() != Some(words.as_str()) {
            first.set_text_content(Some(&words));
        }
        let open = opened(rest);
        drop(drawn.take());
        rest.set_text_content(None);
        last = Some(step.clone());
        let group = match &computed {
            Some(computed) => (computed.case.clone(), Some(computed.outcome.clone())),
            None => (step.sketch(ours(lang)), None),
        };
        let step = step.clone();
        drawn = Some(mount_to_renderer(rest, move || {
            explanation(lang, &step, computed)
        }));
        fill(rest, lang, &group.0, group.1.as_ref());
        let parts = parts(rest);
        if parts.len() == open.len() {
            for (part, open) in parts.iter().zip(open) {
                let _ = part.toggle_attribute_with_force("open", open);
            }
        }
    }
}

/// The parts that fold: what is open stays open when all is drawn anew.
fn parts(rest: &Element) -> Vec<Element> {
    all(rest, "details")
}

fn opened(rest: &Element) -> Vec<bool> {
    parts(rest)
        .iter()
        .map(|part| part.has_attribute("open"))
        .collect()
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
fn toggle(form: &HtmlFormElement, step: StepCode, answers: Vec<(String, String)>) {
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

pub(super) fn all(form: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = form.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index))
        .filter_map(|node| node.dyn_into().ok())
        .collect()
}
