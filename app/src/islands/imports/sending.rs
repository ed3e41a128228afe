//! The browser's side of the form that sends a file: shows how much has gone, stops when asked, goes where the server says.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, FormData, HtmlFormElement, HtmlInputElement, ProgressEvent, XmlHttpRequest,
};

use super::{FAILED, FORM, SENDING, STOP};
use crate::islands::events::{ask_before_leaving, on};

/// Does nothing where there is no such form.
pub(super) fn follow() {
    let form = document().get_element_by_id(FORM);
    let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let sent = form.clone();
    on(&form, "submit", move |event| {
        // Without a file the server says what is missing.
        if chosen(&sent) && send(&sent).is_some() {
            event.prevent_default();
        }
    });
}

fn chosen(form: &HtmlFormElement) -> bool {
    let input = form.query_selector("input[type=file]").ok().flatten();
    let input = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| !input.value().is_empty())
}

/// `None` when the browser must send the form by itself.
fn send(form: &HtmlFormElement) -> Option<()> {
    let body = FormData::new_with_form(form).ok()?;
    let request = XmlHttpRequest::new().ok()?;
    request.open("POST", &form.get_attribute("action")?).ok()?;
    let line = part(SENDING)?;
    let (bar, percent) = (
        line.query_selector("progress").ok().flatten()?,
        line.query_selector(".percent").ok().flatten()?,
    );
    let moved = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        let share = (event.loaded() / event.total().max(1.0) * 100.0).floor();
        let _ = bar.set_attribute("value", &share.to_string());
        percent.set_text_content(Some(&share.to_string()));
    });
    let upload = request.upload().ok()?;
    upload.set_onprogress(Some(moved.as_ref().unchecked_ref()));
    moved.forget();
    let (answered, again) = (request.clone(), form.clone());
    let done = Closure::once_into_js(move || end(&again, &answered));
    request.set_onloadend(Some(done.unchecked_ref()));
    if let Some(stop) = part(STOP) {
        let stopped = request.clone();
        on(&stop, "click", move |_| {
            let _ = stopped.abort();
        });
    }
    let asked = request.clone();
    ask_before_leaving(move || {
        let at = asked.ready_state();
        ![XmlHttpRequest::UNSENT, XmlHttpRequest::DONE].contains(&at)
    });
    show(form, true);
    hide(FAILED, true);
    request.send_with_opt_form_data(Some(&body)).ok()
}

/// Where the server led to; nowhere when nothing came back.
fn end(form: &HtmlFormElement, request: &XmlHttpRequest) {
    let next = request.response_url();
    if request.status().unwrap_or(0) == 0 || next.is_empty() {
        show(form, false);
        hide(FAILED, false);
        return;
    }
    let _ = window().location().set_href(&next);
}

/// While a file goes it cannot be sent a second time.
fn show(form: &HtmlFormElement, going: bool) {
    hide(SENDING, !going);
    if let Ok(Some(button)) = form.query_selector("button[type=submit]") {
        let _ = button.toggle_attribute_with_force("disabled", going);
    }
}

fn part(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

fn hide(id: &str, hidden: bool) {
    if let Some(part) = part(id) {
        let _ = part.toggle_attribute_with_force("hidden", hidden);
    }
}
