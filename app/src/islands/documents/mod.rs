//! What the browser adds to the page of a document: several files one after the other, how far each is, and going on after
//! a cut.
//!
//! Invariant: the server draws every word; without the island the form sends one file.

#[cfg(feature = "hydrate")]
mod pieces;
#[cfg(feature = "hydrate")]
mod sending;

use leptos::prelude::*;

/// The form that sends a document; inside, what is shown while files go.
pub const FORM: &str = "send-document";
pub const SENDING: &str = "documents-sending";

/// Sends the files of the form one after the other, in pieces.
#[island]
pub fn SendsDocuments() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    sending::follow();
}
