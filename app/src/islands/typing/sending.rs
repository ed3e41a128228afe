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
    /// Never; and why, where the server says so.
    No(UrlSearchParams),
}

pub(super) fn send(to: &str, difference: &UrlSearchParams, then: impl FnOnce(Answer) + 'static) {
    let Ok(request) = XmlHttpRequest::new() else {
        return then(Answer::Later);
    };
    let opened = request.open("POST", to).is_ok()
        && request.set_request_header("Content-Type", FORM).is_ok()
        && request.set_request_header("Accept", FORM).is_ok();
    if !opened {
        return then(Answer::Later);
    }
    request.set_timeout(PATIENCE);
    let answered = request.clone();
    let done = Closure::once_into_js(move || then(answer(&answered)));
    request.set_onloadend(Some(done.unchecked_ref()));
    let text = String::from(difference.to_string());
    let _ = request.send_with_opt_str(Some(&text));
}

fn answer(request: &XmlHttpRequest) -> Answer {
    let kind = request.get_response_header("Content-Type").ok().flatten();
    // Otherwise not what the address answers: something stands between.
    let ours = kind.is_some_and(|kind| kind.starts_with(FORM));
    let text = request.response_text().ok().flatten().filter(|_| ours);
    let said = UrlSearchParams::new_with_str(&text.unwrap_or_default());
    match (request.status().unwrap_or_default(), said) {
        (200, Ok(said)) if ours => Answer::Taken(said),
        (0 | 200, _) => Answer::Cut,
        (401, _) => Answer::SignedOut,
        (408 | 425 | 429 | 500.., _) | (_, Err(_)) => Answer::Later,
        (_, Ok(said)) => Answer::No(said),
    }
}

/// Sends from a page that goes away; the answer is not read.
pub(super) fn send_last(to: &str, difference: &UrlSearchParams) {
    let _ = window()
        .navigator()
        .send_beacon_with_opt_url_search_params(to, Some(difference));
}
