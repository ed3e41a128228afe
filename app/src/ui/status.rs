//! Short states: the chip of a status, and the line that says whether the answers are saved.

use leptos::prelude::*;

use super::Tone;
use crate::i18n::{Lang, Words};

/// The name of a status; the colour only repeats the words.
#[component]
pub fn StatusChip(#[prop(into)] label: Words, #[prop(optional)] tone: Tone) -> impl IntoView {
    view! { <span class=tone.chip()>{label}</span> }
}

/// Whether the answers on the screen are kept by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Typed, not yet sent.
    Unsaved,
    Saving,
    /// With the hour, as written in the language of the page.
    Saved(Words),
    /// The server could not be reached: the browser keeps the difference.
    Failed,
}

/// A line in a live region, at the same place on each step of a form.
#[component]
pub fn SaveState(lang: Lang, state: Saving) -> impl IntoView {
    let (word, sentence): (_, Words) = match state {
        Saving::Unsaved => (
            "unsaved",
            lang.pick("Modifications non enregistrées", "Changes not saved")
                .into(),
        ),
        Saving::Saving => (
            "saving",
            lang.pick("Enregistrement…", "Saving…").into(),
        ),
        Saving::Saved(at) => (
            "saved",
            match lang {
                Lang::Fr => format!("Enregistré à {at}, non transmis"),
                Lang::En => format!("Saved at {at}, not sent"),
            }
            .into(),
        ),
        Saving::Failed => (
            "failed",
            lang.pick(
                "Non enregistré\u{A0}: le serveur ne répond pas. Vos réponses restent sur cet écran.",
                "Not saved: the server does not answer. Your answers stay on this screen.",
            )
            .into(),
        ),
    };
    view! { <p class="save-state" data-state=word role="status">{sentence}</p> }
}
