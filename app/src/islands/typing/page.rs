//! One page of a step: what it knows of the server, what it sends, and what it says of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlInputElement};

use super::difference::before;
use super::fields::{self, Field, drawn, given, lines, of, read, same, set};
use super::kept;
use super::listen::{self, Timer};
use super::sending::{Answer, send, send_last};
use super::{PAGE, STATE};

/// Milliseconds without a key after which the difference goes.
pub(super) const PAUSE: i32 = 600;
/// Milliseconds before the first and the last of the tries that follow a failure.
pub(super) const AGAIN: i32 = 2_000;
const AT_LAST: i32 = 30_000;

pub(super) struct Page {
    pub(super) form: HtmlFormElement,
    pub(super) state: Element,
    pub(super) to: String,
    pub(super) owner: String,
    /// The name of this page, and of the one whose typing it took over.
    pub(super) names: RefCell<(String, String)>,
    pub(super) turn: Cell<u32>,
    pub(super) version: RefCell<String>,
    /// What the server has, as far as this page knows.
    pub(super) base: RefCell<Vec<Field>>,
    /// The names of answers that were sent, and of which nothing came back: the server may have them.
    pub(super) unsure: RefCell<Vec<String>>,
    /// What the server keeps aside, and where.
    pub(super) aside: RefCell<Vec<Field>>,
    pub(super) copy: RefCell<String>,
    /// A difference is on its way.
    pub(super) going: Cell<bool>,
    pub(super) wait: Cell<i32>,
    /// The tab keeps nothing: only this screen has what was typed.
    pub(super) unkept: Cell<bool>,
    /// The form itself is on its way.
    pub(super) leaving: Cell<bool>,
    /// A form of the panel is on its way.
    pub(super) signing_in: Cell<bool>,
    pub(super) timer: Timer,
}

/// Follows the form of the page's step; does nothing where there is none.
pub(super) fn follow() {
    let form = document().query_selector("form.step-form").ok().flatten();
    let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let Some(state) = document().get_element_by_id(STATE) else {
        return;
    };
    let attribute = |name| state.get_attribute(name).unwrap_or_default();
    let page = Rc::new(Page {
        to: attribute("data-to"),
        owner: attribute("data-owner"),
        version: RefCell::new(hidden(&form, "version").map_or(String::new(), |i| i.value())),
        base: RefCell::new(drawn(&form)),
        form,
        state,
        names: RefCell::default(),
        turn: Cell::new(0),
        unsure: RefCell::default(),
        aside: RefCell::default(),
        copy: RefCell::default(),
        going: Cell::new(false),
        wait: Cell::new(AGAIN),
        unkept: Cell::new(false),
        leaving: Cell::new(false),
        signing_in: Cell::new(false),
        timer: Timer::default(),
    });
    page.rename();
    kept::forget_others(&page.owner);
    kept::forget_sent(Some(&page.to));
    page.say("idle");
    listen::to(&page);
    page.pass_on();
    page.take_up();
    // What was typed before this page woke up, and what a former one kept.
    page.soon(0);
}

impl Page {
    /// Begins a page of its own: another one with the same content may still be open, or its form was sent.
    pub(super) fn rename(&self) {
        let mut bytes = [0; 16];
        if let Ok(crypto) = window().crypto() {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        let name: String = bytes
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|digit| char::from_digit(u32::from(digit), 16))
            .collect();
        if let Some(input) = hidden(&self.form, PAGE) {
            input.set_value(&name);
        }
        let mut names = self.names.borrow_mut();
        names.1 = std::mem::replace(&mut names.0, name);
        self.turn.set(0);
    }

    /// Goes on with what a former page of this step kept in the tab.
    fn take_up(self: &Rc<Self>) {
        let Some(former) = kept::kept(&self.to) else {
            return;
        };
        let text = |name: &str| former.get(name).unwrap_or_default();
        let arrived = self
            .state
            .get_attribute("data-sent-by")
            .is_some_and(|page| page == text(PAGE));
        if former.has(kept::SENT) && arrived {
            return kept::forget(&self.to);
        }
        let mut base = self.base.borrow_mut();
        let names = given(&former, "changed");
        let fits = text("lines_before") == lines(&base).to_string()
            && names
                .iter()
                .all(|name| base.iter().any(|field| field.name == *name));
        if !fits {
            // Lines came or went: what was typed in them cannot be put back by their rank. The server keeps it aside.
            drop(base);
            former.delete(kept::SENT);
            kept::forget(&self.to);
            kept::keep(&self.to_pass_on(), &former);
            return self.pass_on();
        }
        for name in names {
            let typed = given(&former, &name);
            if !same(of(&base, 0, &name), &typed) {
                fields::put(&self.form, &name, &typed);
                set(&mut base, &name, given(&former, &before(&name)));
                self.unsure.borrow_mut().push(name);
            }
        }
        self.version.replace(text("version"));
        self.copy.replace(text("copy"));
        self.names.borrow_mut().1 = text(PAGE);
        drop(base);
        self.changed();
    }

