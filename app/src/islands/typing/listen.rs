//! What happens to a page of a step: keys, buttons, the network, the tab that goes and comes back.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BeforeUnloadEvent, Event, EventTarget, PageTransitionEvent};

use super::kept;
use super::page::Page;

/// One thing to do later; a new one takes the place of the one before.
#[derive(Default)]
pub(super) struct Timer(Cell<Option<i32>>);

impl Timer {
    pub(super) fn after(&self, milliseconds: i32, then: impl FnOnce() + 'static) {
        if let Some(before) = self.0.take() {
            window().clear_timeout_with_handle(before);
        }
        let then = Closure::once_into_js(then);
        let timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(
            then.unchecked_ref(),
            milliseconds,
        );
        self.0.set(timer.ok());
    }
}

/// The listeners live as long as the page, like the form.
fn on(target: &EventTarget, event: &str, then: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(then);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

pub(super) fn to(page: &Rc<Page>) {
    let (window, document) = (window(), document());
    let each = |target: &EventTarget, event: &str, act: fn(&Rc<Page>)| {
        let page = Rc::clone(page);
        on(target, event, move |_| act(&page));
    };
    each(&page.form, "input", Page::typed);
    each(&page.form, "change", Page::typed);
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
    on(&window, "beforeunload", move |event| {
        if closing.would_lose() {
            event.prevent_default();
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                event.set_return_value("1");
            }
        }
    });
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
