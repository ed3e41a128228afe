//! Tables of data: a caption, headers with their scope, sort links, and a scroller that the keyboard reaches.

use leptos::prelude::*;

use super::MaybeWords;
use crate::i18n::Words;

/// How a column is sorted, and the address that sorts by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The address of the same list sorted by this column (or the other way round).
    pub href: Words,
    /// `Some(true)`: sorted ascending now; `Some(false)`: descending; `None`: not sorted by it.
    pub ascending: Option<bool>,
}

/// A header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: Words,
    /// Figures are aligned to the right.
    pub figures: bool,
    pub sort: Option<Sort>,
}

impl Column {
    pub fn new(label: impl Into<Words>) -> Self {
        Self {
            label: label.into(),
            figures: false,
            sort: None,
        }
    }

    #[must_use]
    pub fn figures(mut self) -> Self {
        self.figures = true;
        self
    }

    #[must_use]
    pub fn sorted(mut self, href: impl Into<Words>, ascending: Option<bool>) -> Self {
        self.sort = Some(Sort {
            href: href.into(),
            ascending,
        });
        self
    }
}

/// The children are `<tr>`; the first cell of each is `<th scope="row">`, cells of figures have the class `figures`.
#[component]
pub fn DataTable(
    #[prop(into)] caption: Words,
    columns: Vec<Column>,
    /// Hides the caption from sight when a heading just above says the same.
    #[prop(optional)]
    quiet_caption: bool,
    #[prop(optional, into)] id: MaybeWords,
    children: Children,
) -> AnyView {
    let heads = columns
        .into_iter()
        .map(|column| {
            let class = column.figures.then_some("figures");
            let aria_sort = column.sort.as_ref().and_then(|sort| {
                sort.ascending
                    .map(|up| if up { "ascending" } else { "descending" })
            });
            let label = match column.sort {
                Some(sort) => view! {
                    <a class="sort" href=sort.href>{column.label}</a>
                }
                .into_any(),
                None => column.label.into_any(),
            };
            view! { <th scope="col" class=class aria-sort=aria_sort>{label}</th> }
        })
        .collect_view();
    let caption_class = quiet_caption.then_some("visually-hidden");
    let label = caption.clone();
    view! {
        <section class="scroller" tabindex="0" aria-label=label>
            <table id=id.0>
                <caption class=caption_class>{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </section>
    }
    .into_any()
}
