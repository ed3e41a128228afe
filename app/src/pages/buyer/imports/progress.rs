//! How far an import that runs is in its file.

use leptos::prelude::*;

use super::words;
use crate::i18n::Lang;
use crate::views::{ImportRow, ImportStage};

/// Nothing for an import that does not run.
#[component]
pub(super) fn Progress(lang: Lang, row: ImportRow) -> Option<AnyView> {
    if row.stage != ImportStage::Running {
        return None;
    }
    let (done, all) = row.progress?;
    let percent = done.saturating_mul(100).checked_div(all).unwrap_or(0);
    let label = match lang {
        Lang::Fr => format!("Avancement de {}", row.file_name),
        Lang::En => format!("Progress of {}", row.file_name),
    };
    let (done_words, all_words) = (words::size(lang, done), words::size(lang, all));
    let sentence = match lang {
        Lang::Fr => format!("{percent}\u{A0}%, {done_words} sur {all_words}"),
        Lang::En => format!("{percent}%, {done_words} of {all_words}"),
    };
    Some(
        view! {
            <div class="progress">
                <progress max=all value=done aria-label=label></progress>
                <span class="row-note">{sentence}</span>
            </div>
        }
        .into_any(),
    )
}
