//! The status of a declaration for each side: a chip with its words, and the sentence that says who holds the pen.

use domain::lifecycle::{Side, Status, status_label, status_sentence};
use leptos::prelude::*;

use super::claim::upper_first;
use super::wording::status_tone;
use crate::i18n::{Lang, Text, text};
use crate::ui::{StatusChip, Tone};

/// The words of the chip: the same as in mails, save where one side must act.
pub const fn status_words(status: Status, side: Side) -> Text {
    match (status, side) {
        (Status::Submitted, Side::Buyer) => text("À examiner", "To review"),
        (Status::Draft, Side::Buyer) => {
            text("Reprise par l’entreprise", "Taken back by the company")
        }
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
pub fn SideChip(lang: Lang, status: Status, side: Side) -> impl IntoView {
    view! { <StatusChip label=status_words(status, side).get(lang) tone=side_tone(status, side)/> }
}

/// The chip, then the sentence; the top of every page about one declaration.
#[component]
pub fn StateLine(lang: Lang, status: Status, side: Side) -> AnyView {
    let rest = after_words(
        status_sentence(status, side).get(lang),
        status_words(status, side).get(lang),
    );
    view! {
        <p class="state-line">
            <SideChip lang=lang status=status side=side/>
            " "
            <span>{rest}</span>
        </p>
    }
    .into_any()
}

/// The sentence without the words that the chip has just said.
fn after_words(sentence: &str, words: &str) -> String {
    let rest = sentence.strip_prefix(words).unwrap_or(sentence);
    upper_first(rest.trim_start_matches([':', '.', ' ', '\u{a0}', '\u{202f}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chip_and_the_sentence_do_not_say_the_same_twice() {
        let rest = |status, side| {
            after_words(
                status_sentence(status, side).fr,
                status_words(status, side).fr,
            )
        };
        assert_eq!(
            rest(Status::InReview, Side::Buyer),
            "Donnez un verdict à chaque affirmation, puis signez."
        );
        assert_eq!(rest(Status::Submitted, Side::Buyer), "");
        assert_eq!(
            rest(Status::ChangesRequested, Side::Buyer),
            "Le fournisseur a la main."
        );
        for status in Status::ALL {
            for side in [Side::Buyer, Side::Supplier] {
                assert!(
                    !rest(status, side).starts_with(status_words(status, side).fr),
                    "{status:?}"
                );
            }
        }
    }
}
