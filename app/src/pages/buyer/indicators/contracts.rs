//! The contracts behind a figure, the greatest amounts first, with what each brings to it.

use domain::contracts::{Flag, Mode};
use domain::identifiers::Siren;
use domain::indicators::{Measure, Narrowing};
use leptos::prelude::*;

use super::narrowed;
use super::words::mode_words;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, euros, long_date, use_lang};
use crate::pages::buyer::address;
use crate::pages::buyer::frame::{Back, Lists};
use crate::pages::buyer::list::{Listed, Shown, taken};
use crate::pages::shared::load::{page, query};
use crate::routes::path;
use crate::ui::{Button, ButtonKind, Choice, Column, EmptyState, PageTitle, Select};
use crate::views::{
    ContractAddress, ContractFilter, ContractPage, ContractRow, Export, FiguresFilter,
};

#[component]
pub fn Contracts() -> impl IntoView {
    let lang = use_lang();
    let filter = address::contract_filter(query);
    let desk = buyer_desk();
    page(async move { desk?.contracts(filter).await }, move |found| {
        draw(lang, found)
    })
}

fn draw(lang: Lang, found: ContractPage) -> AnyView {
    let filter = found.filter.clone();
    let title = match lang {
        Lang::Fr => format!("Marchés notifiés en {}", filter.year),
        Lang::En => format!("Contracts notified in {}", filter.year),
    };
    let measures: Vec<Choice> = Measure::ALL
        .into_iter()
        .map(|measure| Choice::new(measure.code(), measure.label().get(lang)))
        .collect();
    let back = address::indicators(&FiguresFilter {
        year: Some(filter.year),
        mode: filter.mode,
        narrowing: filter.narrowing.clone(),
        ..FiguresFilter::default()
    });
    let of_supplier = filter.supplier.clone().map(|supplier| {
        let all = address::contracts(&ContractFilter {
            supplier: None,
            page: 1,
            ..filter.clone()
        });
        let held = match lang {
            Lang::Fr => format!("Marchés dont {} est titulaire. ", supplier.formatted()),
            Lang::En => format!("Contracts held by {}. ", supplier.formatted()),
        };
        view! {
            <p>
                {held}
                <a href=all>{lang.pick("Voir ceux de tous les fournisseurs", "See those of all suppliers")}</a>
            </p>
        }
    });
    let hidden = filter.supplier.clone().map(
        |supplier| view! { <input type="hidden" name="fournisseur" value=supplier.to_string()/> },
    );
    let list = if found.rows.is_empty() {
        empty(lang, &filter)
    } else {
        rows(lang, found)
    };
    view! {
        <PageTitle title=title.clone()/>
        <div class="page agent">
            <Back href=back label=lang.pick("Retour aux indicateurs", "Back to the figures")/>
            <h1>{title}</h1>
            <Lists lang=lang current=path::INDICATORS/>
            <form class="filter" method="get" action=path::INDICATOR_CONTRACTS>
                <Select
                    lang=lang
                    name="mesure"
                    label=lang.pick("Marchés à montrer", "Contracts to show")
                    choices=measures
                    value=filter.measure.code()
                />
                <input type="hidden" name="annee" value=filter.year/>
                <input type="hidden" name="etat" value=address::mode_code(filter.mode)/>
                {hidden}
                {narrowed::hidden(&filter.narrowing)}
                <Button label=lang.pick("Afficher", "Show") kind=ButtonKind::Secondary/>
            </form>
            {narrowed::of_contracts(lang, &filter)}
            <p class="target-note">
                {lang.pick("Montants hors taxes. ", "Amounts excluding tax. ")}
                {mode_words(filter.mode).get(lang)} "."
            </p>
            {of_supplier}
            {list}
        </div>
    }
    .into_any()
}

fn empty(lang: Lang, filter: &ContractFilter) -> AnyView {
    let all = address::contracts(&ContractFilter {
        measure: Measure::All,
        narrowing: Narrowing::default(),
        page: 1,
        ..filter.clone()
    });
    view! {
        <EmptyState title=lang.pick("Aucun marché ici", "No contract here")>
            <a href=all>{lang.pick("Voir tous les marchés de l’année", "See all contracts of the year")}</a>
        </EmptyState>
    }
    .into_any()
}

fn rows(lang: Lang, found: ContractPage) -> AnyView {
    let filter = found.filter.clone();
    let labels = [
        lang.pick("Titulaires", "Holders"),
        lang.pick("Notifié le", "Notified on"),
        lang.pick("Solidaires", "Solidarity"),
        lang.pick("Montant", "Amount"),
    ];
    let [holders, notified, solidarity, amount] = labels;
    let columns = vec![
        Column::new(lang.pick("Marché", "Contract")),
        Column::new(holders),
        Column::new(notified),
        Column::new(solidarity),
        Column::new(amount).figures(),
    ];
    let at = |page: u32| {
        address::contracts(&ContractFilter {
            page,
            ..filter.clone()
        })
    };
    let shown = Shown {
        page: filter.page,
        pages: found.pages,
        rows: found.rows.len(),
        total: found.total,
    };
    let rows = found
        .rows
        .into_iter()
        .map(|line| row(lang, filter.mode, labels, line))
        .collect_view();
    let table = Listed {
        caption: filter.measure.label().get(lang),
        quiet_caption: false,
        columns,
        rows: rows.into_any(),
    };
    let label = lang.pick("Pages des marchés", "Pages of contracts");
    taken(lang, label, shown, at, table, Export::Contracts)
}

/// A SIREN in groups of three; another identifier after its type; a name as it is.
pub fn holder_words(name: String) -> String {
    if let Ok(siren) = Siren::parse(&name) {
        return siren.formatted();
    }
    match name.split_once(':') {
        Some((id_type, id)) if id_type.chars().all(|c| c.is_ascii_uppercase() || c == '-') => {
            format!("{id_type} {id}")
        }
        _ => name,
    }
}

fn row(
    lang: Lang,
    mode: Mode,
    [holders, notified, solidarity, amount]: [&'static str; 4],
    line: ContractRow,
) -> AnyView {
    let href = address::contract(&ContractAddress {
        buyer_siret: line.buyer_siret,
        contract_id: line.contract_id.clone(),
        mode,
    });
    let names: Vec<String> = line.holders.into_iter().map(holder_words).collect();
    let names = names.join(", ");
    let money = match line.amount {
        Some(amount) => euros(lang, amount),
        None => lang.pick("inutilisable", "unusable").to_owned(),
    };
    let excluded = line.excluded.then(|| {
        let words = lang.pick("compté dans l’accord-cadre", "counted in the framework");
        view! { <span class="row-note">{words}</span> }
    });
    let flags = line
        .flags
        .iter()
        .filter_map(|code| Flag::from_code(code))
        .map(|flag| view! { <span class="row-note">{flag.meaning().get(lang)}</span> })
        .collect_view();
    let part = match lang {
        Lang::Fr => format!("{} sur {}", line.solidarity, line.parties),
        Lang::En => format!("{} of {}", line.solidarity, line.parties),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=href>{line.object.unwrap_or_else(|| line.contract_id.clone())}</a>
                <span class="row-note">{line.contract_id}</span>
                {flags}
            </th>
            <td data-label=holders>{names}</td>
            <td data-label=notified>{long_date(lang, line.notified_on)}</td>
            <td data-label=solidarity>{part}</td>
            <td class="figures" data-label=amount>{money} {excluded}</td>
        </tr>
    }
    .into_any()
}
