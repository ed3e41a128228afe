//! The links that take a list away as a file, with the filters of its page.

use domain::decimal::Hundredths;
use leptos::prelude::*;

use super::address;
use crate::i18n::Lang;
use crate::views::{Export, FileFormat};

/// `page` is the address of the page that shows the list; its filters go to the file.
#[component]
pub(super) fn Exports(
    lang: Lang,
    list: Export,
    page: String,
    /// How many rows the file will have, when that is known.
    rows: Option<u64>,
) -> AnyView {
    let links = FileFormat::ALL
        .into_iter()
        .zip([" ", ", "])
        .map(|(format, before)| {
            let about = format!(" ({})", list.label().get(lang));
            view! {
                {before}
                <a href=address::export(list, format, &page) download="">
                    {format.label()}
                    <span class="visually-hidden">{about}</span>
                </a>
            }
        })
        .collect_view();
    let count = rows.map(|rows| {
        let number = Hundredths::from_units(i64::try_from(rows).unwrap_or(i64::MAX)).display(lang);
        match (lang, rows) {
            (Lang::Fr, 0 | 1) => format!(" ({number}\u{A0}ligne)"),
            (Lang::Fr, _) => format!(" ({number}\u{A0}lignes)"),
            (Lang::En, 1) => " (1 row)".to_owned(),
            (Lang::En, _) => format!(" ({number} rows)"),
        }
    });
    view! {
        <p class="target-note exports">{lang.pick("Exporter\u{A0}:", "Export:")} {links} {count}</p>
    }
    .into_any()
}
