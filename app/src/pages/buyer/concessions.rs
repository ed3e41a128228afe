//! The concessions of the buyer, the latest signed first: reported apart, in no figure.

use leptos::prelude::*;

use super::address;
use super::frame::{Back, Lists};
use super::indicators::holder_words;
use super::list::{Listed, Shown, taken};
use crate::doors::buyer_desk;
use crate::i18n::{Lang, euros, long_date, use_lang};
use crate::pages::shared::load::{page, query};
use crate::routes::path;
use crate::ui::{Button, ButtonKind, Choice, Column, EmptyState, PageTitle, Select};
use crate::views::{ConcessionFilter, ConcessionPage, ConcessionRow, Export};

#[component]
pub fn Concessions() -> impl IntoView {
    let lang = use_lang();
    let filter = address::concession_filter(query);
    let desk = buyer_desk();
    page(
        async move { desk?.concessions(filter).await },
        move |found| draw(lang, found),
    )
}

fn draw(lang: Lang, found: ConcessionPage) -> AnyView {
    let title = match (lang, found.filter.year) {
        (_, None) => "Concessions".to_owned(),
        (Lang::Fr, Some(year)) => format!("Concessions signées en {year}"),
        (Lang::En, Some(year)) => format!("Concessions signed in {year}"),
    };
    let years: Vec<Choice> =
        std::iter::once(Choice::new("", lang.pick("Toutes les années", "All years")))
            .chain(
                found
                    .years
                    .iter()
                    .map(|year| Choice::new(year.to_string(), year.to_string())),
            )
            .collect();
    let year = found.filter.year.map(|year| year.to_string());
    let list = if found.rows.is_empty() {
        empty(lang, &found)
    } else {
        rows(lang, found)
    };
    view! {
        <PageTitle title=title.clone()/>
        <div class="page agent">
            <Back
                href=path::INDICATORS.to_owned()
                label=lang.pick("Retour aux indicateurs", "Back to the figures")
            />
            <h1>{title}</h1>
            <Lists lang=lang current=path::INDICATORS/>
            <p class="lead">
                {lang
                    .pick(
                        "Les concessions publiées, dans leur dernière publication. Elles n’entrent dans aucun indicateur\u{A0}: leur valeur est celle de l’exploitation, non d’un achat.",
                        "Published concessions, as last published. They are in no figure: their value is that of an operation, not of a purchase.",
                    )}
            </p>
            <form class="filter" method="get" action=path::CONCESSIONS>
                <Select
                    lang=lang
                    name="annee"
                    label=lang.pick("Année de signature", "Year of signature")
                    choices=years
                    value=year.unwrap_or_default()
                />
                <Button label=lang.pick("Afficher", "Show") kind=ButtonKind::Secondary/>
            </form>
            {list}
        </div>
    }
    .into_any()
}

fn empty(lang: Lang, found: &ConcessionPage) -> AnyView {
    if found.total > 0 || found.filter.year.is_some() {
        let all = address::concessions(&ConcessionFilter {
            year: None,
            page: 1,
        });
        return view! {
            <EmptyState title=lang.pick("Aucune concession ici", "No concession here")>
                <a href=all>{lang.pick("Voir toutes les concessions", "See all concessions")}</a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState
            title=lang.pick("Aucune concession dans les données", "No concession in the data")
            text=lang.pick(
                "Elles viennent avec les données essentielles des marchés, dans la liste contrat-concession.",
                "They come with the essential data of contracts, in the list contrat-concession.",
            )
        >
            <a href=path::IMPORTS>{lang.pick("Importer des données essentielles", "Import essential data")}</a>
        </EmptyState>
    }
    .into_any()
}

fn rows(lang: Lang, found: ConcessionPage) -> AnyView {
    let filter = found.filter;
    let labels = [
        lang.pick("Concessionnaires", "Concessionaires"),
        lang.pick("Signée le", "Signed on"),
        lang.pick("Considérations", "Considerations"),
        lang.pick("Valeur", "Value"),
    ];
    let [holders, signed, considerations, value] = labels;
    let columns = vec![
        Column::new(lang.pick("Concession", "Concession")),
        Column::new(holders),
        Column::new(signed),
        Column::new(considerations),
        Column::new(value).figures(),
    ];
    let at = |page: u32| address::concessions(&ConcessionFilter { page, ..filter });
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
        caption: lang.pick(
            "Les concessions, la dernière signée d’abord",
            "Concessions, the latest signed first",
        ),
        quiet_caption: false,
        columns,
        rows: rows.into_any(),
    };
    let label = lang.pick("Pages des concessions", "Pages of concessions");
    view! {
        <p class="target-note">
            {lang.pick("Valeurs hors taxes, telles que publiées.", "Values excluding tax, as published.")}
        </p>
        {taken(lang, label, shown, at, table, Export::Concessions)}
    }
    .into_any()
}

fn row(
    lang: Lang,
    [holders, signed, considerations, value]: [&'static str; 4],
    line: ConcessionRow,
) -> AnyView {
    let note =
        |text: Option<String>| text.map(|text| view! { <span class="row-note">{text}</span> });
    let names: Vec<String> = line.holders.into_iter().map(holder_words).collect();
    let number = Some(line.concession_id.clone());
    let begins = line.begins_on.map(|day| match lang {
        Lang::Fr => format!("exécution dès le {}", long_date(lang, day)),
        Lang::En => format!("carried out from {}", long_date(lang, day)),
    });
    let months = line.duration_months.map(|months| match lang {
        Lang::Fr => format!("{months}\u{A0}mois"),
        Lang::En if months == 1 => "1 month".to_owned(),
        Lang::En => format!("{months} months"),
    });
    let said: Vec<String> = [line.social, line.environmental]
        .into_iter()
        .filter(|words| !words.is_empty())
        .map(|words| words.replace("; ", ", "))
        .collect();
    let said = if said.is_empty() {
        lang.pick("aucune publiée", "none published").to_owned()
    } else {
        said.join(", ")
    };
    let money = match line.value {
        Some(value) => euros(lang, value),
        None => lang.pick("inutilisable", "unusable").to_owned(),
    };
    let subsidy = line
        .subsidy
        .filter(|subsidy| *subsidy != domain::decimal::Hundredths::ZERO)
        .map(|subsidy| match lang {
            Lang::Fr => format!("subvention publique\u{A0}: {}", euros(lang, subsidy)),
            Lang::En => format!("public subsidy: {}", euros(lang, subsidy)),
        });
    view! {
        <tr>
            <th scope="row">
                {line.object.unwrap_or(line.concession_id)} {note(number)} {note(line.nature)}
                {note(line.procedure)}
            </th>
            <td data-label=holders>{names.join(", ")}</td>
            <td data-label=signed>
                {long_date(lang, line.signed_on)} {note(begins)} {note(months)}
            </td>
            <td data-label=considerations>{said}</td>
            <td class="figures" data-label=value>{money} {note(subsidy)}</td>
        </tr>
    }
    .into_any()
}
