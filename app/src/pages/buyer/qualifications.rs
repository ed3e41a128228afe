//! The qualifications of all companies: search, state, period.

use leptos::prelude::*;

use super::address;
use super::frame::Lists;
use super::list::{Listed, Shown, taken};
use crate::catalogue::use_catalogue;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::claim::{key_title, quoted, upper_first};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::wording::{period, qualification_state};
use crate::routes::path;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Column, EmptyState, PageTitle, StatusChip, TextInput,
};
use crate::views::{Export, QualificationLine, QualificationPage};

#[component]
pub fn Qualifications() -> impl IntoView {
    let lang = use_lang();
    let (search, number) = (
        address::searched(query("q")),
        address::page_number(query("page")),
    );
    let desk = buyer_desk();
    page(
        async move { desk?.qualifications(&search, number).await },
        move |found| draw(lang, found),
    )
}

fn draw(lang: Lang, found: QualificationPage) -> AnyView {
    let title = lang.pick("Qualifications", "Qualifications");
    let clear = (!found.search.is_empty()).then(|| {
        view! {
            <ButtonLink
                href=path::QUALIFICATIONS
                label=lang.pick("Effacer la recherche", "Clear the search")
                kind=ButtonKind::Quiet
            />
        }
    });
    let search = found.search.clone();
    let list = list(lang, found);
    view! {
        <PageTitle title=title/>
        <div class="page agent">
            <h1>{title}</h1>
            <Lists lang=lang current=path::QUALIFICATIONS/>
            <p class="lead">
                {lang
                    .pick(
                        "Chaque affirmation acceptée devient une qualification datée, qui ne se modifie jamais.",
                        "Each accepted claim becomes a dated qualification, which is never changed.",
                    )}
            </p>
            <form class="filter" method="get" action=path::QUALIFICATIONS role="search">
                <TextInput
                    lang=lang
                    name="q"
                    kind="search"
                    label=lang.pick("Rechercher un nom ou un SIREN", "Search a name or a SIREN")
                    value=search
                    autocomplete="off"
                    maxlength=200
                />
                <Button label=lang.pick("Rechercher", "Search") kind=ButtonKind::Secondary/>
                {clear}
            </form>
            {list}
        </div>
    }
    .into_any()
}

fn list(lang: Lang, found: QualificationPage) -> AnyView {
    if found.rows.is_empty() {
        return empty(lang, &found);
    }
    let labels = [
        lang.pick("Qualification", "Qualification"),
        lang.pick("Période", "Period"),
        lang.pick("État", "State"),
    ];
    let columns = std::iter::once(Column::new(lang.pick("Entreprise", "Company")))
        .chain(labels.map(Column::new))
        .collect();
    let search = found.search;
    let at = |number: u32| address::qualifications(&search, number);
    let shown = Shown {
        page: found.page,
        pages: found.pages,
        rows: found.rows.len(),
        total: found.total,
    };
    let rows = found
        .rows
        .into_iter()
        .map(|line| row(lang, labels, line))
        .collect_view();
    let table = Listed {
        caption: lang.pick("Qualifications", "Qualifications"),
        quiet_caption: true,
        columns,
        rows: rows.into_any(),
    };
    let label = lang.pick("Pages des qualifications", "Pages of qualifications");
    taken(lang, label, shown, at, table, Export::Qualifications)
}

fn row(lang: Lang, [what, when, how]: [&'static str; 3], line: QualificationLine) -> AnyView {
    let (state, tone) = qualification_state(&line);
    let title = key_title(&use_catalogue(), &line.key, lang);
    view! {
        <tr>
            <th scope="row">
                {line.company_name}
                <span class="row-note">{line.siren.formatted()}</span>
            </th>
            <td data-label=what>
                <a href=address::qualification(line.id)>{title}</a>
            </td>
            <td data-label=when>{upper_first(&period(&line.validity, lang))}</td>
            <td data-label=how>
                <StatusChip label=state.get(lang) tone=tone/>
            </td>
        </tr>
    }
    .into_any()
}

fn empty(lang: Lang, found: &QualificationPage) -> AnyView {
    let (title, way_out) = if found.total > 0 {
        (
            lang.pick(
                "Cette page de la liste est vide",
                "This page of the list is empty",
            )
            .to_owned(),
            Some((
                address::qualifications(&found.search, 1),
                lang.pick("Revenir à la première page", "Back to the first page"),
            )),
        )
    } else if found.search.is_empty() {
        (
            lang.pick(
                "Aucune qualification pour l’instant",
                "No qualification yet",
            )
            .to_owned(),
            None,
        )
    } else {
        let wanted = quoted(lang, &found.search);
        (
            match lang {
                Lang::Fr => format!("Aucune qualification ne correspond à {wanted}"),
                Lang::En => format!("No qualification matches {wanted}"),
            },
            Some((
                path::QUALIFICATIONS.to_owned(),
                lang.pick("Voir toutes les qualifications", "See all qualifications"),
            )),
        )
    };
    let link = way_out.map(|(href, label)| view! { <a href=href>{label}</a> });
    view! { <EmptyState title=title>{link}</EmptyState> }.into_any()
}
