//! The three targets of a year as a public authority shows them, then every figure, and the way from each to its contracts.

mod breakdown;
mod chart;
mod contract;
mod contracts;
mod figures;
mod narrowed;
mod subcontracts;
mod targets;
mod words;
mod year_hours;

pub(super) use chart::gauge;
pub use contract::ContractPage;
pub use contracts::{Contracts, holder_words};
pub use figures::{measures, plan_words};
pub use subcontracts::Subcontracts;
pub use words::figure_words;
pub use year_hours::YearHours;

use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::indicators::{Measure, Narrowing};
use leptos::prelude::*;

use super::address;
use super::export::Exports;
use super::frame::Lists;
use super::payments;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{page, query};
use crate::routes::path;
use crate::site::Site;
use crate::ui::{Button, ButtonKind, Choice, Column, DataTable, EmptyState, PageTitle, Select};
use crate::views::{Export, FiguresFilter, IndicatorsView, LeversFilter, PaymentsFilter};
use figures::Figures;
use targets::Targets;
pub(super) use words::{mode_words, percent};

#[component]
pub fn Indicators() -> impl IntoView {
    let lang = use_lang();
    let site = expect_context::<std::sync::Arc<Site>>();
    let filter = address::figures_filter(query);
    let desk = buyer_desk();
    page(
        async move { desk?.indicators(&filter).await },
        move |found| draw(lang, &site, found),
    )
}

fn draw(lang: Lang, site: &Site, found: IndicatorsView) -> AnyView {
    let title = match lang {
        Lang::Fr => format!("Indicateurs {}", found.year),
        Lang::En => format!("Figures of {}", found.year),
    };
    let filter = filter(lang, &found);
    let shown = found.filter();
    let payments = payments::address(&PaymentsFilter {
        year: Some(found.year),
        ..PaymentsFilter::default()
    });
    let body = if found.report.n_contracts == Hundredths::ZERO && !found.narrowing.is_empty() {
        empty_part(lang, &found)
    } else if found.report.n_contracts == Hundredths::ZERO {
        empty(lang, &found)
    } else {
        let targets = site.targets;
        let moving = LeversFilter {
            year: Some(found.year),
            mode: found.mode,
            ..LeversFilter::default()
        };
        view! {
            <Targets lang=lang targets=targets found=found.clone()/>
            <p><a href=address::levers(&moving)>{lang.pick("Ce qui ferait monter la part des achats solidaires", "What would raise the share of solidarity purchases")}</a></p>
            {history(lang, &found)}
            {breakdown::section(lang, &found)}
            <Figures lang=lang found=found.clone()/>
            {flags(lang, &found)}
        }
        .into_any()
    };
    view! {
        <PageTitle title=title.clone()/>
        <div class="page agent indicators">
            <h1>{title}</h1>
            <Lists lang=lang current=path::INDICATORS/>
            <p class="lead">
                {lang
                    .pick(
                        "Les trois objectifs, calculés sur les marchés notifiés dans l’année et les qualifications valides à leur date.",
                        "The three targets, computed on the contracts notified in the year and the qualifications valid on their date.",
                    )}
            </p>
            {filter}
            <p>
                <a href=path::FROZEN_YEARS>{lang.pick("Années arrêtées", "Frozen years")}</a>
                " · "
                <a href=payments>
                    {lang.pick("Achats solidaires d’après les paiements", "Solidarity purchases by payments")}
                </a>
                " · "
                <a href=path::CONCESSIONS>
                    {lang.pick("Concessions, hors des indicateurs", "Concessions, outside the figures")}
                </a>
            </p>
            {narrowed::of_figures(lang, &shown)}
            {body}
        </div>
    }
    .into_any()
}

fn filter(lang: Lang, found: &IndicatorsView) -> AnyView {
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
        <form class="filter" method="get" action=path::INDICATORS>
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
                value=address::mode_code(found.mode)
            />
            {narrowed::hidden(&found.narrowing)}
            <input type="hidden" name="par" value=found.by.code()/>
            <Button label=lang.pick("Afficher", "Show") kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}

