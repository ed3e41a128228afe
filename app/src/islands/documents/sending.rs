//! The form of a document in the browser: takes several files, sends one after the other, and shows each on a line.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, File, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

use super::pieces::{Journey, News, go};
use super::{FORM, SENDING};
use crate::islands::events::{ask_before_leaving, on};

/// What goes with every file.
const FIELDS: [&str; 4] = ["status", "replaces", "valid_from", "valid_to"];

/// Does nothing where there is no such form.
pub(super) fn follow() {
    let form = document().get_element_by_id(FORM);
    let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let Some(input) = input(&form) else { return };
    // Of a document that takes the place of another there is one.
    input.set_multiple(value_of(&form, "replaces").is_none());
    let sent = form.clone();
    on(&form, "submit", move |event| {
        // Without a file the server says what is missing.
        let files = chosen(&input);
        if !files.is_empty() && send(&sent, files).is_some() {
            event.prevent_default();
        }
    });
    ask_before_leaving(move || going(&form));
}

fn input(form: &HtmlFormElement) -> Option<HtmlInputElement> {
    let input = form.query_selector("input[type=file]").ok().flatten()?;
    input.dyn_into().ok()
}

fn chosen(input: &HtmlInputElement) -> Vec<File> {
    let Some(files) = input.files() else {
        return vec![];
    };
    (0..files.length()).filter_map(|at| files.get(at)).collect()
}

fn value_of(form: &HtmlFormElement, name: &str) -> Option<String> {
    FormData::new_with_form(form).ok()?.get(name).as_string()
}

/// The files that are still to go, and what they share.
struct Queue {
    form: HtmlFormElement,
    files: Vec<File>,
    fields: Vec<(String, String)>,
    /// Some file was not taken: the page stays, with the reason.
    refused: bool,
}

/// `None` when the browser must send the form by itself.
fn send(form: &HtmlFormElement, mut files: Vec<File>) -> Option<()> {
    let place = document().get_element_by_id(SENDING)?;
    place
        .query_selector("ul")
        .ok()
        .flatten()?
        .set_text_content(None);
    let _ = place.toggle_attribute_with_force("hidden", false);
    let fields = FIELDS
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), value_of(form, name)?)))
        .collect();
    files.reverse();
    button(form, true);
    let queue = Queue {
        form: form.clone(),
        files,
        fields,
        refused: false,
    };
    advance(Rc::new(RefCell::new(queue)), None);
    Some(())
}

/// The next file; after the last, the page as the server draws it.
fn advance(queue: Rc<RefCell<Queue>>, there: Option<String>) {
    let file = queue.borrow_mut().files.pop();
    let Some(file) = file else {
        let done = queue.borrow();
        button(&done.form, false);
        if let Some(next) = there.filter(|_| !done.refused) {
            let _ = window().location().set_href(&next);
        }
        return;
    };
    let (Some(line), Some(pieces), Some(action)) = (
        line_for(&file.name()),
        queue.borrow().form.get_attribute("data-pieces"),
        queue.borrow().form.get_attribute("action"),
    ) else {
        return;
    };
    let largest = queue.borrow().form.get_attribute("data-largest");
    let largest = largest.and_then(|bytes| bytes.parse::<f64>().ok());
    if largest.is_some_and(|largest| file.size() > largest) {
        line.say(&word("data-too-large"), true);
        queue.borrow_mut().refused = true;
        return advance(queue, there);
    }
    let journey = Journey {
        upload: name_of(&file),
        file,
        pieces,
        action,
    };
    start(journey, Rc::new(line), queue);
}

fn start(journey: Journey, line: Rc<Line>, queue: Rc<RefCell<Queue>>) {
    let fields = queue.borrow().fields.clone();
    let again = journey.clone();
    let told = move |news: News| match news {
        News::Going(percent) => line.going(percent),
        News::Reading => line.say(&word("data-reading"), false),
        News::There(next) => {
            line.say(&word("data-there"), false);
            advance(queue.clone(), Some(next));
        }
        News::Refused(words) => {
            line.say(&words, true);
            queue.borrow_mut().refused = true;
            advance(queue.clone(), None);
        }
        News::Cut => {
            line.say(&word("data-cut"), true);
            let (journey, line, queue) = (again.clone(), line.clone(), queue.clone());
            line.clone()
                .offer_again(move || start(journey.clone(), line.clone(), queue.clone()));
        }
    };
    go(journey, fields, Rc::new(told));
}

/// The line of a file.
struct Line {
    item: Element,
    words: Element,
    bar: Element,
}

fn line_for(name: &str) -> Option<Line> {
    let list = document()
        .get_element_by_id(SENDING)?
        .query_selector("ul")
        .ok()
        .flatten()?;
    let make = |tag| document().create_element(tag).ok();
    let (item, title, bar, words) = (
        make("li")?,
        make("strong")?,
        make("progress")?,
        make("span")?,
    );
    item.set_class_name("document");
    title.set_text_content(Some(name));
    let _ = bar.set_attribute("max", "100");
    let _ = bar.set_attribute("value", "0");
    let _ = bar.set_attribute("aria-label", name);
    for part in [&title, &bar, &words] {
        let _ = item.append_child(part);
    }
    let _ = list.append_child(&item);
    Some(Line { item, words, bar })
}

impl Line {
    fn going(&self, percent: u32) {
        let _ = self.bar.set_attribute("value", &percent.to_string());
        self.say(&format!("{percent}\u{a0}%, {}", word("data-going")), false);
    }

    fn say(&self, words: &str, wrong: bool) {
        self.words.set_text_content(Some(words));
        self.words.set_class_name(if wrong { "error" } else { "" });
    }

    /// A button that goes on with the file where it was.
    fn offer_again(&self, act: impl Fn() + 'static) {
        let Some(button) = document().create_element("button").ok() else {
            return;
        };
        button.set_class_name("button button-secondary");
        let _ = button.set_attribute("type", "button");
        button.set_text_content(Some(&word("data-again")));
        let pressed = button.clone();
        on(&button, "click", move |_| {
            pressed.remove();
            act();
        });
        let _ = self.item.append_child(&button);
        if let Some(button) = button.dyn_ref::<HtmlElement>() {
            let _ = button.focus();
        }
    }
}

/// Words that the server wrote in the page.
fn word(name: &str) -> String {
    document()
        .get_element_by_id(SENDING)
        .and_then(|place| place.get_attribute(name))
        .unwrap_or_default()
}

/// While files go, no second lot is sent.
fn button(form: &HtmlFormElement, going: bool) {
    if let Ok(Some(button)) = form.query_selector("button[type=submit]") {
        let _ = button.toggle_attribute_with_force("disabled", going);
    }
}

/// Files go, or wait for another try.
fn going(form: &HtmlFormElement) -> bool {
    let busy = form.query_selector("button[type=submit]:disabled");
    busy.is_ok_and(|busy| busy.is_some())
}

/// A name that the same file keeps in this browser, so that it is gone on with even after the page was loaded anew: made of
/// what tells files apart, in the shape of a UUID.
fn name_of(file: &File) -> String {
    let text = format!("{}/{}/{}", file.name(), file.size(), file.last_modified());
    // FNV-1a, twice with different starts: no secret, only a name among one person's own files.
    let half = |start: u64| {
        text.bytes().fold(start, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let (high, low) = (half(0xcbf2_9ce4_8422_2325), half(0x8422_2325_cbf2_9ce4));
    uuid::Uuid::from_u64_pair(high, low).to_string()
}
