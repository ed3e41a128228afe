//! What happens to a page of a step: keys, buttons, the network, the tab that goes and comes back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::js_sys::Function;
use web_sys::{EventTarget, PageTransitionEvent};

use super::kept;
use super::page::Page;
use super::sign_in_again;
use crate::islands::events::{ask_before_leaving, on};

/// One thing to do later, always the same; asked for again, the time begins again.
#[derive(Default)]
pub(super) struct Timer {
    act: RefCell<Option<Function>>,
    waiting: Cell<Option<i32>>,
}

impl Timer {
    fn does(&self, act: impl FnMut() + 'static) {
        let act = Closure::<dyn FnMut()>::new(act).into_js_value();
        self.act.replace(Some(act.unchecked_into()));
    }

    pub(super) fn after(&self, milliseconds: i32) {
        if let Some(waiting) = self.waiting.take() {
            window().clear_timeout_with_handle(waiting);
        }
        if let Some(act) = self.act.borrow().as_ref() {
            let timer =
                window().set_timeout_with_callback_and_timeout_and_arguments_0(act, milliseconds);
            self.waiting.set(timer.ok());
        }
    }
}

pub(super) fn to(page: &Rc<Page>) {
    let (window, document) = (window(), document());
    let saved = Rc::clone(page);
    page.timer.does(move || saved.save());
    let each = |target: &EventTarget, event: &str, act: fn(&Rc<Page>)| {
        let page = Rc::clone(page);
        on(target, event, move |_| act(&page));
    };
    each(&page.form, "input", |page| page.typed());
    each(&page.form, "change", |page| page.typed());
    // The network is back, or the person comes back from where they signed in.
    each(&window, "online", Page::save);
    each(&window, "focus", Page::save);
    each(&document, "visibilitychange", Page::save);
    each(&window, "pagehide", |page| page.go());
    let shown = Rc::clone(page);
    on(&window, "pageshow", move |event| {
        let again = event.dyn_ref::<PageTransitionEvent>();
        if again.is_some_and(PageTransitionEvent::persisted) {
            // Taken out of the history as it was: other pages may have come after it.
            shown.leaving.set(false);
            shown.rename();
            shown.save();
        }
    });
    let sent = Rc::clone(page);
    on(&page.form, "submit", move |event| {
        if !sent.leave() {
            event.prevent_default();
        }
    });
    let closing = Rc::clone(page);
    ask_before_leaving(move || closing.would_lose());
    sign_in_again::opened_by(page);
    if let Ok(Some(choose)) = document.query_selector("[data-choose]") {
        each(&choose, "click", |page| page.let_go());
    }
    if let Ok(Some(out)) = document.query_selector("form[action='/deconnexion']") {
        each(&out, "submit", |page| {
            page.leaving.set(true);
            kept::forget_all();
        });
    }
}
