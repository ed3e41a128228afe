//! Who was paid, the most paid first; each leads to its payments.

use domain::indicators::Purchases;
use leptos::prelude::*;

use super::address;
use crate::i18n::{Lang, euros};
use crate::pages::buyer::export::Exports;
use crate::pages::buyer::list::{Shown, pager};
use crate::ui::{Column, DataTable, EmptyState};
use crate::views::{Export, PaidSupplier, PaymentsFilter, PaymentsView};

pub(super) const ANCHOR: &str = "fournisseurs";

pub(super) fn section(lang: Lang, found: &PaymentsView) -> AnyView {
    let list = if found.suppliers.is_empty() {
        empty(lang, found)
    } else {
        rows(lang, found)
    };
    view! {
        <section class="block" aria-labelledby=ANCHOR>
            <h2 id=ANCHOR>{lang.pick("Par fournisseur", "By supplier")}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn empty(lang: Lang, found: &PaymentsView) -> AnyView {
    let mut all = found.filter();
    all.part.purchases = Purchases::All;
    view! {
        <EmptyState title=lang.pick("Aucun fournisseur ici", "No supplier here")>
            <a href=format!("{}#{ANCHOR}", address(&all))>
                {lang.pick("Voir tous les fournisseurs payés", "See all suppliers paid")}
            </a>
        </EmptyState>
    }
    .into_any()
}

fn rows(lang: Lang, found: &PaymentsView) -> AnyView {
    let labels = [
        lang.pick("Paiements", "Payments"),
        lang.pick("Payé", "Paid"),
        lang.pick("Dont solidaire", "Of which solidarity"),
    ];
    let columns = std::iter::once(Column::new(lang.pick("Fournisseur", "Supplier")))
        .chain(labels.map(|label| Column::new(label).figures()))
        .collect();
    let at = |page: u32| {
        let filter = PaymentsFilter {
            page,
            ..found.filter()
        };
        format!("{}#{ANCHOR}", address(&filter))
    };
    let label = lang.pick("Pages des fournisseurs", "Pages of suppliers");
    let shown = Shown {
        page: found.page,
        pages: found.pages,
        rows: found.suppliers.len(),
        total: found.suppliers_total,
    };
    let rows = found
        .suppliers
        .iter()
        .map(|supplier| row(lang, found, labels, supplier))
        .collect_view();
    view! {
        <div class="rows breakdown">
            <DataTable caption=found.part.purchases.label().get(lang) columns=columns>
                {rows}
            </DataTable>
        </div>
        {pager(lang, label, shown, at)}
        <Exports
            lang=lang
            list=Export::PaidSuppliers
            page=address(&found.filter())
            rows=Some(found.suppliers_total)
        />
    }
    .into_any()
}

fn row(
    lang: Lang,
    found: &PaymentsView,
    [payments, total, solidarity]: [&'static str; 3],
    supplier: &PaidSupplier,
) -> AnyView {
    let mut filter = found.filter();
    filter.part.party = Some(supplier.party.clone());
    let number = match &supplier.siren {
        Some(siren) => supplier.name.as_ref().map(|_| siren.formatted()),
        None => Some(lang.pick("sans SIREN", "without SIREN").to_owned()),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=address(&filter)>{supplier.shown()}</a>
                {number.map(|number| view! { <span class="row-note">{number}</span> })}
            </th>
            <td class="figures" data-label=payments>{supplier.payments}</td>
            <td class="figures" data-label=total>{euros(lang, supplier.total)}</td>
            <td class="figures" data-label=solidarity>{euros(lang, supplier.solidarity)}</td>
        </tr>
    }
    .into_any()
}
