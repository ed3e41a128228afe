//! What comes back for a difference: taken, joined with what others wrote, kept aside, or not taken now.

use std::rc::Rc;

use leptos::prelude::{document, window};
use web_sys::{Event, UrlSearchParams};

use super::fields::{self, Field, given, line, lines, of, read, same, set};
use super::page::{AGAIN, PAUSE, Page, hidden};
use super::sending::Answer;
use super::sign_in_again;

impl Page {
    pub(super) fn answered(self: &Rc<Self>, sent: Vec<Field>, answer: Answer) {
        let failed = match answer {
            Answer::Taken(answer) => return self.taken(sent, &answer),
            Answer::SignedOut => "signed-out",
            Answer::Cut if !window().navigator().on_line() => "offline",
            Answer::Cut | Answer::Later => "later",
            Answer::No(_) => "refused",
        };
        self.say(failed);
        if failed != "refused" {
            self.again();
        }
    }

    pub(super) fn taken(self: &Rc<Self>, sent: Vec<Field>, answer: &UrlSearchParams) {
        sign_in_again::close();
        self.wait.set(AGAIN);
        self.unsure.borrow_mut().clear();
        let held = given(answer, "held");
        // Sent meanwhile by somebody: everything is kept aside, and nothing is held for itself.
        let late = answer.has("copy") && held.is_empty();
        let others = answer.has("others");
        let mut whole = true;
        if !late {
            let now = read(&self.form);
            let mut base = self.base.borrow_mut();
            for (at, field) in sent.iter().enumerate() {
                if held.contains(&field.name) {
                    continue;
                }
                let mut known = field.values.clone();
                if others {
                    known = given(answer, &field.name);
                    let untouched = of(&now, at, &field.name) == field.values;
                    if untouched && !same(&known, &field.values) {
                        whole &= fields::put(&self.form, &field.name, &known);
                    }
                }
                set(&mut base, &field.name, known);
            }
            let has = lines(&sent);
            base.retain(|field| line(&field.name).is_none_or(|rank| rank < has));
            whole &= !others || shown(answer, &sent);
        }
        self.aside.replace(match (late, held.is_empty()) {
            (true, _) => sent,
            (_, true) => Vec::new(),
            _ => sent
                .into_iter()
                .filter(|field| held.contains(&field.name))
                .collect(),
        });
        self.copy.replace(answer.get("copy").unwrap_or_default());
        if !self.lead(answer) {
            if whole {
                self.up_to_date(&answer.get("version").unwrap_or_default());
                self.words("[data-hour]", &answer.get("hour").unwrap_or_default());
                if let Ok(Some(moment)) = document().query_selector("[data-moment]") {
                    moment.set_text_content(answer.get("moment").as_deref());
                    let _ = moment.remove_attribute("datetime");
                }
                self.say("saved");
            } else {
                self.say("others");
            }
        }
        if others {
            self.changed();
        }
        if self.keep(&read(&self.form)).is_some() {
            self.soon(PAUSE);
        }
    }

    /// The page shows what this version holds: its form may be sent with it.
    pub(super) fn up_to_date(&self, version: &str) {
        self.version.replace(version.to_owned());
        if let Some(input) = hidden(&self.form, "version") {
            input.set_value(version);
        }
    }

    /// Shows the way to both versions, if there are two.
    pub(super) fn lead(&self, answer: &UrlSearchParams) -> bool {
        let Some(choose) = answer.get("choose") else {
            return false;
        };
        if let Ok(Some(link)) = self.state.query_selector("[data-choose]") {
            let _ = link.set_attribute("href", &choose);
        }
        self.say("held");
        true
    }

    /// Tells the other islands that fields changed.
    pub(super) fn changed(&self) {
        if let Ok(event) = Event::new("input") {
            let _ = self.form.dispatch_event(&event);
        }
    }
}

/// Whether the page has a place for every line and every answer that the server has.
fn shown(answer: &UrlSearchParams, sent: &[Field]) -> bool {
    let mut all = true;
    for name in answer.keys().into_iter().flatten() {
        let Some(name) = name.as_string().filter(|name| name.starts_with("answers[")) else {
            continue;
        };
        all &= sent.iter().any(|field| field.name == name)
            || given(answer, &name).iter().all(String::is_empty);
    }
    // A step without lines shows a blank one.
    let fewer =
        |rank: usize| rank > 0 && !answer.has(&format!("answers[rows][{rank}][{}]", first(sent)));
    all && !lines(sent).checked_sub(1).is_some_and(fewer)
}

/// The first question of a line, which is no list.
fn first(sent: &[Field]) -> String {
    let field = sent
        .iter()
        .find(|field| line(&field.name).is_some() && !field.name.ends_with("[]"));
    field
        .and_then(|field| field.name.strip_suffix(']')?.rsplit('[').next())
        .unwrap_or_default()
        .to_owned()
}
