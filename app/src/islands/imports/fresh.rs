//! The browser's side of a part that stays fresh: asks for the page again and puts the part in the place of the old one.

use std::time::Duration;

use leptos::prelude::{document, set_timeout, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, XmlHttpRequest, XmlHttpRequestResponseType};

use super::{MOVES, PART};

const EVERY: Duration = Duration::from_secs(3);

/// Does nothing where nothing moves.
pub(super) fn follow() {
    if part().is_some_and(|part| part.has_attribute(MOVES)) {
        set_timeout(ask, EVERY);
    }
}

fn part() -> Option<Element> {
    document().get_element_by_id(PART)
}

fn ask() {
    // A page that nobody looks at asks for nothing.
    if document().hidden() {
        set_timeout(ask, EVERY);
        return;
    }
    let (Ok(request), Ok(here)) = (XmlHttpRequest::new(), window().location().href()) else {
        return;
    };
    // What was just done is not announced again.
    let here = here.split('#').next().unwrap_or_default().to_owned();
    if request.open("GET", &here).is_err() {
        return;
    }
    request.set_response_type(XmlHttpRequestResponseType::Document);
    let answered = request.clone();
    let done = Closure::once_into_js(move || {
        take(&answered);
    });
    request.set_onloadend(Some(done.unchecked_ref()));
    let _ = request.send();
}

/// An answer without the part, such as that of a session that ended, leaves the page as it is.
fn take(request: &XmlHttpRequest) {
    let page = request.response_xml().ok().flatten();
    let fresh = page.and_then(|page| page.get_element_by_id(PART));
    let Some((old, fresh)) = part().zip(fresh) else {
        set_timeout(ask, EVERY * 3);
        return;
    };
    let used = document()
        .active_element()
        .is_some_and(|active| old.contains(Some(&active)));
    if used {
        // The keyboard is in it: nothing moves under the fingers.
        set_timeout(ask, EVERY);
        return;
    }
    let goes_on = fresh.has_attribute(MOVES);
    if let Ok(fresh) = document().import_node_with_deep(&fresh, true) {
        let _ = old.replace_with_with_node_1(&fresh);
    }
    if goes_on {
        set_timeout(ask, EVERY);
    }
}
