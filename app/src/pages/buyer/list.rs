//! A list of the agents' pages: its table, the way to its other pages, and the files that hold the whole of it.

use domain::decimal::Hundredths;
use leptos::prelude::*;

use super::export::Exports;
use crate::i18n::Lang;
use crate::ui::{Column, DataTable, Pager};
use crate::views::Export;

/// Rows of a page.
const PAGE_SIZE: u64 = 25;
/// Long lists of the portal are counted up to here; a list of exactly so many rows is said to have them or more.
pub(super) const TOTAL_CAP: u64 = 1_000;

/// Which rows of a list its page shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    pub(super) page: u32,
    pub(super) pages: u32,
    pub(super) rows: usize,
    /// Of all pages.
    pub(super) total: u64,
}

/// The table of a page.
pub(super) struct Listed {
    pub(super) caption: &'static str,
    pub(super) quiet_caption: bool,
    pub(super) columns: Vec<Column>,
    pub(super) rows: AnyView,
}

/// Going from one page of a list to the next: `label` names the list, `at` is the address of one of its pages.
pub(super) fn pager(
    lang: Lang,
    label: &'static str,
    shown: Shown,
    at: impl Fn(u32) -> String,
) -> AnyView {
    let (previous, next) = (
        (shown.page > 1).then(|| at(shown.page - 1)),
        (shown.page < shown.pages).then(|| at(shown.page + 1)),
    );
    let summary = summary(lang, shown);
    view! { <Pager lang=lang label=label summary=summary previous=previous next=next/> }.into_any()
}

/// A table with its pager.
pub(super) fn paged(
    lang: Lang,
    label: &'static str,
    shown: Shown,
    at: impl Fn(u32) -> String,
    table: Listed,
) -> AnyView {
    view! {
        <div class="rows">
            <DataTable
                caption=table.caption
                columns=table.columns
                quiet_caption=table.quiet_caption
            >
                {table.rows}
            </DataTable>
        </div>
        {pager(lang, label, shown, at)}
    }
    .into_any()
}

/// The same with its files; how many rows these have is said unless the list was not counted to its end.
pub(super) fn taken(
    lang: Lang,
    label: &'static str,
    shown: Shown,
    at: impl Fn(u32) -> String,
    table: Listed,
    list: Export,
) -> AnyView {
    let whole = at(1);
    let known = (shown.total != TOTAL_CAP).then_some(shown.total);
    view! {
        {paged(lang, label, shown, at, table)}
        <Exports lang=lang list=list page=whole rows=known/>
    }
    .into_any()
}

fn summary(lang: Lang, shown: Shown) -> String {
    let first = u64::from(shown.page.saturating_sub(1)) * PAGE_SIZE + 1;
    let last = first + (shown.rows as u64).saturating_sub(1);
    let count = |number: u64| {
        Hundredths::from_units(i64::try_from(number).unwrap_or(i64::MAX)).display(lang)
    };
    let total = match (shown.total == TOTAL_CAP, lang) {
        (false, _) => count(shown.total),
        (true, Lang::Fr) => format!("{} ou plus", count(TOTAL_CAP)),
        (true, Lang::En) => format!("{} or more", count(TOTAL_CAP)),
    };
    match lang {
        Lang::Fr => format!("{first} à {last} sur {total}"),
        Lang::En => format!("{first} to {last} of {total}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_says_where_one_is() {
        let said = |lang, page, rows, total| {
            let shown = Shown {
                page,
                pages: 99,
                rows,
                total,
            };
            summary(lang, shown)
        };
        assert_eq!(said(Lang::Fr, 2, 25, 312), "26 à 50 sur 312");
        assert_eq!(said(Lang::Fr, 1, 1, 1), "1 à 1 sur 1");
        assert_eq!(said(Lang::En, 40, 25, 1000), "976 to 1000 of 1,000 or more");
        assert_eq!(said(Lang::En, 1, 25, 1204), "1 to 25 of 1,204");
    }
}
