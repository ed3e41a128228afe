//! The rows of the queue: a table on a desk, cards on a phone, from the same markup.

use domain::claims::Kind;
use domain::lifecycle::Side;
use leptos::prelude::*;

use crate::i18n::{Lang, Words, euros};
use crate::pages::buyer::address;
use crate::pages::shared::moment::{long_day, machine};
use crate::pages::shared::status::SideChip;
use crate::ui::{Column, DataTable, written};
use crate::views::{QueueFilter, QueueRow, QueueSort, Stakes};

#[component]
pub(super) fn Rows(
    lang: Lang,
    filter: QueueFilter,
    stakes: Stakes,
    rows: Vec<QueueRow>,
) -> AnyView {
    let sorted = |sort: QueueSort| {
        address::queue(&QueueFilter {
            sort,
            page: 1,
            ..filter.clone()
        })
    };
    // The date goes both ways, the name one way only.
    let (other, by_date) = match filter.sort {
        QueueSort::Oldest => (QueueSort::Newest, Some(true)),
        QueueSort::Newest => (QueueSort::Oldest, Some(false)),
        QueueSort::Name | QueueSort::Stake => (QueueSort::Oldest, None),
    };
    let labels = labels(lang);
    let stake = stake_label(lang, stakes);
    let mut columns = vec![
        Column::new(lang.pick("Entreprise", "Company")).sorted(
            sorted(QueueSort::Name),
            (filter.sort == QueueSort::Name).then_some(true),
        ),
        Column::new(labels.claims),
        Column::new(labels.sent).sorted(sorted(other), by_date),
        Column::new(labels.state),
        Column::new(labels.reviewer),
    ];
    if let Some(label) = &stake {
        columns.push(Column::new(label.clone()).figures());
    }
    let rows = written(
        rows.into_iter()
            .map(|row| row_view(lang, stake.as_deref(), row))
            .collect_view(),
    );
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Déclarations", "Declarations")
                columns=columns
                quiet_caption=true
            >
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}

/// The headers, repeated beside each value on a phone.
struct Labels {
    claims: &'static str,
    sent: &'static str,
    state: &'static str,
    reviewer: &'static str,
}

const fn labels(lang: Lang) -> Labels {
    match lang {
        Lang::Fr => Labels {
            claims: "Affirmations",
            sent: "Transmise le",
            state: "État",
            reviewer: "Agent",
        },
        Lang::En => Labels {
            claims: "Claims",
            sent: "Sent on",
            state: "State",
            reviewer: "Reviewer",
        },
    }
}

/// The header of the euros, when they are known.
fn stake_label(lang: Lang, stakes: Stakes) -> Option<String> {
    let Stakes::Of(year) = stakes else {
        return None;
    };
    Some(match lang {
        Lang::Fr => format!("Euros en jeu {year}"),
        Lang::En => format!("Euros at stake {year}"),
    })
}

fn row_view(lang: Lang, stake: Option<&str>, row: QueueRow) -> impl IntoView {
    let labels = labels(lang);
    let stake = stake.map(|label| {
        let amount = row.stake.map(|amount| euros(lang, amount));
        view! { <td class="figures" data-label=label.to_owned()>{amount}</td> }
    });
    let sent = row.submitted_at.map(|at| {
        view! { <time datetime=machine(at)>{long_day(lang, at)}</time> }
    });
    let kinds = kinds(lang, &row.kinds);
    view! {
        <tr>
            <th scope="row">
                <a href=address::review(row.id)>{row.company_name}</a>
                <span class="row-note">{row.reference} " · " {row.siren.formatted()}</span>
            </th>
            <td data-label=labels.claims>{kinds}</td>
            <td data-label=labels.sent>{sent}</td>
            <td data-label=labels.state>
                <SideChip lang=lang status=row.status side=Side::Buyer/>
            </td>
            <td data-label=labels.reviewer>
                {row.reviewer_name.map_or(Words::Borrowed("\u{2013}"), Words::Owned)}
            </td>
            {stake}
        </tr>
    }
}

/// The kinds as a buyer says them, each once.
pub(in crate::pages::buyer) fn kinds(lang: Lang, kinds: &[Kind]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for kind in kinds {
        let word = match kind {
            Kind::Sme => lang.pick("PME", "SME"),
            Kind::EssStatus | Kind::EssCompany => lang.pick("ESS", "Social economy"),
            Kind::Commitment => lang.pick("Insertion", "Insertion"),
            Kind::Pledge => lang.pick("Engagements", "Commitments"),
            other => other.code(),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(", ")
}
