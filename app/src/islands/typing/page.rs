//! One page of a step: what it knows of the server, what it sends, and what it says of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement, UrlSearchParams};

use super::fields::{self, Field, drawn, given, line, lines, of, read, same, set};
use super::kept;
use super::listen::{self, Timer};
use super::sending::{Answer, send, send_last};
use super::{PAGE, STATE};

/// Milliseconds without a key after which the difference goes.
pub(super) const PAUSE: i32 = 600;
/// Milliseconds before the first and the last of the tries that follow a failure.
const AGAIN: i32 = 2_000;
const AT_LAST: i32 = 30_000;

pub(super) struct Page {
    pub(super) form: HtmlFormElement,
    state: Element,
    to: String,
    owner: String,
    /// The name of this page, and of the one whose typing it took over.
    names: RefCell<(String, String)>,
    turn: Cell<u32>,
    version: RefCell<String>,
    /// What the server has, as far as this page knows.
    base: RefCell<Vec<Field>>,
    /// What the server keeps aside, and where.
    aside: RefCell<Vec<Field>>,
    copy: RefCell<String>,
    /// A difference is on its way.
    going: Cell<bool>,
    wait: Cell<i32>,
    /// The tab keeps nothing: only this screen has what was typed.
    unkept: Cell<bool>,
    /// The form itself is on its way.
    pub(super) leaving: Cell<bool>,
    timer: Timer,
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
        aside: RefCell::default(),
        copy: RefCell::default(),
        going: Cell::new(false),
        wait: Cell::new(AGAIN),
        unkept: Cell::new(false),
        leaving: Cell::new(false),
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
    pub(super) fn soon(self: &Rc<Self>, milliseconds: i32) {
        let page = Rc::clone(self);
        self.timer.after(milliseconds, move || page.save());
    }

    /// Something was typed.
    pub(super) fn typed(self: &Rc<Self>) {
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
            if ["saving", "offline", "later"]
                .iter()
                .any(|state| self.says(state))
            {
                self.say("idle");
            }
            return;
        };
        let aside = self.aside.borrow();
        let news = self
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
        let page = Rc::clone(self);
        send(&self.to, &difference, move |answer| {
            page.going.set(false);
            page.answered(now, answer);
        });
    }

    /// The questions whose answers the server has not, by their place.
    fn changes(&self, now: &[Field]) -> Vec<usize> {
        let base = self.base.borrow();
        let changed = |at: usize, field: &Field| !same(of(&base, at, &field.name), &field.values);
        now.iter()
            .enumerate()
            .filter(|(at, field)| changed(*at, field))
            .map(|(at, _)| at)
            .collect()
    }

    /// The difference, kept in the tab until the server has it; `None` when there is none.
    fn keep(&self, now: &[Field]) -> Option<UrlSearchParams> {
        let difference = self.difference(now);
        if let Some(difference) = &difference {
            difference.set(kept::OWNER, &self.owner);
            self.unkept.set(!kept::keep(&self.to, difference));
        } else {
            kept::forget(&self.to);
            self.unkept.set(false);
        }
        difference
    }

    fn difference(&self, now: &[Field]) -> Option<UrlSearchParams> {
        let changes = self.changes(now);
        let base = self.base.borrow();
        let (had, has) = (lines(&base), lines(now));
        if changes.is_empty() && had == has {
            return None;
        }
        let params = UrlSearchParams::new().ok()?;
        let names = self.names.borrow();
        self.turn.set(self.turn.get() + 1);
        for (name, value) in [
            (PAGE, names.0.as_str()),
            ("after", &names.1),
            ("turn", &self.turn.get().to_string()),
            ("version", &self.version.borrow()),
            ("copy", &self.copy.borrow()),
            ("lines_before", &had.to_string()),
            ("lines", &has.to_string()),
        ] {
            params.append(name, value);
        }
        let mut rows = Vec::new();
        for field in changes.iter().filter_map(|at| now.get(*at)) {
            params.append("changed", &field.name);
            append(&params, &field.name, &field.values);
            match line(&field.name) {
                Some(rank) if rows.contains(&rank) => {}
                Some(rank) => rows.push(rank),
                None => append(&params, &before(&field.name), of(&base, 0, &field.name)),
            }
        }
        // A line is known by what it held.
        for field in base.iter() {
            if line(&field.name).is_some_and(|rank| rows.contains(&rank)) {
                append(&params, &before(&field.name), &field.values);
            }
        }
        Some(params)
    }

    fn answered(self: &Rc<Self>, sent: Vec<Field>, answer: Answer) {
        let failed = match answer {
            Answer::Taken(answer) => return self.taken(sent, &answer),
            Answer::SignedOut => "signed-out",
            Answer::Cut => "offline",
            Answer::Later => "later",
            Answer::No => "refused",
        };
        self.say(failed);
        if failed != "refused" {
            self.again();
        }
    }

    /// Tries again, less and less often.
    fn again(self: &Rc<Self>) {
        let wait = self.wait.get();
        self.wait.set((wait * 2).min(AT_LAST));
        self.soon(wait);
    }

    fn taken(self: &Rc<Self>, sent: Vec<Field>, answer: &UrlSearchParams) {
        self.wait.set(AGAIN);
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
    fn up_to_date(&self, version: &str) {
        self.version.replace(version.to_owned());
        if let Some(input) = hidden(&self.form, "version") {
            input.set_value(version);
        }
    }

    /// Shows the way to both versions, if there are two.
    fn lead(&self, answer: &UrlSearchParams) -> bool {
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
    fn changed(&self) {
        if let Ok(event) = Event::new("input") {
            let _ = self.form.dispatch_event(&event);
        }
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
        if let Some(difference) = self.keep(&read(&self.form)) {
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

    fn says(&self, state: &str) -> bool {
        self.state.get_attribute("data-state").as_deref() == Some(state)
    }

    /// Shows the words of a state. Those of the last save stay for screen readers while the next one goes: they would
    /// otherwise be read out after each pause.
    fn say(&self, state: &str) {
        if !self.says(state) {
            let _ = self.state.set_attribute("data-state", state);
        }
        let _ = self.state.remove_attribute("hidden");
        let Ok(all) = self.state.query_selector_all("[data-says]") else {
            return;
        };
        for index in 0..all.length() {
            let words = all
                .item(index)
                .and_then(|words| words.dyn_into::<Element>().ok());
            let Some(words) = words else { continue };
            let said = words.get_attribute("data-says").unwrap_or_default();
            let shown = match said.as_str() {
                "unkept" => self.unkept.get(),
                "saved" if state == "saving" => !words.has_attribute("hidden"),
                _ => said == state,
            };
            if shown == words.has_attribute("hidden") {
                let _ = words.toggle_attribute_with_force("hidden", !shown);
            }
        }
    }

    fn words(&self, place: &str, words: &str) {
        if let Ok(Some(place)) = self.state.query_selector(place)
            && place.text_content().as_deref() != Some(words)
        {
            place.set_text_content(Some(words));
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

/// The name under which goes what an answer was before.
fn before(name: &str) -> String {
    name.replacen("answers", "before", 1)
}

/// With the line ends of a form.
fn append(params: &UrlSearchParams, name: &str, values: &[String]) {
    for value in values {
        params.append(name, &value.replace('\n', "\r\n"));
    }
}

fn hidden(form: &HtmlFormElement, name: &str) -> Option<HtmlInputElement> {
    let input = form.query_selector(&format!("input[name={name}]"));
    input.ok()??.dyn_into().ok()
}
