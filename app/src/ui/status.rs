//! Short states: the chip of a status.

use leptos::prelude::*;

use super::Tone;
use crate::i18n::Words;

/// The name of a status; the colour only repeats the words.
#[component]
pub fn StatusChip(#[prop(into)] label: Words, #[prop(optional)] tone: Tone) -> impl IntoView {
    view! { <span class=tone.chip()>{label}</span> }
}
