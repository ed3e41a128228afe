//! The published lists that prove: which is in force, since when, and the way to each.

pub mod address;
mod columns;
mod difference;
mod history;
mod import;
mod list;
mod problem;
mod words;

pub use import::ListImportPage;
pub use list::ListPage;
pub use problem::{FORM, LONGEST_REASON, ListProblem};

use leptos::prelude::*;

use crate::doors::admin_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::load::page;
use crate::pages::shared::moment::long_moment;
use crate::routes::path;
use crate::ui::{Column, DataTable, PageTitle, StatusChip, Tone};
use crate::views::{ListLine, ListsView};

#[component]
pub fn ListsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = admin_desk();
    page(async move { desk?.lists().await }, move |view| {
        draw(lang, &view)
    })
}

fn draw(lang: Lang, view: &ListsView) -> AnyView {
    let title = lang.pick("Listes qui prouvent", "Lists that prove");
    let labels = [
        lang.pick("État", "State"),
        lang.pick("Date de la liste", "Date of the list"),
        lang.pick("Lignes", "Rows"),
        lang.pick("Dernier import", "Last import"),
    ];
    let [state, dated, rows, last] = labels;
    let columns = vec![
        Column::new(lang.pick("Liste", "List")),
        Column::new(state),
        Column::new(dated),
        Column::new(rows).figures(),
        Column::new(last),
    ];
    let lines = view
        .lists
        .iter()
        .map(|line| row(lang, labels, line))
        .collect_view();
    view! {
        <PageTitle title=title/>
        <div class="page agent">
            <p class="back">
                <a href=path::ADMINISTRATION>{lang.pick("Administration", "Administration")}</a>
            </p>
            <h1>{title}</h1>
            <p class="lead">
                {lang
                    .pick(
                        "Ces listes publiées sont montrées à côté de ce que déclare un fournisseur, avec leur date. Une entreprise qui n’y figure pas n’est jamais soupçonnée pour autant\u{A0}: les listes sont datées et incomplètes.",
                        "These published lists are shown beside what a supplier declares, with their date. A company that is not in them is never suspected for that: lists are dated and incomplete.",
                    )}
            </p>
            <div class="rows">
                <DataTable
                    caption=lang.pick("Listes et version en vigueur", "Lists and the version in force")
                    quiet_caption=true
                    columns=columns
                >
                    {lines}
                </DataTable>
            </div>
        </div>
    }
    .into_any()
}

fn row(lang: Lang, [state, dated, rows, last]: [&'static str; 4], line: &ListLine) -> AnyView {
    let (words, tone) = words::line_state(line);
    let pending = (line.pending > 0).then(|| {
        let words = match (lang, line.pending) {
            (Lang::Fr, 1) => "1\u{A0}fichier à décider".to_owned(),
            (Lang::Fr, many) => format!("{many}\u{A0}fichiers à décider"),
            (Lang::En, 1) => "1 file to decide about".to_owned(),
            (Lang::En, many) => format!("{many} files to decide about"),
        };
        view! { <StatusChip label=words tone=Tone::Warning/> }
    });
    let nothing = || "\u{2013}".to_owned();
    let force = line.in_force.as_ref();
    let sent = force.map(|force| {
        view! {
            <div>
                {long_moment(lang, force.since)}
                <span class="row-note">{words::by(lang, &force.by)}</span>
            </div>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=address::list(line.list)>{line.list.label().get(lang)}</a>
                <span class="row-note">{line.list.publisher().get(lang)}</span>
            </th>
            <td data-label=state>
                <div>
                    <StatusChip label=words.get(lang) tone=tone/>
                    {pending}
                </div>
            </td>
            <td data-label=dated>
                {force.map_or_else(nothing, |force| long_date(lang, force.published_on))}
            </td>
            <td class="figures" data-label=rows>
                {force.map_or_else(nothing, |force| words::count(lang, force.rows))}
            </td>
            <td data-label=last>{sent}</td>
        </tr>
    }
    .into_any()
}
