//! The year by the department that pays: the rows add up to the figure of the year, and each leads to whom it pays.

use domain::indicators::Payer;
use leptos::prelude::*;

use super::{address, direction_words, suppliers};
use crate::i18n::{Lang, euros};
use crate::pages::buyer::export::Exports;
use crate::pages::buyer::indicators::percent;
use crate::ui::{Column, DataTable};
use crate::views::{DirectionRow, Export, PaidSums, PaymentsView};

const ANCHOR: &str = "directions";

pub(super) fn section(lang: Lang, found: &PaymentsView) -> AnyView {
    let labels = labels(lang);
    let columns = std::iter::once(Column::new(lang.pick("Direction", "Department")))
        .chain(labels.map(|label| Column::new(label).figures()))
        .collect();
    let rows = found
        .directions
        .iter()
        .map(|direction| row(lang, found, labels, direction))
        .collect_view();
    let whole = cells(lang, labels, &found.whole);
    let caption = match lang {
        Lang::Fr => format!("Paiements de {}, par direction", found.year),
        Lang::En => format!("Payments of {}, by department", found.year),
    };
    view! {
        <section class="block" aria-labelledby=ANCHOR>
            <h2 id=ANCHOR>{lang.pick("Par direction", "By department")}</h2>
            <div class="rows breakdown">
                <DataTable caption=caption columns=columns>
                    {rows}
                    <tr class="total">
                        <th scope="row">{lang.pick("Ensemble", "All")}</th>
                        {whole}
                    </tr>
                </DataTable>
            </div>
            <Exports
                lang=lang
                list=Export::PaidDirections
                page=address(&found.filter())
                rows=None
            />
        </section>
    }
    .into_any()
}

const fn labels(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Fr => ["Paiements", "Payé", "Dont solidaire", "Taux"],
        Lang::En => ["Payments", "Paid", "Of which solidarity", "Rate"],
    }
}

fn row(
    lang: Lang,
    found: &PaymentsView,
    labels: [&'static str; 4],
    direction: &DirectionRow,
) -> AnyView {
    let mut filter = found.filter();
    filter.part.payer = match &direction.name {
        Some(name) => Payer::Named(name.clone()),
        None => Payer::Unnamed,
    };
    let href = format!("{}#{}", address(&filter), suppliers::ANCHOR);
    view! {
        <tr>
            <th scope="row">
                <a href=href>{direction_words(lang, direction.name.as_deref())}</a>
            </th>
            {cells(lang, labels, &direction.sums)}
        </tr>
    }
    .into_any()
}

fn cells(lang: Lang, labels: [&'static str; 4], sums: &PaidSums) -> AnyView {
    let values = [
        sums.payments.to_string(),
        euros(lang, sums.total),
        euros(lang, sums.solidarity),
        percent(lang, sums.solidarity_rate),
    ];
    labels
        .into_iter()
        .zip(values)
        .map(|(label, value)| view! { <td class="figures" data-label=label>{value}</td> })
        .collect_view()
        .into_any()
}
