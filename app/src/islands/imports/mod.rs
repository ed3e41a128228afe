//! What the browser adds to the pages of imports: how far the sending of a file is, and what moves without being asked.
//!
//! Invariant: the server draws every word, hidden where it is not needed yet; without the islands the form sends the file and
//! a link shows the page anew.

#[cfg(feature = "hydrate")]
mod fresh;
#[cfg(feature = "hydrate")]
mod sending;

use leptos::prelude::*;

/// The part of a page that changes by itself; it says so with the attribute [`MOVES`].
pub const PART: &str = "moving";
pub const MOVES: &str = "data-moves";
/// The form that sends a file; inside, what is shown while it goes and when it could not.
pub const FORM: &str = "send-file";
pub const SENDING: &str = "sending";
pub const FAILED: &str = "sending-failed";
pub const STOP: &str = "sending-stop";

/// Takes the part of the page over from the server every few seconds, as long as something moves in it.
#[island]
pub fn StaysFresh() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    fresh::follow();
}

/// Shows how much of the file has gone, and lets the person stop it.
#[island]
pub fn ShowsSending() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    sending::follow();
}
