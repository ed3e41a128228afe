//! Going from one page of a list to the next.

use leptos::prelude::*;

use super::MaybeWords;
use crate::i18n::{Lang, Words};

/// `summary` says where one is: "26 à 50 sur 1 204", "plus de 1 000 résultats".
#[component]
pub fn Pager(
    lang: Lang,
    /// Names the list: several pagers may share a page.
    #[prop(into)]
    label: Words,
    #[prop(into)] summary: Words,
    #[prop(optional, into)] previous: MaybeWords,
    #[prop(optional, into)] next: MaybeWords,
) -> AnyView {
    view! {
        <nav class="pager" aria-label=label>
            <p>{summary}</p>
            <ul>
                {previous
                    .0
                    .map(|href| {
                        view! {
                            <li>
                                <a rel="prev" href=href>{lang.pick("Page précédente", "Previous page")}</a>
                            </li>
                        }
                    })}
                {next
                    .0
                    .map(|href| {
                        view! {
                            <li>
                                <a rel="next" href=href>{lang.pick("Page suivante", "Next page")}</a>
                            </li>
                        }
                    })}
            </ul>
        </nav>
    }
    .into_any()
}
