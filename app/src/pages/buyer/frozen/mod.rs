//! The frozen years: each edition with its rates and its files, how anyone checks them, and the form that freezes one more.

mod check;
mod form;
mod restated;

pub use form::{FORM, Stopped, fits};
pub use restated::Restated;

use domain::text::Text;
use leptos::prelude::*;

use super::frame::{Back, Done, Lists};
use super::indicators::{mode_words, percent};
use super::list::{Shown, pager};
use super::{address, copy_of_address};
use crate::doors::buyer_desk;
use crate::i18n::{Lang, long_date, text, use_lang};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::long_moment;
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{
    ButtonLink, Column, DataTable, DescriptionList, EmptyState, Entry, ErrorSummary, Notice,
    PageTitle, Tone,
};
use crate::views::{FrozenEdition, FrozenState, FrozenView, RestatedFilter, Typed};

const TITLE: Text = text("Années arrêtées", "Frozen years");

/// What the address says beside the page: what was asked, what was done.
struct Said {
    asked: bool,
    done: Option<(i32, u32)>,
    altered: bool,
}

#[component]
pub fn FrozenYears() -> impl IntoView {
    let lang = use_lang();
    let number = address::page_number(query("page"));
    let done = query("fait").and_then(|_| {
        let year = query("annee")?.parse().ok()?;
        Some((year, query("edition")?.parse().ok()?))
    });
    let said = Said {
        asked: query("arreter").is_some(),
        done,
        altered: query("refus").as_deref() == Some(Stopped::Altered.code()),
    };
    let copy = copy_of_address();
    let desk = buyer_desk();
    page(
        async move {
            let desk = desk?;
            let found = desk.frozen_years(number).await?;
            let typed = match copy {
                Some(copy) => desk.kept_form(FORM, copy).await?,
                None => None,
            };
            Ok((found, typed))
        },
        move |(found, typed)| draw(lang, &said, &found, typed.as_ref()),
    )
}

fn draw(lang: Lang, said: &Said, found: &FrozenView, typed: Option<&Typed>) -> AnyView {
    let issues = typed
        .map(|typed| form::issues(lang, found, typed))
        .unwrap_or_default();
    let wrong = !issues.is_empty();
    if wrong {
        use_reply().status(422);
    } else if said.altered {
        use_reply().status(409);
    }
    let altered = said.altered.then(|| {
        view! {
            <Notice
                tone=Tone::Danger
                live=true
                id="stopped"
                title=lang.pick("Ce fichier n’a pas été donné", "This file was not given")
            >
                <p>{Stopped::Altered.message().get(lang)}</p>
            </Notice>
        }
    });
    let freeze = if said.asked || wrong {
        form::panel(lang, found, typed, &issues)
    } else {
        let href = address::frozen_years_with("arreter=1");
        view! {
            <p class="actions">
                <ButtonLink href=href label=lang.pick("Arrêter une année", "Freeze a year")/>
            </p>
        }
        .into_any()
    };
    let done = said.done.map(|done| done_words(lang, found, done));
    view! {
        <PageTitle title=TITLE.get(lang) error=wrong || said.altered/>
        <div class="page agent">
            <Back href=path::INDICATORS label=lang.pick("Indicateurs", "Figures")/>
            <ErrorSummary lang=lang issues=issues/>
            <h1>{TITLE.get(lang)}</h1>
            <Lists lang=lang current=path::INDICATORS/>
            <p class="lead">
                {lang
                    .pick(
                        "Les indicateurs d’une année tels qu’ils ont été publiés, avec les marchés qui les font. Rien de ce qui est importé ou décidé ensuite ne les change.",
                        "The figures of a year as they were published, with the contracts that make them. Nothing imported or decided later changes them.",
                    )}
            </p>
            {done.map(|words| view! { <Done text=words/> })}
            {altered}
            {freeze}
            {editions(lang, found)}
            {check::section(lang, found)}
        </div>
    }
    .into_any()
}

/// The number is only said of an edition that the page shows.
fn done_words(lang: Lang, found: &FrozenView, (year, edition): (i32, u32)) -> String {
    let is_it = |one: &FrozenEdition| (one.year, one.edition) == (year, edition);
    match (lang, found.editions.iter().any(is_it)) {
        (Lang::Fr, true) => format!("L’année {year} est arrêtée\u{A0}: édition {edition}."),
        (Lang::En, true) => format!("The year {year} is frozen: edition {edition}."),
        (_, false) => lang
            .pick(
                "L’année est arrêtée\u{A0}: elle est dans la suite de la liste.",
                "The year is frozen: it is further down the list.",
            )
            .to_owned(),
    }
}

