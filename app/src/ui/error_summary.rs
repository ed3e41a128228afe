//! The list of what is wrong with a form, at the top of the page, with a link to each field.

use leptos::prelude::*;

use super::Issues;
use crate::i18n::Lang;

/// The page puts it before its `h1` and gives its title `error=true`. It takes the focus by itself, without JavaScript;
/// an address ending in `#errors` leads to it too. Renders nothing when there is no issue.
#[component]
pub fn ErrorSummary(lang: Lang, issues: Issues) -> impl IntoView {
    let count = issues.0.len();
    let heading = match (lang, count) {
        (_, 0) => return None,
        (Lang::Fr, 1) => "Erreur\u{A0}: une réponse est à corriger".to_owned(),
        (Lang::Fr, n) => format!("Erreur\u{A0}: {n} réponses sont à corriger"),
        (Lang::En, 1) => "Error: one answer needs correcting".to_owned(),
        (Lang::En, n) => format!("Error: {n} answers need correcting"),
    };
    let items = issues
        .0
        .into_iter()
        .map(|issue| {
            let href = format!("#{}", issue.field);
            view! {
                <li>
                    <a href=href>{issue.message}</a>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="error-summary" id="errors" tabindex="-1" autofocus aria-labelledby="errors-title">
            <p class="error-summary-title" id="errors-title">{heading}</p>
            <ul>{items}</ul>
        </section>
    })
}
