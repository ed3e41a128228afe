//! The browser's side of the simulator: reads the fields of the form, redraws the answer, does at once what buttons ask.

use leptos::mount::mount_to_renderer;
use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement};

use super::answer::{body, headline};
use super::answers::{Act, Answers};
use super::case::{Checked, check};
use super::rows;
use crate::i18n::Lang;
use crate::islands::events::on;
use crate::islands::group::fill;

/// Follows the form of the page; does nothing where there is none.
pub(super) fn follow() {
    let page = document();
    let form = page.query_selector("form.simulator").ok().flatten();
    let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let lang = page
        .document_element()
        .and_then(|root| root.get_attribute("lang"))
        .and_then(|tag| Lang::from_tag(&tag))
        .unwrap_or_default();
    let mut redraw = answer_of(&form, lang);
    let typed = form.clone();
    let mut refresh = move || {
        let answers = Answers::from_pairs(pairs(&typed));
        rows::name(&typed, lang, &answers);
        redraw(check(lang, &answers, false));
    };
    refresh();
    let clicked = form.clone();
    on(&form, "click", move |event| click(&clicked, lang, &event));
    on(&form, "input", move |_| refresh());
}

/// Redraws the answer when it changes. The server drew the first one.
fn answer_of(form: &HtmlFormElement, lang: Lang) -> impl FnMut(Checked) + use<> {
    let first = form.query_selector(".answer-headline").ok().flatten();
    let rest = form.query_selector(".answer-body").ok().flatten();
    let (mut last, mut drawn) = (None, None);
    move |checked| {
        let (Some(first), Some(rest)) = (&first, &rest) else {
            return;
        };
        if last.as_ref() == Some(&checked) {
            return;
        }
        let words = headline(lang, &checked);
        if first.text_content().as_deref() != Some(words.as_str()) {
            first.set_text_content(Some(&words));
        }
        drop(drawn.take());
        rest.set_text_content(None);
        drawn = Some(mount_to_renderer(rest, {
            let checked = checked.clone();
            move || body(lang, checked)
        }));
        if let Checked::Done { outcome, case, .. } = &checked {
            fill(rest, lang, case, Some(outcome));
        }
        last = Some(checked);
    }
}

/// Buttons that add or remove a row act at once; the others send the form.
fn click(form: &HtmlFormElement, lang: Lang, event: &Event) {
    let act = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("button[name=do]").ok().flatten())
        .and_then(|button| button.get_attribute("value"))
        .and_then(|value| Act::from_value(&value))
        .filter(|act| *act != Act::Check);
    let Some(act) = act else { return };
    event.prevent_default();
    let mut answers = Answers::from_pairs(pairs(form));
    let focus = answers.apply(act);
    rows::keep(form, &answers);
    rows::name(form, lang, &answers);
    rows::choose(form, &answers);
    let _ = Event::new("input").map(|input| form.dispatch_event(&input));
    if let Some(id) = focus {
        request_animation_frame(move || {
            let field = document().get_element_by_id(&id);
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
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
