//! The insertion commitments of a year: what the hours promised and realised are made of, each with its decision.

use domain::decimal::Hundredths;
use leptos::prelude::*;

use crate::doors::buyer_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::buyer::address;
use crate::pages::buyer::frame::{Back, Lists};
use crate::pages::buyer::list::{Listed, Shown, taken};
use crate::pages::shared::claim::upper_first;
use crate::pages::shared::hours::{hours, whole_percent};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::wording::period;
use crate::routes::path;
use crate::ui::{Button, ButtonKind, Choice, Column, EmptyState, PageTitle, Select};
use crate::views::{Export, FiguresFilter, YearHoursFilter, YearHoursPage, YearHoursRow};

#[component]
pub fn YearHours() -> impl IntoView {
    let lang = use_lang();
    let filter = address::year_hours_filter(query);
    let desk = buyer_desk();
    page(
        async move { desk?.year_hours(filter).await },
        move |found| draw(lang, found),
    )
}

fn draw(lang: Lang, found: YearHoursPage) -> AnyView {
    let year = found.year;
    let title = match lang {
        Lang::Fr => format!("Heures d’insertion de {year}"),
        Lang::En => format!("Insertion hours of {year}"),
    };
    let back = address::indicators(&FiguresFilter {
        year: Some(year),
        ..FiguresFilter::default()
    });
    let years: Vec<Choice> = found
        .years
        .iter()
        .map(|year| Choice::new(year.to_string(), year.to_string()))
        .collect();
    let list = if found.rows.is_empty() {
        empty(lang, &found)
    } else {
        rows(lang, found)
    };
    view! {
        <PageTitle title=title.clone()/>
        <div class="page agent">
            <Back href=back label=lang.pick("Retour aux indicateurs", "Back to the figures")/>
            <h1>{title}</h1>
            <Lists lang=lang current=path::INDICATORS/>
            <p class="lead">
                {lang
                    .pick(
                        "Les engagements d’insertion validés de l’année, et ce que vous avez vérifié des heures réalisées. Un engagement pris sur un marché compte dans l’année où le marché est notifié\u{202F}; un engagement général, dans celle où il commence.",
                        "The validated insertion commitments of the year, and what you have checked of the hours realised. A commitment on a contract counts in the year in which the contract is notified; a general one, in that in which it begins.",
                    )}
            </p>
            <form class="filter" method="get" action=path::YEAR_HOURS>
                <Select
                    lang=lang
                    name="annee"
                    label=lang.pick("Année", "Year")
                    choices=years
                    value=year.to_string()
                />
                <Button label=lang.pick("Afficher", "Show") kind=ButtonKind::Secondary/>
            </form>
            {list}
        </div>
    }
    .into_any()
}

fn empty(lang: Lang, found: &YearHoursPage) -> AnyView {
    if found.total > 0 {
        let first = address::year_hours(&YearHoursFilter {
            page: 1,
            ..found.filter
        });
        return view! {
            <EmptyState title=lang.pick("Cette page n’existe pas", "There is no such page")>
                <a href=first>{lang.pick("Voir la première page", "See the first page")}</a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState
            title=lang.pick("Aucun engagement ne compte cette année", "No commitment counts in this year")
            text=lang.pick(
                "Un engagement qui nomme un marché ne compte qu’une fois ce marché importé, sous le même numéro.",
                "A commitment that names a contract only counts once that contract is imported, under the same number.",
            )
        >
            <a href=address::commitments(false, 1)>
                {lang.pick("Voir tous les engagements", "See all commitments")}
            </a>
        </EmptyState>
    }
    .into_any()
}

fn rows(lang: Lang, found: YearHoursPage) -> AnyView {
    let filter = YearHoursFilter {
        year: Some(found.year),
        ..found.filter
    };
    let labels = [
        lang.pick("Engagement", "Commitment"),
        lang.pick("Compte le", "Counts on"),
        lang.pick("Promises", "Promised"),
        lang.pick("Vérifiées", "Checked"),
    ];
    let [commitment, day, promised, checked] = labels;
    let columns = vec![
        Column::new(lang.pick("Entreprise", "Company")),
        Column::new(commitment),
        Column::new(day),
        Column::new(promised).figures(),
        Column::new(checked).figures(),
    ];
    let at = |page: u32| address::year_hours(&YearHoursFilter { page, ..filter });
    let said = sum(lang, &found);
    let shown = Shown {
        page: filter.page,
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
        caption: lang.pick("Engagements qui comptent", "Commitments that count"),
        quiet_caption: false,
        columns,
        rows: rows.into_any(),
    };
    let label = lang.pick("Pages des engagements", "Pages of commitments");
    view! {
        <p><strong>{said}</strong></p>
        {taken(lang, label, shown, at, table, Export::Hours)}
    }
    .into_any()
}

fn sum(lang: Lang, found: &YearHoursPage) -> String {
    let (promised, realised) = (hours(lang, found.promised), hours(lang, found.realised));
    let total = i64::try_from(found.total).unwrap_or(i64::MAX);
    let count = Hundredths::from_units(total).display(lang);
    match (lang, found.total) {
        (Lang::Fr, 1) => {
            format!("Un engagement compte\u{A0}: {promised} promises, {realised} vérifiées.")
        }
        (Lang::Fr, _) => format!(
            "{count}\u{A0}engagements comptent\u{A0}: {promised} promises, {realised} vérifiées."
        ),
        (Lang::En, 1) => {
            format!("One commitment counts: {promised} promised, {realised} checked.")
        }
        (Lang::En, _) => {
            format!("{count} commitments count: {promised} promised, {realised} checked.")
        }
    }
}

fn row(
    lang: Lang,
    [commitment, day, promised, checked]: [&'static str; 4],
    line: YearHoursRow,
) -> AnyView {
    let siren = line.siren.formatted();
    let (name, note) = match line.company {
        Some(name) => (name, Some(siren)),
        None => (siren, None),
    };
    let note = note.map(|siren| view! { <span class="row-note">{siren}</span> });
    let what = line.modality.map_or_else(
        || lang.pick("Engagement", "Commitment").to_owned(),
        |modality| modality.label().get(lang).to_owned(),
    );
    let what = match line.qualification {
        Some(id) => {
            let href = format!("{}#heures", address::qualification(id));
            view! { <a href=href>{what}</a> }.into_any()
        }
        None => what.into_any(),
    };
    let because = match (&line.contract, lang) {
        (Some(contract), Lang::Fr) => format!("notification du marché {contract}"),
        (Some(contract), Lang::En) => format!("notification of the contract {contract}"),
        (None, _) => lang
            .pick(
                "premier jour de l’engagement",
                "first day of the commitment",
            )
            .to_owned(),
    };
    let share = whole_percent(lang, line.realised, line.promised);
    view! {
        <tr>
            <th scope="row">{name} {note}</th>
            <td data-label=commitment>
                {what}
                <span class="row-note">{upper_first(&period(&line.validity, lang))}</span>
            </td>
            <td data-label=day>
                {long_date(lang, line.counted_on)} <span class="row-note">{because}</span>
            </td>
            <td class="figures" data-label=promised>{hours(lang, line.promised)}</td>
            <td class="figures" data-label=checked>
                {hours(lang, line.realised)} <span class="row-note">{share}</span>
            </td>
        </tr>
    }
    .into_any()
}
