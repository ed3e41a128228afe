//! Signing in again without leaving what was typed: a code sent by e-mail, typed in a panel of the same page.

use std::rc::Rc;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlDialogElement, HtmlElement, HtmlFormElement, UrlSearchParams};

use super::SIGN_IN_AGAIN;
use super::fields::read;
use super::page::Page;
use super::sending::{Answer, send};
use crate::islands::events::on;

fn panel() -> Option<HtmlDialogElement> {
    document().get_element_by_id(SIGN_IN_AGAIN)?.dyn_into().ok()
}

/// The server answers this person again.
pub(super) fn close() {
    if let Some(panel) = panel() {
        panel.close();
    }
}

pub(super) fn opened_by(page: &Rc<Page>) {
    let (Some(panel), Ok(Some(button))) = (panel(), page.state.query_selector("button")) else {
        return;
    };
    let shown = panel.clone();
    on(&button, "click", move |_| {
        let _ = shown.show_modal();
    });
    let page = Rc::clone(page);
    on(&panel, "submit", move |event| {
        let form = event
            .target()
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form.filter(|form| form.method() != "dialog") else {
            return;
        };
        event.prevent_default();
        let pairs = FormData::new_with_form(&form).ok();
        let pairs =
            pairs.and_then(|pairs| UrlSearchParams::new_with_str_sequence_sequence(&pairs).ok());
        // One at a time: each mail makes the code of the former useless.
        if let (Some(pairs), false) = (pairs, page.signing_in.replace(true)) {
            let page = Rc::clone(&page);
            send(&form.action(), &pairs.clone(), move |answer| {
                page.told(&pairs, answer);
            });
        }
    });
}

impl Page {
    fn told(self: &Rc<Self>, sent: &UrlSearchParams, answer: Answer) {
        self.signing_in.set(false);
        let Some(panel) = panel() else { return };
        let Ok(Some(problem)) = panel.query_selector("[data-problem]") else {
            return;
        };
        let words = match answer {
            Answer::Taken(_) if sent.has("code") => {
                panel.close();
                self.resume();
                return self.save();
            }
            Answer::Taken(_) => {
                if let Ok(Some(form)) = panel.query_selector("form[hidden]") {
                    let _ = form.remove_attribute("hidden");
                }
                focus(&panel, "input[name=code]");
                None
            }
            Answer::No(said) => said.get("problem"),
            _ => problem.get_attribute("data-problem"),
        };
        problem.set_text_content(words.as_deref());
    }

    /// Back to the answer that the server has not.
    fn resume(&self) {
        let now = read(&self.form);
        let first = self.changes(&now).first().and_then(|at| now.get(*at));
        if let Some(field) = first {
            focus(&self.form, &format!("[name=\"{}\"]", field.name));
        }
    }
}

fn focus(within: &web_sys::Element, what: &str) {
    if let Ok(Some(element)) = within.query_selector(what)
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        let _ = element.focus();
    }
}
