//! The payments of one supplier, each with the decision that makes it count.

use leptos::prelude::*;

use super::{address, direction_words, filter, form, narrowed};
use crate::catalogue::use_catalogue;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, euros, long_date, use_lang};
use crate::pages::buyer::address as addresses;
use crate::pages::buyer::frame::{Back, Lists};
use crate::pages::buyer::list::{Listed, Shown, taken};
use crate::pages::shared::load::{page, query};
use crate::routes::path;
use crate::ui::{Column, EmptyState, PageTitle};
use crate::views::{
    Counted, Export, PaymentRow, PaymentsFilter, StatusOrigin, StatusSeen,
    SupplierPayments as Found,
};

#[component]
pub fn SupplierPayments() -> impl IntoView {
    let lang = use_lang();
    let filter = filter(query);
    let desk = buyer_desk();
    page(
        async move { desk?.supplier_payments(filter).await },
        move |found| draw(lang, &found),
    )
}

fn draw(lang: Lang, found: &Found) -> AnyView {
    let (name, siren) = (
        found.shown(),
        domain::identifiers::Siren::parse(&found.party).ok(),
    );
    let title = match lang {
        Lang::Fr => format!("{name}\u{A0}: paiements de {}", found.year),
        Lang::En => format!("{name}: payments of {}", found.year),
    };
    let mut back = found.filter();
    back.part.party = None;
    let identity = match siren {
        Some(siren) => format!("SIREN {}", siren.formatted()),
        None => lang
            .pick(
                "Son identifiant ne mène à aucun SIREN\u{A0}: ses paiements sont dans le total seulement.",
                "Its identifier leads to no SIREN: its payments are in the total only.",
            )
            .to_owned(),
    };
    let list = if found.rows.is_empty() {
        empty(lang, found)
    } else {
        rows(lang, found)
    };
    view! {
        <PageTitle title=title.clone()/>
        <div class="page agent indicators">
            <Back
                href=address(&back)
                label=lang.pick("Retour aux paiements de l’année", "Back to the payments of the year")
            />
            <h1>{title}</h1>
            <p class="identity">{identity}</p>
            <Lists lang=lang current=path::INDICATORS/>
            {form(lang, &found.years, &found.filter())}
            {narrowed(lang, &found.filter())}
            {list}
        </div>
    }
    .into_any()
}

fn empty(lang: Lang, found: &Found) -> AnyView {
    let mut all = found.filter();
    all.part = domain::indicators::LedgerPart {
        party: all.part.party,
        ..domain::indicators::LedgerPart::default()
    };
    view! {
        <EmptyState title=lang.pick("Aucun paiement ici", "No payment here")>
            <a href=address(&all)>
                {lang.pick("Voir tous ses paiements de l’année", "See all its payments of the year")}
            </a>
        </EmptyState>
    }
    .into_any()
}

fn rows(lang: Lang, found: &Found) -> AnyView {
    let sums = &found.sums;
    let (total, solidarity) = (euros(lang, sums.total), euros(lang, sums.solidarity));
    let said = match lang {
        Lang::Fr => format!("{total} en tout, avoirs déduits, dont {solidarity} solidaires."),
        Lang::En => format!("{total} in all, credits deducted, of which {solidarity} solidarity."),
    };
    let labels = [
        lang.pick("Référence", "Reference"),
        lang.pick("Direction", "Department"),
        lang.pick("Compte", "Counts"),
        lang.pick("Montant", "Amount"),
    ];
    let [reference, direction, counts, amount] = labels;
    let columns = vec![
        Column::new(lang.pick("Payé le", "Paid on")),
        Column::new(reference),
        Column::new(direction),
        Column::new(counts),
        Column::new(amount).figures(),
    ];
    let at = |page: u32| {
        address(&PaymentsFilter {
            page,
            ..found.filter()
        })
    };
    let label = lang.pick("Pages des paiements", "Pages of payments");
    let shown = Shown {
        page: found.page,
        pages: found.pages,
        rows: found.rows.len(),
        total: sums.payments,
    };
    let rows = found
        .rows
        .iter()
        .map(|payment| row(lang, labels, payment))
        .collect_view();
    let table = Listed {
        caption: found.part.purchases.label().get(lang),
        quiet_caption: false,
        columns,
        rows: rows.into_any(),
    };
    view! {
        <p>{said}</p>
        {taken(lang, label, shown, at, table, Export::Payments)}
    }
    .into_any()
}

fn row(
    lang: Lang,
    [reference, direction, counts, amount]: [&'static str; 4],
    payment: &PaymentRow,
) -> AnyView {
    let siret = payment.siret.as_ref().map(|siret| {
        view! { <span class="row-note">"SIRET " {siret.formatted()}</span> }
    });
    view! {
        <tr>
            <th scope="row">{long_date(lang, payment.paid_on)} {siret}</th>
            <td data-label=reference>{payment.reference.clone()}</td>
            <td data-label=direction>{direction_words(lang, payment.direction.as_deref())}</td>
            <td data-label=counts>{counted(lang, payment)}</td>
            <td class="figures" data-label=amount>{euros(lang, payment.amount)}</td>
        </tr>
    }
    .into_any()
}

/// Whether it counts, and by which decisions.
fn counted(lang: Lang, payment: &PaymentRow) -> AnyView {
    let because = payment
        .because
        .iter()
        .map(|status| reason(lang, status))
        .collect_view();
    match payment.counted {
        Counted::Yes => view! { {lang.pick("Oui", "Yes")} {because} }.into_any(),
        Counted::Perhaps => {
            let note = lang.pick(
                "sans SIRET, un établissement seulement est solidaire\u{A0}: borne haute",
                "without SIRET, only an establishment is solidarity: upper bound",
            );
            view! { {lang.pick("Non établi", "Not known")} <span class="row-note">{note}</span> }
                .into_any()
        }
        Counted::No => lang.pick("Non", "No").into_any(),
    }
}

fn reason(lang: Lang, status: &StatusSeen) -> AnyView {
    let kind = use_catalogue().kind_label(status.kind, lang).to_owned();
    match &status.origin {
        StatusOrigin::Portal {
            qualification: Some(id),
            ..
        } => view! {
            <span class="row-note">
                <a href=addresses::qualification(*id)>
                    {kind}
                    <span class="visually-hidden">
                        {lang.pick(" (preuve et décision)", " (evidence and decision)")}
                    </span>
                </a>
            </span>
        }
        .into_any(),
        StatusOrigin::Portal { .. } => view! { <span class="row-note">{kind}</span> }.into_any(),
        StatusOrigin::TakenOver { .. } => {
            let words = lang.pick("statut repris", "status taken over");
            view! { <span class="row-note">{kind} ", " {words}</span> }.into_any()
        }
    }
}