    fn to_pass_on(&self) -> String {
        format!("{}#", self.to)
    }

    /// Sends what a former page kept and this one cannot show, until the server has it.
    fn pass_on(self: &Rc<Self>) {
        let Some(former) = kept::kept(&self.to_pass_on()) else {
            return;
        };
        let page = Rc::clone(self);
        send(&self.to, &former, move |answer| {
            if let Answer::Taken(answer) = answer {
                kept::forget(&page.to_pass_on());
                page.lead(&answer);
            }
        });
    }

    /// Tries in a moment.
    pub(super) fn soon(&self, milliseconds: i32) {
        self.timer.after(milliseconds);
    }

    /// Something was typed.
    pub(super) fn typed(&self) {
        if self.leaving.take() {
            // The form was sent, and the page is still there.
            self.rename();
        }
        self.soon(PAUSE);
    }

    /// Sends the difference, if there is one and none is on its way.
    pub(super) fn save(self: &Rc<Self>) {
        if self.going.get() || self.leaving.get() {
            return;
        }
        let now = read(&self.form);
        let Some(difference) = self.keep(&now) else {
            if ["saving", "offline", "later", "signed-out"]
                .iter()
                .any(|state| self.says(state))
            {
                self.say("idle");
            }
            return;
        };
        let aside = self.aside.borrow();
        let moved = lines(&self.base.borrow()) != lines(&now);
        let news = moved
            || self
                .changes(&now)
                .into_iter()
                .any(|at| now.get(at).is_some_and(|field| !aside.contains(field)));
        drop(aside);
        if !news {
            return;
        }
        if !window().navigator().on_line() {
            self.say("offline");
            return self.again();
        }
        // The words of a failure stay until it is over: somebody may be about to use their link.
        if !["offline", "later", "signed-out"]
            .iter()
            .any(|state| self.says(state))
        {
            self.say("saving");
        }
        self.going.set(true);
        self.goes(&now);
        let page = Rc::clone(self);
        send(&self.to, &difference, move |answer| {
            page.going.set(false);
            page.answered(now, answer);
        });
    }

    /// Tries again, less and less often.
    pub(super) fn again(&self) {
        let wait = self.wait.get();
        self.wait.set((wait * 2).min(AT_LAST));
        self.soon(wait);
    }

    /// The form goes: what the server has not stays in the tab until the next page shows that it arrived. `false` when
    /// nothing can go anywhere now.
    pub(super) fn leave(self: &Rc<Self>) -> bool {
        if !window().navigator().on_line() {
            self.save();
            self.say("offline");
            return false;
        }
        if let Some(difference) = self.difference(&read(&self.form)) {
            difference.set(kept::OWNER, &self.owner);
            difference.set(kept::SENT, "1");
            self.unkept.set(!kept::keep(&self.to, &difference));
        }
        self.leaving.set(true);
        true
    }

    /// The page goes away without its form.
    pub(super) fn go(&self) {
        if self.leaving.get() {
            return;
        }
        let now = read(&self.form);
        if let Some(difference) = self.keep(&now) {
            self.goes(&now);
            send_last(&self.to, &difference);
        }
    }

    /// The person goes to choose between two versions: both are on the server.
    pub(super) fn let_go(&self) {
        self.leaving.set(true);
        kept::forget(&self.to);
    }

    /// Whether closing the page would lose what was typed.
    pub(super) fn would_lose(&self) -> bool {
        self.unkept.get() && !self.leaving.get() && !self.changes(&read(&self.form)).is_empty()
    }
}

pub(super) fn hidden(form: &HtmlFormElement, name: &str) -> Option<HtmlInputElement> {
    let input = form.query_selector(&format!("input[name={name}]"));
    input.ok()??.dyn_into().ok()
}
