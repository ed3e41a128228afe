//! The subcontracts to solidarity enterprises: what the indirect purchases of a year are made of, each with the decision that
//! makes it count.

use domain::claims::Validity;
use domain::contracts::Mode;
use domain::identifiers::Siren;
use leptos::prelude::*;

use super::contract::decision;
use super::contracts::holder_words;
use super::words::mode_words;
use crate::catalogue::use_catalogue;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, euros, long_date, use_lang};
use crate::pages::buyer::address;
use crate::pages::buyer::frame::{Back, Lists};
use crate::pages::buyer::list::{Listed, Shown, taken};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::wording::period;
use crate::routes::path;
use crate::ui::{Button, ButtonKind, Choice, Column, EmptyState, PageTitle, Select};
use crate::views::{
    ContractAddress, Export, FiguresFilter, StatusSeen, SubcontractFilter, SubcontractPage,
    SubcontractRow,
};

#[component]
pub fn Subcontracts() -> impl IntoView {
    let lang = use_lang();
    let filter = address::subcontract_filter(query);
    let desk = buyer_desk();
    page(
        async move { desk?.subcontracts(filter).await },
        move |found| draw(lang, found),
    )
}

fn draw(lang: Lang, found: SubcontractPage) -> AnyView {
    let (year, mode) = (found.year, found.filter.mode);
    let title = match lang {
        Lang::Fr => format!("Achats solidaires indirects de {year}"),
        Lang::En => format!("Indirect solidarity purchases of {year}"),
    };
    let back = address::indicators(&FiguresFilter {
        year: Some(year),
        mode,
        ..FiguresFilter::default()
    });
    let years: Vec<Choice> = found
        .years
        .iter()
        .map(|year| Choice::new(year.to_string(), year.to_string()))
        .collect();
    let modes: Vec<Choice> = Mode::ALL
        .into_iter()
        .map(|mode| Choice::new(address::mode_code(mode), mode_words(mode).get(lang)))
        .collect();
    let list = if found.rows.is_empty() {
        empty(lang, &found)
    } else {
        rows(lang, found)
    };
    view! {
        <PageTitle title=title.clone()/>
        <div class="page agent">
            <Back href=back label=lang.pick("Retour aux indicateurs", "Back to the figures")/>
            <h1>{title}</h1>
            <Lists lang=lang current=path::INDICATORS/>
            <p class="lead">
                {lang
                    .pick(
                        "Les actes de sous-traitance confiés à une entreprise solidaire. Cette mesure est à part\u{A0}: le montant d’un marché comprend déjà celui de ses actes, qui ne sont donc jamais ajoutés aux achats solidaires.",
                        "Subcontracts given to a solidarity enterprise. This measure stands apart: the amount of a contract holds that of its subcontracts already, so they are never added to the solidarity purchases.",
                    )}
            </p>
            <form class="filter" method="get" action=path::SUBCONTRACTS>
                <Select
                    lang=lang
                    name="annee"
                    label=lang.pick("Année de l’acte", "Year of the subcontract")
                    choices=years
                    value=year.to_string()
                />
                <Select
                    lang=lang
                    name="etat"
                    label=lang.pick("Montants", "Amounts")
                    choices=modes
                    value=address::mode_code(mode)
                />
                <Button label=lang.pick("Afficher", "Show") kind=ButtonKind::Secondary/>
            </form>
            <p class="target-note">
                {lang
                    .pick(
                        "Montants hors taxes. Un acte compte avec le statut valide le jour de sa notification, ou le jour de celle du marché s’il n’est pas daté\u{202F}; un montant absent ou aberrant ne compte pas.",
                        "Amounts excluding tax. A subcontract counts with the status valid on the day of its notification, or of that of the contract when it has no date; a missing or aberrant amount does not count.",
                    )}
            </p>
            {list}
        </div>
    }
    .into_any()
}

