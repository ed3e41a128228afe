//! The catalogue of the form: what it offers and how it calls it, and each version that was recorded.

mod address;
mod difference;
mod entry;
mod lists;
mod problem;

pub use address::{List, NEW, entry_path};
pub use entry::CatalogueEntryPage;
pub use problem::{CatalogueProblem, FORM, LONGEST_REASON};

use leptos::prelude::*;

use crate::doors::admin_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::buyer::Done;
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::{long_moment, machine};
use crate::routes::path;
use crate::ui::{Column, DataTable, EmptyState, Notice, PageTitle, Tone};
use crate::views::CatalogueView;

#[component]
pub fn CataloguePage() -> impl IntoView {
    let lang = use_lang();
    let done = query("fait").is_some();
    let desk = admin_desk();
    page(async move { desk?.catalogue().await }, move |view| {
        draw(lang, done, view)
    })
}

fn draw(lang: Lang, done: bool, view: CatalogueView) -> AnyView {
    let title = lang.pick("Catalogue du formulaire", "Catalogue of the form");
    let done = done.then(|| {
        view! {
            <Done text=lang.pick(
                "Nouvelle version enregistrée. Ce qui a été signé garde ses mots.",
                "New version recorded. What was signed keeps its words.",
            )/>
        }
    });
    let lists = lists::all(lang, view.catalogues.latest());
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
                        "Ce que le formulaire propose aux fournisseurs, et les noms que portent les statuts, les thèmes et les plans partout dans le portail. Chaque modification fait une version, valable à partir du jour que vous choisissez.",
                        "What the form offers to suppliers, and the names that statuses, themes and plans bear across the portal. Each change makes a version, which holds from the day that you choose.",
                    )}
            </p>
            {done}
            {planned(lang, &view)}
            {lists}
            <section aria-labelledby="history-title">
                <h2 id="history-title">{lang.pick("Versions", "Versions")}</h2>
                {history(lang, &view)}
            </section>
        </div>
    }
    .into_any()
}

/// The version that waits for its day.
fn planned(lang: Lang, view: &CatalogueView) -> Option<AnyView> {
    let last = view.history.first()?;
    (last.from > view.today).then(|| {
        let day = long_date(lang, last.from);
        let words = match lang {
            Lang::Fr => format!(
                "La version {} sera en vigueur le {day}. Les listes ci-dessous la montrent déjà\u{202F}; une modification valable plus tôt la remplacerait, en la reprenant.",
                last.version
            ),
            Lang::En => format!(
                "Version {} holds from {day} on. The lists below show it already; a change that holds earlier would replace it, taking it up.",
                last.version
            ),
        };
        view! {
            <Notice tone=Tone::Info>
                <p>{words}</p>
            </Notice>
        }
        .into_any()
    })
}

fn history(lang: Lang, view: &CatalogueView) -> AnyView {
    if view.history.is_empty() {
        return view! {
            <EmptyState title=lang.pick(
                "Aucune modification\u{A0}: le catalogue est celui du programme.",
                "No change: the catalogue is the program’s own.",
            )/>
        }
        .into_any();
    }
    let labels = [
        lang.pick("En vigueur à partir du", "Holds from"),
        lang.pick("Modification", "Change"),
        lang.pick("Motif", "Reason"),
        lang.pick("Enregistrée par", "Recorded by"),
    ];
    let columns = std::iter::once(Column::new(lang.pick("Version", "Version")))
        .chain(labels.map(Column::new))
        .collect();
    let rows = view
        .history
        .iter()
        .map(|version| {
            let before = version.version.checked_sub(1);
            let pair = before
                .and_then(|before| view.catalogues.numbered(before))
                .zip(view.catalogues.numbered(version.version));
            let changes = pair
                .map(|(before, after)| difference::told(lang, before, after))
                .unwrap_or_default()
                .into_iter()
                .map(|line| view! { <p>{line}</p> })
                .collect_view();
            let [from, what, why, who] = labels;
            view! {
                <tr>
                    <th scope="row">{version.version}</th>
                    <td data-label=from>{long_date(lang, version.from)}</td>
                    <td data-label=what>{changes}</td>
                    <td data-label=why class="as-typed">{version.reason.clone()}</td>
                    <td data-label=who>
                        {version.by.clone()}
                        <span class="row-note">
                            <time datetime=machine(version.at)>{long_moment(lang, version.at)}</time>
                        </span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Versions enregistrées, de la plus récente à la plus ancienne", "Versions recorded, newest first")
                columns=columns
            >
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}
