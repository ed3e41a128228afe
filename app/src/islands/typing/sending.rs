//! One difference on its way to the server, and what comes back.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{UrlSearchParams, XmlHttpRequest};

const FORM: &str = "application/x-www-form-urlencoded";
/// Milliseconds after which an answer is not waited for any more.
const PATIENCE: u32 = 20_000;

pub(super) enum Answer {
    /// Taken, or kept aside.
    Taken(UrlSearchParams),
    /// The session ended.
    SignedOut,
    /// Nothing came back.
    Cut,
    /// Not now.
    Later,
    /// Never.
    No,
}

pub(super) fn send(to: &str, difference: &UrlSearchParams, then: impl FnOnce(Answer) + 'static) {
    let Ok(request) = XmlHttpRequest::new() else {
        return then(Answer::No);
    };
    let opened = request.open("POST", to).is_ok()
        && request.set_request_header("Content-Type", FORM).is_ok()
        && request.set_request_header("Accept", FORM).is_ok();
    if !opened {
        return then(Answer::No);
    }
    request.set_timeout(PATIENCE);
    let answered = request.clone();
    let done = Closure::once_into_js(move || then(answer(&answered)));
    request.set_onloadend(Some(done.unchecked_ref()));
    let text = String::from(difference.to_string());
    let _ = request.send_with_opt_str(Some(&text));
}

fn answer(request: &XmlHttpRequest) -> Answer {
    match request.status().unwrap_or_default() {
        200 => {
            let text = request.response_text().ok().flatten().unwrap_or_default();
            let read = UrlSearchParams::new_with_str(&text).ok();
            // Not what the address answers: something stands between.
            match read.filter(|answer| answer.has("version")) {
                Some(answer) => Answer::Taken(answer),
                None => Answer::Cut,
            }
        }
        0 => Answer::Cut,
        401 => Answer::SignedOut,
        408 | 425 | 429 | 500.. => Answer::Later,
        _ => Answer::No,
    }
}

/// Sends from a page that goes away; the answer is not read.
pub(super) fn send_last(to: &str, difference: &UrlSearchParams) {
    let _ = window()
        .navigator()
        .send_beacon_with_opt_url_search_params(to, Some(difference));
}
