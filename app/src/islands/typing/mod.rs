//! Saves what somebody types in a step, while they type: the difference that the server has not, after a short pause. Offline
//! it waits in this tab, and goes as soon as it can.
//!
//! Invariants: the server draws every word; without the island the form is saved by its buttons; in the browser is kept what
//! the server has not acknowledged, in this tab alone, and nothing else. A script that changes a field says so by an `input`
//! event of the form.

#[cfg(feature = "hydrate")]
mod answers;
#[cfg(feature = "hydrate")]
mod difference;
#[cfg(feature = "hydrate")]
mod fields;
#[cfg(feature = "hydrate")]
mod kept;
#[cfg(feature = "hydrate")]
mod kept_form;
#[cfg(feature = "hydrate")]
mod listen;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod sending;
#[cfg(feature = "hydrate")]
mod sign_in_again;
#[cfg(feature = "hydrate")]
mod words;

use leptos::prelude::*;

/// The line that says how it stands, with `data-to`, where the difference goes, `data-owner`, whose answers they are, and
/// `data-sent-by`, the page that sent the answers of this step last. In it, `data-says` marks the words of each state.
pub const STATE: &str = "typing";
/// The line of a form that is saved by its buttons alone, with `data-key`, its address, `data-owner`, whose answers they are, and
/// `data-seen`, the field that says what the server showed.
pub const KEPT: &str = "kept";
/// The panel in which somebody signs in again, opened by the button of the line that says how it stands. The form of the code is
/// hidden until one is sent; `data-problem` is what to say when nothing comes back.
pub const SIGN_IN_AGAIN: &str = "sign-in-again";
/// The field of the form in which the page says its name.
pub const PAGE: &str = "page";

/// Put into the form of a step. It has no property: those would bring a reader of JSON into the browser.
#[island]
pub fn SavesWhileTyping() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    page::follow();
}

/// Put into a long form that is saved by its buttons alone: what is typed stays in this tab until it has arrived.
#[island]
pub fn KeepsTyping() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    kept_form::follow();
}

/// Put beside two versions of a step: what this tab kept of it is on the page, and forgotten here.
#[island]
pub fn ForgetsTyping() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    kept::forget_sent(None);
}
