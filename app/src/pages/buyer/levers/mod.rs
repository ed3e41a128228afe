//! What moves the solidarity figure: files to validate first, suppliers to invite, statuses to renew. The address holds the
//! year, the mode and the chosen files.

mod ending;
mod files;
mod outcome;
mod undeclared;

use domain::contracts::Mode;
use leptos::prelude::*;

use super::address;
use super::frame::{Back, Lists};
use super::indicators::mode_words;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{page, queries, query};
use crate::routes::path;
use crate::ui::{Button, ButtonKind, Choice, PageTitle, Select};
use crate::views::{FiguresFilter, LeversFilter, LeversView};
use ending::Ending;
use files::Files;
use undeclared::Undeclared;

#[component]
pub fn Levers() -> impl IntoView {
    let lang = use_lang();
    let filter = address::levers_filter(query, queries);
    let desk = buyer_desk();
    page(async move { desk?.levers(filter).await }, move |found| {
        draw(lang, found)
    })
}

fn draw(lang: Lang, found: LeversView) -> AnyView {
    let title = match lang {
        Lang::Fr => format!("Leviers des achats solidaires {}", found.year),
        Lang::En => format!("Levers of solidarity purchases {}", found.year),
    };
    let back = address::indicators(&FiguresFilter {
        year: Some(found.year),
        mode: found.filter.mode,
        ..FiguresFilter::default()
    });
    let filter = filter(lang, &found);
    let (year, mode) = (found.year, found.filter.mode);
    let ending = (found.ending.clone(), found.ending_total);
    view! {
        <PageTitle title=title.clone()/>
        <div class="page agent indicators">
            <Back href=back label=lang.pick("Retour aux indicateurs", "Back to the figures")/>
            <h1>{title}</h1>
            <Lists lang=lang current=path::INDICATORS/>
            <p class="lead">
                {lang
                    .pick(
                        "Ce qu’il faut faire d’abord pour que la part des achats solidaires monte\u{A0}: valider, inviter, renouveler.",
                        "What to do first for the share of solidarity purchases to rise: validate, invite, renew.",
                    )}
            </p>
            {filter}
            <Files lang=lang found=found.clone()/>
            <Undeclared lang=lang found=found/>
            <Ending lang=lang year=year mode=mode rows=ending.0 total=ending.1/>
        </div>
    }
    .into_any()
}

/// The page of a year, whatever page of it is shown and whatever files are chosen.
fn whole(year: i32, mode: Mode) -> String {
    address::levers(&LeversFilter {
        year: Some(year),
        mode,
        ..LeversFilter::default()
    })
}

fn filter(lang: Lang, found: &LeversView) -> AnyView {
    let years: Vec<Choice> = found
        .years
        .iter()
        .map(|year| Choice::new(year.to_string(), year.to_string()))
        .collect();
    let modes: Vec<Choice> = Mode::ALL
        .into_iter()
        .map(|mode| Choice::new(address::mode_code(mode), mode_words(mode).get(lang)))
        .collect();
    view! {
        <form class="filter" method="get" action=path::LEVERS>
            <Select
                lang=lang
                name="annee"
                label=lang.pick("Année de notification", "Year of notification")
                choices=years
                value=found.year.to_string()
            />
            <Select
                lang=lang
                name="etat"
                label=lang.pick("Montants et titulaires", "Amounts and holders")
                choices=modes
                value=address::mode_code(found.filter.mode)
            />
            <Button label=lang.pick("Afficher", "Show") kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}
