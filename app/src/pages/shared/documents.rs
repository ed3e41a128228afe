//! Evidence documents in words: their type, size and dates, and what the scanner said.

use domain::documents::{Document, KnownDocument, Scan};
use leptos::prelude::*;
use uuid::Uuid;

use crate::i18n::{Lang, file_size, long_date};
use crate::ui::{StatusChip, Tone};

/// The address of a document.
pub fn document_path(id: Uuid) -> String {
    format!("/documents/{id}")
}

/// `PDF, 120 ko, valable du 1er janvier 2026 au 31 décembre 2027`.
pub fn document_words(lang: Lang, document: &Document) -> String {
    let size = file_size(lang, document.size);
    let mut words = format!("{}, {size}", document.kind.label());
    let date = |day| long_date(lang, day);
    match (document.valid_from, document.valid_to) {
        (None, None) => {}
        (Some(from), None) => {
            words.push_str(lang.pick(", valable depuis le ", ", valid from "));
            words.push_str(&date(from));
        }
        (None, Some(to)) => {
            words.push_str(lang.pick(", valable jusqu’au ", ", valid until "));
            words.push_str(&date(to));
        }
        (Some(from), Some(to)) => {
            words.push_str(lang.pick(", valable du ", ", valid from "));
            words.push_str(&date(from));
            words.push_str(lang.pick(" au ", " to "));
            words.push_str(&date(to));
        }
    }
    words
}

/// What the scanner said of it.
pub fn scan_chip(lang: Lang, scan: Scan) -> impl IntoView {
    let tone = match scan {
        Scan::Waiting => Tone::Info,
        Scan::Clean => Tone::Success,
        Scan::Infected => Tone::Danger,
        Scan::NotScanned => Tone::Neutral,
    };
    view! { <StatusChip label=crate::i18n::capital(scan.label().get(lang)) tone=tone/> }
}

/// The name of a document: a link that saves it, when it may be opened.
pub fn document_link(known: &KnownDocument, opens: bool) -> AnyView {
    let name = known.document.name.clone();
    if opens {
        let href = document_path(known.id);
        view! { <a href=href download=name.clone()>{name.clone()}</a> }.into_any()
    } else {
        view! { <span class="document-name">{name}</span> }.into_any()
    }
}
