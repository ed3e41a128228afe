//! The line of a form that is saved by its buttons alone: what its tab kept. Hidden until there is something to say.

use leptos::prelude::*;

use super::typing_state::owner;
use crate::i18n::Lang;
use crate::islands::typing::{KEPT, KeepsTyping};

/// The page carries the script of islands. `address` is that of the page, `seen` the field of the form that says what the server showed.
pub fn kept_state(lang: Lang, address: String, seen: &'static str) -> impl IntoView {
    view! {
        <p
            class="save-state typing"
            id=KEPT
            role="status"
            data-key=address.clone()
            data-owner=owner()
            data-seen=seen
            hidden
        >
            <span data-says="back" hidden>
                {lang
                    .pick(
                        "Ce que vous aviez saisi ici, et qui n’était pas encore enregistré, est remis en place.",
                        "What you had typed here, and was not saved yet, is put back.",
                    )}
            </span>
            <span data-says="offline" hidden>
                {lang
                    .pick(
                        "Pas envoyé\u{A0}: hors ligne. Ce que vous avez saisi est gardé dans cet onglet. Réessayez dès le retour du réseau.",
                        "Not sent: offline. What you typed is kept in this tab. Try again as soon as the network is back.",
                    )}
            </span>
        </p>
        <KeepsTyping/>
    }
}
