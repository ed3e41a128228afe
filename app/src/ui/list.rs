//! Questions and answers, read-only: check-your-answers, receipts, the reviewer's view.

use leptos::prelude::*;

use super::MaybeWords;
use crate::i18n::Words;

/// One line of a description list.
pub struct Entry {
    term: Words,
    value: AnyView,
    action: Option<(Words, Words)>,
    about: Option<Words>,
}

impl Entry {
    /// A line whose answer is a text; line breaks are kept.
    pub fn new(term: impl Into<Words>, value: impl Into<Words>) -> Self {
        let value = value.into();
        Self::view(
            term,
            view! { <span class="as-typed">{value}</span> }.into_any(),
        )
    }

    /// A line whose answer is any view: a chip, a list, a link.
    pub fn view(term: impl Into<Words>, value: AnyView) -> Self {
        Self {
            term: term.into(),
            value,
            action: None,
            about: None,
        }
    }

    /// Adds a link such as "Modifier", completed by the term for a screen reader.
    #[must_use]
    pub fn action(mut self, href: impl Into<Words>, label: impl Into<Words>) -> Self {
        self.action = Some((href.into(), label.into()));
        self
    }

    /// Completes the link by this instead, where the same term stands several times on the page.
    #[must_use]
    pub fn about(mut self, words: impl Into<Words>) -> Self {
        self.about = Some(words.into());
        self
    }
}

#[component]
pub fn DescriptionList(
    entries: Vec<Entry>,
    /// Names the list for a screen reader when no heading does.
    #[prop(optional, into)]
    label: MaybeWords,
) -> impl IntoView {
    let rows = entries
        .into_iter()
        .map(|entry| {
            let action = entry.action.map(|(href, label)| {
                let about = format!(" ({})", entry.about.as_ref().unwrap_or(&entry.term));
                view! {
                    <dd class="entry-action">
                        <a href=href>{label} <span class="visually-hidden">{about}</span></a>
                    </dd>
                }
            });
            view! {
                <div class="entry">
                    <dt>{entry.term}</dt>
                    <dd>{entry.value}</dd>
                    {action}
                </div>
            }
        })
        .collect_view();
    view! {
        <p class="visually-hidden">{label.0}</p>
        <dl class="entries">{rows}</dl>
    }
}
