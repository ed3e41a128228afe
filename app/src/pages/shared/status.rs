//! The status of a declaration for each side: a chip with its words, and the sentence that says who holds the pen.

use domain::lifecycle::{Side, Status, status_label, status_sentence};
use leptos::prelude::*;

use super::wording::status_tone;
use crate::i18n::{Lang, Text, text};
use crate::ui::{StatusChip, Tone};

/// The words of the chip: the same as in mails, save where one side must act.
pub const fn status_words(status: Status, side: Side) -> Text {
    match (status, side) {
        (Status::Submitted, Side::Buyer) => text("À examiner", "To review"),
        (Status::Draft, Side::Buyer) => text("Reprise par l’entreprise", "Taken back by the company"),
        _ => status_label(status),
    }
}

/// Warning where something is expected of the reader.
pub const fn side_tone(status: Status, side: Side) -> Tone {
    match (status, side) {
        (Status::Submitted, Side::Buyer) => Tone::Warning,
        (Status::ChangesRequested, Side::Buyer) => Tone::Info,
        _ => status_tone(status),
    }
}

/// The chip alone: lists, tables.
#[component]
pub fn SideChip(lang: Lang, status: Status, side: Side) -> AnyView {
    view! { <StatusChip label=status_words(status, side).get(lang) tone=side_tone(status, side)/> }.into_any()
}

/// The chip, then the sentence; the top of every page about one declaration.
#[component]
pub fn StateLine(lang: Lang, status: Status, side: Side) -> AnyView {
    view! {
        <p class="state-line">
            <SideChip lang=lang status=status side=side/>
            " "
            <span>{status_sentence(status, side).get(lang)}</span>
        </p>
    }
    .into_any()
}
