//! The legal reminder before a revocation: a text that the buyer's lawyers can edit, one file per language.

use std::sync::LazyLock;

use leptos::prelude::*;
use pulldown_cmark::{Parser, html};

use crate::i18n::Lang;
use crate::ui::{Notice, Tone};

static FR: LazyLock<String> = LazyLock::new(|| markdown(include_str!("texts/revocation.fr.md")));
static EN: LazyLock<String> = LazyLock::new(|| markdown(include_str!("texts/revocation.en.md")));

/// The files are ours and hold no value of a person: their HTML needs no escaping.
fn markdown(source: &str) -> String {
    let mut out = String::with_capacity(source.len() * 2);
    html::push_html(&mut out, Parser::new(source));
    out
}

#[component]
pub(super) fn LegalReminder(lang: Lang) -> AnyView {
    let text = lang.pick(&*FR, &*EN).as_str();
    view! {
        <Notice tone=Tone::Warning title=lang.pick("Rappel du droit", "Legal reminder")>
            <div class="reading" inner_html=text></div>
        </Notice>
    }
    .into_any()
}
