//! A long form that is saved by its buttons alone: what was typed stays in this tab until the server shows that it arrived.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlFormElement, UrlSearchParams};

use super::fields::{Field, drawn, given, of, put, read, same};
use super::{KEPT, kept, page::hidden};
use crate::islands::events::{ask_before_leaving, on};

struct Kept {
    form: HtmlFormElement,
    note: Element,
    key: String,
    owner: String,
    /// The name of the field that says what the server showed.
    seen: String,
    base: Vec<Field>,
    leaving: Cell<bool>,
}

/// Does nothing where there is no such form.
pub(super) fn follow() {
    let Some(note) = document().get_element_by_id(KEPT) else {
        return;
    };
    let form = note.closest("form").ok().flatten();
    let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let attribute = |name| note.get_attribute(name).unwrap_or_default();
    let page = Rc::new(Kept {
        key: attribute("data-key"),
        owner: attribute("data-owner"),
        seen: attribute("data-seen"),
        base: drawn(&form),
        form,
        note,
        leaving: Cell::new(false),
    });
    kept::forget_others(&page.owner);
    page.take_up();
    for event in ["input", "change"] {
        let typed = Rc::clone(&page);
        on(&page.form, event, move |_| {
            typed.leaving.set(false);
            typed.keep(false);
        });
    }
    let sent = Rc::clone(&page);
    on(&page.form, "submit", move |event| {
        let online = window().navigator().on_line();
        sent.keep(online);
        sent.leaving.set(online);
        if !online {
            event.prevent_default();
            sent.say("offline");
        }
    });
    ask_before_leaving(move || !page.leaving.get() && page.difference().is_some());
}

impl Kept {
    fn shown(&self) -> String {
        hidden(&self.form, &self.seen).map_or(String::new(), |input| input.value())
    }

    fn difference(&self) -> Option<UrlSearchParams> {
        let now = read(&self.form);
        let changed = now
            .iter()
            .enumerate()
            // What is sworn is ticked each time.
            .filter(|(_, field)| field.name != "answers[accepted]")
            .filter(|(at, field)| !same(of(&self.base, *at, &field.name), &field.values));
        let params = UrlSearchParams::new().ok()?;
        for (_, field) in changed {
            params.append("changed", &field.name);
            for value in &field.values {
                params.append(&field.name, value);
            }
        }
        params.has("changed").then_some(params)
    }

    fn keep(&self, sent: bool) {
        let Some(difference) = self.difference() else {
            return kept::forget(&self.key);
        };
        difference.set(kept::OWNER, &self.owner);
        difference.set("seen", &self.shown());
        if sent {
            difference.set(kept::SENT, "1");
        }
        kept::keep(&self.key, &difference);
    }

    /// Puts back what was typed and did not arrive. When others wrote meanwhile, the form goes with what was seen then: the
    /// server shows both.
    fn take_up(&self) {
        let Some(former) = kept::kept(&self.key) else {
            return;
        };
        let seen = former.get("seen").unwrap_or_default();
        if former.has(kept::SENT) && seen != self.shown() {
            return kept::forget(&self.key);
        }
        let mut back = false;
        for name in given(&former, "changed") {
            let typed = given(&former, &name);
            if !same(of(&self.base, 0, &name), &typed) {
                back |= put(&self.form, &name, &typed);
            }
        }
        if !back {
            return kept::forget(&self.key);
        }
        if let Some(input) = hidden(&self.form, &self.seen) {
            input.set_value(&seen);
        }
        if let Ok(event) = Event::new("input") {
            let _ = self.form.dispatch_event(&event);
        }
        self.say("back");
    }

    fn say(&self, state: &str) {
        let _ = self.note.remove_attribute("hidden");
        let _ = self.note.set_attribute("data-state", state);
        for other in ["back", "offline"] {
            if let Ok(Some(words)) = self.note.query_selector(&format!("[data-says={other}]")) {
                let _ = words.toggle_attribute_with_force("hidden", other != state);
            }
        }
    }
}
