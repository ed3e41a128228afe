//! The history of a declaration under its heading, the same for both sides.

use leptos::prelude::*;

use super::wording::moments;
use crate::i18n::Lang;
use crate::ui::Timeline;
use crate::views::TimelineEntry;

/// A section of its own; nothing when nothing happened yet.
#[component]
pub fn History(
    lang: Lang,
    entries: Vec<TimelineEntry>,
    /// The address of the declaration for its reader.
    here: String,
) -> AnyView {
    if entries.is_empty() {
        return ().into_any();
    }
    let moments = moments(&entries, &here, lang);
    view! {
        <section class="history" aria-labelledby="history-title">
            <h2 id="history-title">{lang.pick("Historique", "History")}</h2>
            <Timeline moments=moments/>
        </section>
    }
    .into_any()
}
