//! What islands listen to. A listener lives as long as its page.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BeforeUnloadEvent, Event, EventTarget};

pub(super) fn on(target: &EventTarget, event: &str, then: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(then);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// The browser asks, in its own words, before the page goes away with something that nobody else has.
pub(super) fn ask_before_leaving(would_lose: impl Fn() -> bool + 'static) {
    on(&window(), "beforeunload", move |event| {
        if would_lose() {
            event.prevent_default();
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                event.set_return_value("1");
            }
        }
    });
}
