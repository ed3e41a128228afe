//! The solidarity purchases by the payments of the accounts: the figure, by department, by supplier, and down to each payment.

mod directions;
mod links;
mod sums;
mod supplier;
mod suppliers;

pub use links::{address, filter};
pub use supplier::SupplierPayments;

use domain::indicators::{Payer, Purchases};
use leptos::prelude::*;

use super::address as addresses;
use super::frame::{Back, Lists};
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{page, query};
use crate::routes::path;
use crate::site::Site;
use crate::ui::{Button, ButtonKind, Choice, EmptyState, PageTitle, Select};
use crate::views::{FiguresFilter, PaymentsFilter, PaymentsView};

#[component]
pub fn Payments() -> impl IntoView {
    let lang = use_lang();
    let site = expect_context::<std::sync::Arc<Site>>();
    let filter = filter(query);
    let desk = buyer_desk();
    page(async move { desk?.payments(filter).await }, move |found| {
        draw(lang, site.targets.solidarity, &found)
    })
}

fn draw(lang: Lang, target: u8, found: &PaymentsView) -> AnyView {
    let title = match lang {
        Lang::Fr => format!("Paiements de {}", found.year),
        Lang::En => format!("Payments of {}", found.year),
    };
    let back = addresses::indicators(&FiguresFilter {
        year: Some(found.year),
        ..FiguresFilter::default()
    });
    let body = if found.sums.payments == 0 {
        empty(lang, found)
    } else {
        view! {
            {sums::section(lang, target, found)}
            {directions::section(lang, found)}
            {suppliers::section(lang, found)}
        }
        .into_any()
    };
    view! {
        <PageTitle title=title.clone()/>
        <div class="page agent indicators">
            <Back href=back label=lang.pick("Retour aux indicateurs", "Back to the figures")/>
            <h1>{title}</h1>
            <Lists lang=lang current=path::INDICATORS/>
            <p class="lead">
                {lang
                    .pick(
                        "Les achats solidaires d’après les paiements de la comptabilité, chacun compté avec le statut valide à son jour.",
                        "Solidarity purchases by the payments of the accounts, each counted with the status valid on its day.",
                    )}
            </p>
            {form(lang, &found.years, &found.filter())}
            {narrowed(lang, &found.filter())}
            {body}
        </div>
    }
    .into_any()
}

/// The year and what payments, for both pages.
fn form(lang: Lang, years: &[i32], shown: &PaymentsFilter) -> AnyView {
    let years: Vec<Choice> = years
        .iter()
        .map(|year| Choice::new(year.to_string(), year.to_string()))
        .collect();
    let purchases: Vec<Choice> = Purchases::ALL
        .into_iter()
        .map(|one| Choice::new(one.code(), one.label().get(lang)))
        .collect();
    let (action, label) = match shown.part.party {
        Some(_) => (
            path::SUPPLIER_PAYMENTS,
            lang.pick("Paiements à montrer", "Payments to show"),
        ),
        None => (
            path::PAYMENTS,
            lang.pick("Dans la liste des fournisseurs", "In the list of suppliers"),
        ),
    };
    view! {
        <form class="filter" method="get" action=action>
            <Select
                lang=lang
                name="annee"
                label=lang.pick("Année de paiement", "Year of payment")
                choices=years
                value=shown.year.unwrap_or_default().to_string()
            />
            <Select
                lang=lang
                name=links::PURCHASES
                label=label
                choices=purchases
                value=shown.part.purchases.code()
            />
            {links::hidden(&shown.part)}
            <Button label=lang.pick("Afficher", "Show") kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}

/// The name of a department, or that there is none.
pub fn direction_words(lang: Lang, name: Option<&str>) -> String {
    name.unwrap_or_else(|| lang.pick("Non renseignée", "Not given"))
        .to_owned()
}

/// The department that the page is narrowed to, with the way out of it.
fn narrowed(lang: Lang, shown: &PaymentsFilter) -> Option<AnyView> {
    let name = match &shown.part.payer {
        Payer::Any => return None,
        Payer::Unnamed => None,
        Payer::Named(name) => Some(name.as_str()),
    };
    let mut all = shown.clone();
    all.part.payer = Payer::Any;
    let label = lang.pick("Direction", "Department");
    Some(
        view! {
            <section class="narrowed" aria-label=lang.pick("Filtres", "Filters")>
                <ul>
                    <li>
                        {label} {lang.pick("\u{A0}: ", ": ")}
                        <strong>{direction_words(lang, name)}</strong> " "
                        <a href=address(&all)>
                            {lang.pick("Retirer", "Remove")}
                            <span class="visually-hidden">{format!(" ({label})")}</span>
                        </a>
                    </li>
                </ul>
            </section>
        }
        .into_any(),
    )
}

/// Nothing in the department asked for says nothing of the year.
fn empty(lang: Lang, found: &PaymentsView) -> AnyView {
    if found.whole.payments > 0 {
        let mut all = found.filter();
        all.part.payer = Payer::Any;
        return view! {
            <EmptyState title=lang.pick("Aucun paiement de cette direction dans l’année", "No payment of this department in the year")>
                <a href=address(&all)>{lang.pick("Voir toute l’année", "See the whole year")}</a>
            </EmptyState>
        }
        .into_any();
    }
    let title = match lang {
        Lang::Fr => format!("Aucun paiement de {} dans les données", found.year),
        Lang::En => format!("No payment of {} in the data", found.year),
    };
    view! {
        <EmptyState
            title=title
            text=lang.pick(
                "Choisissez une autre année, ou demandez à qui administre le portail d’importer l’export de la comptabilité (spaser ledger import). Un taux sans paiement n’est pas calculable\u{A0}: il n’est pas de zéro.",
                "Choose another year, or ask who runs the portal to import the export of the accounts (spaser ledger import). A rate without payment is not computable: it is not zero.",
            )
        >
            ""
        </EmptyState>
    }
    .into_any()
}