fn empty(lang: Lang, found: &IndicatorsView) -> AnyView {
    let title = match lang {
        Lang::Fr => format!("Aucun marché notifié en {} dans les données", found.year),
        Lang::En => format!("No contract notified in {} in the data", found.year),
    };
    let others = found.history.first().map(|latest| {
        let href = address::indicators(&FiguresFilter {
            year: Some(latest.year),
            ..found.filter()
        });
        let label = match lang {
            Lang::Fr => format!("Voir l’année {}", latest.year),
            Lang::En => format!("See the year {}", latest.year),
        };
        view! { <a href=href>{label}</a> }
    });
    view! {
        <EmptyState
            title=title
            text=lang.pick(
                "Envoyez les données essentielles sur la page Imports. Un taux sans marché n’est pas calculable\u{A0}: il n’est pas de zéro.",
                "Send the essential data on the page Imports. A rate without contract is not computable: it is not zero.",
            )
        >
            {others}
            " "
            <a href=path::IMPORTS>{lang.pick("Importer des marchés", "Import contracts")}</a>
        </EmptyState>
    }
    .into_any()
}

/// Nothing in the part asked for says nothing of the year.
fn empty_part(lang: Lang, found: &IndicatorsView) -> AnyView {
    let href = address::indicators(&FiguresFilter {
        narrowing: Narrowing::default(),
        ..found.filter()
    });
    view! {
        <EmptyState title=lang.pick("Aucun marché dans cette partie de l’année", "No contract in this part of the year")>
            <a href=href>{lang.pick("Voir toute l’année", "See the whole year")}</a>
        </EmptyState>
    }
    .into_any()
}

/// Year against year: a chart, and the same as a table.
fn history(lang: Lang, found: &IndicatorsView) -> Option<AnyView> {
    (found.history.len() > 1).then(|| {
        let columns = vec![
            Column::new(lang.pick("Année", "Year")),
            Column::new(lang.pick("Marchés", "Contracts")).figures(),
            Column::new(lang.pick("Clause environnementale", "Environmental clause")).figures(),
            Column::new(lang.pick("Clause sociale", "Social clause")).figures(),
            Column::new(lang.pick("Achats solidaires", "Solidarity purchases")).figures(),
        ];
        let rows = found
            .history
            .iter()
            .map(|rates| {
                let href = address::indicators(&FiguresFilter {
                    year: Some(rates.year),
                    ..found.filter()
                });
                view! {
                    <tr>
                        <th scope="row"><a href=href>{rates.year}</a></th>
                        <td class="figures">{rates.contracts.display(lang)}</td>
                        <td class="figures">{percent(lang, rates.environmental)}</td>
                        <td class="figures">{percent(lang, rates.social)}</td>
                        <td class="figures">{percent(lang, rates.solidarity)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section class="block">
                <h2>{lang.pick("D’une année sur l’autre", "Year against year")}</h2>
                {chart::chart(lang, &found.history)}
                <DataTable
                    caption=lang.pick("Taux de chaque année", "Rates of each year")
                    columns=columns
                >
                    {rows}
                </DataTable>
                <Exports
                    lang=lang
                    list=Export::Years
                    page=address::indicators(&found.filter())
                    rows=None
                />
            </section>
        }
        .into_any()
    })
}

/// What was repaired, set aside or doubtful, and what it means for the figures.
fn flags(lang: Lang, found: &IndicatorsView) -> Option<AnyView> {
    let rows = found
        .findings()
        .into_iter()
        .map(|(flag, count)| {
            view! {
                <tr>
                    <th scope="row">{flag.meaning().get(lang)}</th>
                    <td class="figures">{count}</td>
                </tr>
            }
        })
        .collect_view();
    (!found.report.flags.is_empty()).then(|| {
        let href = address::contracts(&found.contracts(Measure::Flagged));
        let columns = vec![
            Column::new(lang.pick("Constat", "Finding")),
            Column::new(lang.pick("Marchés", "Contracts")).figures(),
        ];
        view! {
            <section class="block">
                <h2>{lang.pick("Qualité des données", "Quality of the data")}</h2>
                <DataTable
                    caption=lang.pick("Ce qui a été réparé, écarté ou trouvé douteux", "What was repaired, set aside or found doubtful")
                    columns=columns
                >
                    {rows}
                </DataTable>
                <Exports
                    lang=lang
                    list=Export::Findings
                    page=address::indicators(&found.filter())
                    rows=None
                />
                <p><a href=href>{lang.pick("Voir les marchés signalés", "See the flagged contracts")}</a></p>
            </section>
        }
        .into_any()
    })
}