fn editions(lang: Lang, found: &FrozenView) -> AnyView {
    if found.editions.is_empty() {
        return view! {
            <EmptyState
                title=lang.pick("Aucune année arrêtée", "No frozen year")
                text=lang.pick(
                    "Arrêtez une année avant d’en publier les indicateurs\u{A0}: chacun pourra les recalculer.",
                    "Freeze a year before you publish its figures: anyone can then compute them again.",
                )
            />
        }
        .into_any();
    }
    let list = found
        .editions
        .iter()
        .map(|one| edition(lang, one))
        .collect_view();
    let label = lang.pick("Pages des années arrêtées", "Pages of frozen years");
    let shown = Shown {
        page: found.page,
        pages: found.pages,
        rows: found.editions.len(),
        total: found.total,
    };
    view! {
        {list}
        {pager(lang, label, shown, address::frozen_years)}
    }
    .into_any()
}

fn edition_words(lang: Lang, one: &FrozenEdition) -> String {
    match lang {
        Lang::Fr => format!("{}, édition {}", one.year, one.edition),
        Lang::En => format!("{}, edition {}", one.year, one.edition),
    }
}

fn edition(lang: Lang, one: &FrozenEdition) -> AnyView {
    let title = edition_words(lang, one);
    let id = format!("edition-{}-{}", one.year, one.edition);
    let named = id.clone();
    let mut entries = vec![Entry::new(
        lang.pick("Arrêtée", "Frozen"),
        format!("{}, {}", long_moment(lang, one.at), one.by),
    )];
    if !one.note.is_empty() {
        entries.push(Entry::new(lang.pick("Note", "Note"), one.note.clone()));
    }
    let date = one.data_date.map_or_else(
        || {
            lang.pick("aucun import terminé", "no import ended")
                .to_owned()
        },
        |date| long_date(lang, date),
    );
    entries.extend([
        Entry::new(lang.pick("Date des données", "Date of the data"), date),
        Entry::new(
            lang.pick(
                "Genres d’entreprises solidaires",
                "Kinds of solidarity enterprises",
            ),
            one.kinds.join(", "),
        ),
        Entry::new(
            lang.pick("Version des règles", "Version of the rules"),
            one.rule_version.clone(),
        ),
    ]);
    entries.extend(one.states.iter().map(|of| checksum(lang, of)));
    let labels = [
        lang.pick("Clause environnementale", "Environmental clause"),
        lang.pick("Clause sociale", "Social clause"),
        lang.pick("Achats solidaires", "Solidarity purchases"),
        lang.pick("Fichiers et écarts", "Files and changes"),
    ];
    let [environmental, social, solidarity, files] = labels;
    let columns = vec![
        Column::new(lang.pick("Montants et titulaires", "Amounts and holders")),
        Column::new(environmental).figures(),
        Column::new(social).figures(),
        Column::new(solidarity).figures(),
        Column::new(files),
    ];
    let rows = one
        .states
        .iter()
        .map(|of| state(lang, labels, one, of))
        .collect_view();
    let caption = match lang {
        Lang::Fr => format!("Taux et fichiers de {title}"),
        Lang::En => format!("Rates and files of {title}"),
    };
    view! {
        <section class="block" aria-labelledby=named>
            <h2 id=id>{title}</h2>
            <DescriptionList entries=entries/>
        </section>
        <div class="rows">
            <DataTable caption=caption columns=columns quiet_caption=true>
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}

fn checksum(lang: Lang, of: &FrozenState) -> Entry {
    let mode = mode_words(of.mode).get(lang).to_lowercase();
    let term = match lang {
        Lang::Fr => format!("Empreinte SHA-256 des marchés, {mode}"),
        Lang::En => format!("SHA-256 checksum of the contracts, {mode}"),
    };
    let sum = view! { <code class="checksum">{of.sha256.clone()}</code> };
    Entry::view(term, sum.into_any())
}

fn state(
    lang: Lang,
    [environmental, social, solidarity, files]: [&'static str; 4],
    edition: &FrozenEdition,
    of: &FrozenState,
) -> AnyView {
    let title = edition_words(lang, edition);
    let mode = mode_words(of.mode).get(lang);
    let file = |name: &str, label: &'static str| {
        let about = format!(" ({title}, {})", mode.to_lowercase());
        view! {
            <a class="row-note" href=format!("{}/{name}", path::FROZEN_YEARS)>
                {label}
                <span class="visually-hidden">{about}</span>
            </a>
        }
    };
    let since = address::restated(&RestatedFilter {
        year: Some(edition.year),
        edition: edition.edition,
        mode: of.mode,
        page: 1,
    });
    let about = format!(" ({title}, {})", mode.to_lowercase());
    view! {
        <tr>
            <th scope="row">{mode}</th>
            <td class="figures" data-label=environmental>{percent(lang, of.environmental)}</td>
            <td class="figures" data-label=social>{percent(lang, of.social)}</td>
            <td class="figures" data-label=solidarity>{percent(lang, of.solidarity)}</td>
            <td data-label=files>
                <div>
                    {file(&of.contracts, lang.pick("Marchés (CSV)", "Contracts (CSV)"))}
                    {file(&of.figures, lang.pick("Indicateurs (JSON)", "Figures (JSON)"))}
                    <a class="row-note" href=since>
                        {lang.pick("Ce qui a changé depuis", "What changed since")}
                        <span class="visually-hidden">{about}</span>
                    </a>
                </div>
            </td>
        </tr>
    }
    .into_any()
}
