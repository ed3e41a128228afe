//! Insertion commitments: what was promised beside what was realised, those with hours to check first at hand.

use domain::decimal::Hundredths;
use leptos::prelude::*;

use super::address;
use super::frame::Lists;
use super::list::{Listed, Shown, taken};
use crate::catalogue::use_catalogue;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::claim::{key_title, upper_first};
use crate::pages::shared::hours::{NO_HOURS, hours, whole_percent};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::wording::period;
use crate::routes::path;
use crate::ui::{Column, EmptyState, PageTitle};
use crate::views::{CommitmentLine, CommitmentsView, Export};

#[component]
pub fn Commitments() -> impl IntoView {
    let lang = use_lang();
    let to_check = address::hours_to_check(query);
    let number = address::page_number(query("page"));
    let desk = buyer_desk();
    page(
        async move { desk?.commitments(to_check, number).await },
        move |found| draw(lang, found),
    )
}

fn draw(lang: Lang, found: CommitmentsView) -> AnyView {
    let title = lang.pick("Engagements d’insertion", "Insertion commitments");
    let tabs = tabs(lang, &found);
    let list = list(lang, found);
    view! {
        <PageTitle title=title/>
        <div class="page agent">
            <h1>{title}</h1>
            <Lists lang=lang current=path::COMMITMENTS/>
            <p class="lead">
                {lang
                    .pick(
                        "Les heures promises par les entreprises, toutes années confondues, et celles qu’elles ont réalisées. Seules comptent les heures que vous avez vérifiées\u{202F}; un engagement pris sur un marché compte dans l’année où le marché est notifié, un engagement général dans celle où il commence.",
                        "The hours that companies promised, of all years, and those that they realised. Only hours that you have checked count; a commitment on a contract counts in the year in which the contract is notified, a general one in that in which it begins.",
                    )}
            </p>
            {tabs}
            {list}
        </div>
    }
    .into_any()
}

fn tabs(lang: Lang, found: &CommitmentsView) -> AnyView {
    let count = Hundredths::from_units(i64::try_from(found.to_check).unwrap_or(i64::MAX));
    let waiting = format!(
        "{} ({})",
        lang.pick("Heures à vérifier", "Hours to check"),
        count.display(lang)
    );
    let all = lang.pick("Tous les engagements", "All commitments");
    let tab = |to_check: bool, label: String| {
        let here = (found.only_to_check == to_check).then_some("page");
        view! { <li><a href=address::commitments(to_check, 1) aria-current=here>{label}</a></li> }
    };
    view! {
        <nav class="tabs" aria-label=lang.pick("Engagements montrés", "Commitments shown")>
            <ul>
                {tab(false, all.to_owned())}
                {tab(true, waiting)}
            </ul>
        </nav>
    }
    .into_any()
}

fn list(lang: Lang, found: CommitmentsView) -> AnyView {
    if found.rows.is_empty() {
        return empty(lang, &found);
    }
    let labels = [
        lang.pick("Engagement", "Commitment"),
        lang.pick("Promises", "Promised"),
        lang.pick("Vérifiées", "Checked"),
        lang.pick("À vérifier", "To check"),
        lang.pick("Trimestres attendus", "Quarters due"),
    ];
    let columns = std::iter::once(Column::new(lang.pick("Entreprise", "Company")))
        .chain(labels.iter().enumerate().map(|(rank, label)| {
            let column = Column::new(*label);
            if rank == 0 { column } else { column.figures() }
        }))
        .collect();
    let only_to_check = found.only_to_check;
    let at = |number: u32| address::commitments(only_to_check, number);
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
        caption: lang.pick("Heures de chaque engagement", "Hours of each commitment"),
        quiet_caption: true,
        columns,
        rows: rows.into_any(),
    };
    let label = lang.pick("Pages des engagements", "Pages of commitments");
    view! {
        <section class="block wide" aria-label=lang.pick("Promis et réalisé", "Promised and realised")>
            {taken(lang, label, shown, at, table, Export::Commitments)}
        </section>
    }
    .into_any()
}

fn row(lang: Lang, labels: [&'static str; 5], found: CommitmentLine) -> AnyView {
    let [what, promised, realised, waiting, missing] = labels;
    let CommitmentLine { line, hours: view } = found;
    let done = view.account.realised();
    let share = view
        .promised
        .and_then(|promised| whole_percent(lang, done, promised));
    let said = view.promised.map_or_else(
        || NO_HOURS.get(lang).to_owned(),
        |promised| hours(lang, promised),
    );
    view! {
        <tr>
            <th scope="row">
                {line.company_name}
                <span class="row-note">{line.siren.formatted()}</span>
            </th>
            <td data-label=what>
                <a href=format!("{}#heures", address::qualification(line.id))>{key_title(&use_catalogue(), &line.key, lang)}</a>
                <span class="row-note">{upper_first(&period(&line.validity, lang))}</span>
            </td>
            <td class="figures" data-label=promised>{said}</td>
            <td class="figures" data-label=realised>
                {hours(lang, done)}
                <span class="row-note">{share}</span>
            </td>
            <td class="figures" data-label=waiting>{hours(lang, view.account.waiting())}</td>
            <td class="figures" data-label=missing>{view.missing().count()}</td>
        </tr>
    }
    .into_any()
}

fn empty(lang: Lang, found: &CommitmentsView) -> AnyView {
    let title = if found.total > 0 {
        lang.pick(
            "Cette page de la liste est vide",
            "This page of the list is empty",
        )
    } else if found.only_to_check {
        lang.pick("Aucune heure à vérifier", "No hours to check")
    } else {
        lang.pick(
            "Aucun engagement d’insertion validé pour l’instant",
            "No insertion commitment validated yet",
        )
    };
    let link = (found.total > 0 || found.only_to_check).then(|| {
        view! {
            <a href=address::commitments(false, 1)>
                {lang.pick("Voir tous les engagements", "See all commitments")}
            </a>
        }
    });
    view! { <EmptyState title=title>{link}</EmptyState> }.into_any()
}
