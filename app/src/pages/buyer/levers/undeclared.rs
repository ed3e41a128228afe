//! Suppliers that hold contracts of the year and have no validated status: whom to invite first.

use domain::indicators::Measure;
use leptos::prelude::*;

use crate::i18n::{Lang, euros};
use crate::pages::buyer::address;
use crate::pages::buyer::export::Exports;
use crate::pages::buyer::list::{Listed, Shown, paged};
use crate::ui::{Column, EmptyState};
use crate::views::{ContractFilter, Export, LeversFilter, LeversView, UndeclaredSupplier};

/// The anchor of the section: its pages come back to it.
const ANCHOR: &str = "sans-statut";

#[component]
pub(super) fn Undeclared(lang: Lang, found: LeversView) -> AnyView {
    let list = if found.undeclared.rows.is_empty() {
        view! {
            <EmptyState title=lang
                .pick(
                    "Tous les titulaires de l’année ont un statut validé, ou il n’y a pas de marché",
                    "All holders of the year have a validated status, or there is no contract",
                )>""</EmptyState>
        }
        .into_any()
    } else {
        rows(lang, &found)
    };
    view! {
        <section class="block" id=ANCHOR>
            <h2>{lang.pick("Fournisseurs sans statut validé", "Suppliers without validated status")}</h2>
            {intro(lang, &found)}
            {list}
        </section>
    }
    .into_any()
}

fn intro(lang: Lang, found: &LeversView) -> Option<AnyView> {
    let (total, amount) = (
        domain::decimal::Hundredths::from_units(
            i64::try_from(found.undeclared.total).unwrap_or(i64::MAX),
        )
        .display(lang),
        euros(lang, found.undeclared.amount),
    );
    let words = match (lang, found.undeclared.total) {
        (_, 0) => return None,
        (Lang::Fr, 1) => format!(
            "Un titulaire de marchés de l’année, pour {amount}, n’a aucun statut validé, ni à leur date ni aujourd’hui, sur le portail ou repris d’ailleurs\u{A0}: invitez-le à se déclarer."
        ),
        (Lang::Fr, _) => format!(
            "{total} titulaires de marchés de l’année, pour {amount} en tout, n’ont aucun statut validé, ni à leur date ni aujourd’hui, sur le portail ou repris d’ailleurs\u{A0}: invitez-les à se déclarer, les plus grands d’abord."
        ),
        (Lang::En, 1) => format!(
            "One holder of contracts of the year, for {amount}, has no validated status, neither on their dates nor today, here or taken over: invite it to declare."
        ),
        (Lang::En, _) => format!(
            "{total} holders of contracts of the year, for {amount} in all, have no validated status, neither on their dates nor today, here or taken over: invite them to declare, the largest first."
        ),
    };
    Some(view! { <p>{words}</p> }.into_any())
}

fn rows(lang: Lang, found: &LeversView) -> AnyView {
    let labels = [
        lang.pick("Part des montants", "Part of amounts"),
        lang.pick("Marchés", "Contracts"),
        lang.pick("PME au répertoire", "SME in the register"),
    ];
    let [amount, contracts, sme] = labels;
    let columns = vec![
        Column::new(lang.pick("Fournisseur", "Supplier")),
        Column::new(amount).figures(),
        Column::new(contracts).figures(),
        Column::new(sme),
    ];
    let at = |page: u32| {
        let filter = LeversFilter {
            year: Some(found.year),
            page,
            ..found.filter.clone()
        };
        format!("{}#{ANCHOR}", address::levers(&filter))
    };
    let undeclared = &found.undeclared;
    let shown = Shown {
        page: found.filter.page,
        pages: undeclared.pages,
        rows: undeclared.rows.len(),
        total: undeclared.total,
    };
    let rows = undeclared
        .rows
        .iter()
        .map(|supplier| row(lang, labels, found, supplier))
        .collect_view();
    let table = Listed {
        caption: lang.pick(
            "Fournisseurs sans statut validé",
            "Suppliers without validated status",
        ),
        quiet_caption: true,
        columns,
        rows: rows.into_any(),
    };
    let label = lang.pick("Pages des fournisseurs", "Pages of suppliers");
    view! {
        {paged(lang, label, shown, at, table)}
        <Exports
            lang=lang
            list=Export::Undeclared
            page=super::whole(found.year, found.filter.mode)
            rows=Some(found.undeclared.total)
        />
    }
    .into_any()
}

fn row(
    lang: Lang,
    [amount, contracts, sme]: [&'static str; 3],
    found: &LeversView,
    supplier: &UndeclaredSupplier,
) -> AnyView {
    let name = supplier.name.clone();
    let name = match &supplier.siren {
        Some(siren) => {
            let href = address::contracts(&ContractFilter {
                supplier: Some(siren.clone()),
                ..ContractFilter::of(found.year, found.filter.mode, Measure::All)
            });
            let number = (name != siren.formatted()).then(|| siren.formatted());
            view! {
                <a href=href>{name}</a>
                {number.map(|number| view! { <span class="row-note">{number}</span> })}
            }
            .into_any()
        }
        None => name.into_any(),
    };
    let by_register = if supplier.sme {
        lang.pick("Oui", "Yes")
    } else {
        lang.pick("Non établi", "Not known")
    };
    let waiting = supplier.waiting.then(|| {
        let words = lang.pick("dossier en attente", "file waiting");
        view! { <span class="row-note">{words}</span> }
    });
    view! {
        <tr>
            <th scope="row">{name} {waiting}</th>
            <td class="figures" data-label=amount>{euros(lang, supplier.amount)}</td>
            <td class="figures" data-label=contracts>{supplier.contracts}</td>
            <td data-label=sme>{by_register}</td>
        </tr>
    }
    .into_any()
}
