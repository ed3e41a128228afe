//! The title of the page in the browser's tab.
//!
//! Invariant: it is escaped here, because `leptos_meta` writes the title raw into the document.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::i18n::{Words, use_lang};
use crate::site::use_site;

/// Escapes what could end the `<title>` element or start an entity.
fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

/// Every page has one: its own name first, then the service; "Erreur" first when the page shows errors.
#[component]
pub fn PageTitle(#[prop(into)] title: Words, #[prop(optional)] error: bool) -> impl IntoView {
    let lang = use_lang();
    let site = use_site();
    let prefix = if error {
        lang.pick("Erreur\u{A0}: ", "Error: ")
    } else {
        ""
    };
    let dash = lang.pick(" \u{2013} ", " \u{2013} ");
    let whole = escape(&format!("{prefix}{title}{dash}{}", site.name));
    view! { <Title text=whole/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_close_its_element() {
        assert_eq!(escape("</title><script>&"), "&lt;/title>&lt;script>&amp;");
    }
}
