//! Solidarity enterprises whose status ends before their contract: whom to ask for a renewal.

use domain::contracts::Mode;
use domain::indicators::Measure;
use leptos::prelude::*;

use crate::i18n::{Lang, long_date};
use crate::pages::buyer::address;
use crate::pages::buyer::export::Exports;
use crate::ui::{Column, DataTable, EmptyState};
use crate::views::{ContractFilter, EndingStatus, Export};

#[component]
pub(super) fn Ending(
    lang: Lang,
    year: i32,
    mode: Mode,
    rows: Vec<EndingStatus>,
    total: usize,
) -> AnyView {
    let more = (total > rows.len()).then(|| {
        let rest = total - rows.len();
        let words = match lang {
            Lang::Fr => format!("Et {rest} autres, dont le statut finit plus tard."),
            Lang::En => format!("And {rest} others, whose status ends later."),
        };
        view! { <p>{words}</p> }
    });
    let list = if rows.is_empty() {
        view! {
            <EmptyState title=lang
                .pick(
                    "Aucun statut ne finit avant un marché en cours de cette année",
                    "No status ends before a running contract of this year",
                )>""</EmptyState>
        }
        .into_any()
    } else {
        let page = super::whole(year, mode);
        let count = u64::try_from(total).ok();
        view! {
            {table(lang, year, mode, rows)}
            <Exports lang=lang list=Export::Ending page=page rows=count/>
        }
        .into_any()
    };
    view! {
        <section class="block">
            <h2>
                {lang.pick("Statuts qui finissent avant le marché", "Statuses that end before the contract")}
            </h2>
            <p>
                {lang
                    .pick(
                        "Ces euros continuent de compter, car seul le statut à la date de notification décide (règle R11)\u{202F}; demandez pourtant à l’entreprise de renouveler sa déclaration.",
                        "These euros keep counting, because the status on the notification date alone decides (rule R11); still, ask the company to renew its declaration.",
                    )}
            </p>
            {list}
            {more}
        </section>
    }
    .into_any()
}

fn table(lang: Lang, year: i32, mode: Mode, rows: Vec<EndingStatus>) -> AnyView {
    let labels = [
        lang.pick("Fin du statut", "Status ends"),
        lang.pick("Marché", "Contract"),
        lang.pick("Fin du marché", "Contract ends"),
    ];
    let columns = std::iter::once(lang.pick("Entreprise", "Company"))
        .chain(labels)
        .map(Column::new)
        .collect();
    let rows = rows
        .into_iter()
        .map(|one| row(lang, labels, (year, mode), one))
        .collect_view();
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Statuts qui finissent avant le marché", "Statuses that end before the contract")
                columns=columns
                quiet_caption=true
            >
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}

fn row(
    lang: Lang,
    [status, contract, end]: [&'static str; 3],
    (year, mode): (i32, Mode),
    one: EndingStatus,
) -> AnyView {
    let href = address::contracts(&ContractFilter {
        supplier: Some(one.siren.clone()),
        ..ContractFilter::of(year, mode, Measure::Solidarity)
    });
    let number = one.siren.formatted();
    let number =
        (number != one.company_name).then(|| view! { <span class="row-note">{number}</span> });
    let ended = one.ended.then(|| {
        let words = lang.pick("déjà terminé", "already over");
        view! { <span class="row-note">{words}</span> }
    });
    let object = one.object.unwrap_or_else(|| one.contract_id.clone());
    view! {
        <tr>
            <th scope="row"><a href=href>{one.company_name}</a> {number}</th>
            <td data-label=status><span>{long_date(lang, one.ends_on)} {ended}</span></td>
            <td data-label=contract>
                <span>{object} <span class="row-note">{one.contract_id}</span></span>
            </td>
            <td data-label=end>{long_date(lang, one.contract_ends_on)}</td>
        </tr>
    }
    .into_any()
}