fn empty(lang: Lang, found: &SubcontractPage) -> AnyView {
    if found.total > 0 {
        let first = address::subcontracts(&SubcontractFilter {
            page: 1,
            ..found.filter
        });
        return view! {
            <EmptyState title=lang.pick("Cette page n’existe pas", "There is no such page")>
                <a href=first>{lang.pick("Voir la première page", "See the first page")}</a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState
            title=lang.pick("Aucun acte de sous-traitance ne compte cette année", "No subcontract counts in this year")
            text=lang.pick(
                "Un acte compte s’il est publié avec son marché, avec un montant, et si le sous-traitant a un statut solidaire valide ce jour-là.",
                "A subcontract counts when it is published with its contract, has an amount, and the subcontractor holds a solidarity status on that day.",
            )
        >
            <a href=path::QUALIFICATIONS>{lang.pick("Voir les qualifications", "See the qualifications")}</a>
        </EmptyState>
    }
    .into_any()
}

fn rows(lang: Lang, found: SubcontractPage) -> AnyView {
    let filter = SubcontractFilter {
        year: Some(found.year),
        ..found.filter
    };
    let labels = [
        lang.pick("Sous-traitant", "Subcontractor"),
        lang.pick("Date", "Date"),
        lang.pick("Statut qui compte", "Status that counts"),
        lang.pick("Montant", "Amount"),
    ];
    let [subcontractor, day, status, amount] = labels;
    let columns = vec![
        Column::new(lang.pick("Marché", "Contract")),
        Column::new(subcontractor),
        Column::new(day),
        Column::new(status),
        Column::new(amount).figures(),
    ];
    let at = |page: u32| address::subcontracts(&SubcontractFilter { page, ..filter });
    let said = sum(lang, &found);
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
        caption: lang.pick(
            "Actes de sous-traitance qui comptent",
            "Subcontracts that count",
        ),
        quiet_caption: false,
        columns,
        rows: rows.into_any(),
    };
    let label = lang.pick("Pages des actes", "Pages of subcontracts");
    view! {
        <p><strong>{said}</strong></p>
        {taken(lang, label, shown, at, table, Export::Subcontracts)}
    }
    .into_any()
}

fn sum(lang: Lang, found: &SubcontractPage) -> String {
    let (count, amount) = (found.total, euros(lang, found.amount));
    match (lang, count) {
        (Lang::Fr, 1) => format!("Un acte compte, pour {amount}."),
        (Lang::Fr, _) => format!("{count}\u{A0}actes comptent, pour {amount}."),
        (Lang::En, 1) => format!("One subcontract counts, for {amount}."),
        (Lang::En, _) => format!("{count} subcontracts count, for {amount}."),
    }
}

fn row(
    lang: Lang,
    mode: Mode,
    [subcontractor, day, status, amount]: [&'static str; 4],
    line: SubcontractRow,
) -> AnyView {
    let href = address::contract(&ContractAddress {
        buyer_siret: line.buyer_siret,
        contract_id: line.contract_id.clone(),
        mode,
    });
    let holders: Vec<String> = line.holders.into_iter().map(holder_words).collect();
    let number = match lang {
        Lang::Fr => format!("{}, acte {}", line.contract_id, line.number),
        Lang::En => format!("{}, subcontract {}", line.contract_id, line.number),
    };
    let held = match lang {
        Lang::Fr => format!("Titulaire\u{A0}: {}", holders.join(", ")),
        Lang::En => format!("Holder: {}", holders.join(", ")),
    };
    let identifier = match (&line.siret, Siren::parse(&line.siren)) {
        (Some(siret), _) => siret.formatted(),
        (None, Ok(siren)) => siren.formatted(),
        (None, Err(_)) => line.siren,
    };
    let undated = line.on_day_of_contract.then(|| {
        let words = lang.pick("date du marché", "date of the contract");
        view! { <span class="row-note">{words}</span> }
    });
    let statuses = line
        .statuses
        .iter()
        .map(|status| self::status(lang, status))
        .collect_view();
    view! {
        <tr>
            <th scope="row">
                <a href=href>{line.object.unwrap_or_else(|| line.contract_id.clone())}</a>
                <span class="row-note">{number}</span>
                <span class="row-note">{held}</span>
            </th>
            <td data-label=subcontractor>
                {holder_words(line.subcontractor)} <span class="row-note">{identifier}</span>
            </td>
            <td data-label=day>{long_date(lang, line.counted_on)} {undated}</td>
            <td data-label=status>{statuses}</td>
            <td class="figures" data-label=amount>{euros(lang, line.amount)}</td>
        </tr>
    }
    .into_any()
}

fn status(lang: Lang, status: &StatusSeen) -> AnyView {
    let validity = Validity {
        from: status.period.valid_from,
        to: status.period.valid_to,
    };
    let label = use_catalogue().kind_label(status.kind, lang).to_owned();
    view! {
        <p>
            {label} ", " {period(&validity, lang)} ". " {decision(lang, status)}
        </p>
    }
    .into_any()
}
