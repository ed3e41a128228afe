//! What a contract brings to each figure, one line each.

use leptos::prelude::*;

use crate::i18n::{Lang, euros};
use crate::pages::buyer::indicators::words::figure_words;
use crate::ui::{Column, DataTable};
use crate::views::{Brought, ContractView};

pub(super) fn table(lang: Lang, found: &ContractView) -> AnyView {
    let label = lang.pick("Apport", "What it brings");
    let columns = vec![
        Column::new(lang.pick("Mesure", "Measure")),
        Column::new(label),
    ];
    let rows = found
        .brought
        .iter()
        .map(|brought| {
            view! {
                <tr>
                    <th scope="row">
                        {figure_words(brought.id).get(lang)}
                        <span class="row-note">{brought.id}</span>
                    </th>
                    <td data-label=label>{words(lang, brought)}</td>
                </tr>
            }
        })
        .collect_view();
    let title = lang.pick(
        "Ce qu’il apporte à chaque indicateur",
        "What it brings to each figure",
    );
    view! {
        <section class="block">
            <h2>{title}</h2>
            <div class="rows">
                <DataTable caption=title columns=columns quiet_caption=true>
                    {rows}
                </DataTable>
            </div>
        </section>
    }
    .into_any()
}

/// `compte pour 45 000 € sur 90 000 €`.
fn words(lang: Lang, brought: &Brought) -> String {
    let nothing = domain::decimal::Hundredths::ZERO;
    let (part, of) = if brought.in_euros {
        (
            euros(lang, brought.numerator),
            euros(lang, brought.denominator),
        )
    } else {
        (
            match lang {
                Lang::Fr => format!("{}\u{A0}marché", brought.numerator.display(lang)),
                Lang::En => format!("{}\u{A0}contract", brought.numerator.display(lang)),
            },
            brought.denominator.display(lang),
        )
    };
    match (brought.numerator == nothing, brought.denominator == nothing) {
        (_, true) => lang
            .pick(
                "ne compte pas\u{A0}: son montant n’entre pas dans les indicateurs",
                "does not count: its amount is left out of the figures",
            )
            .to_owned(),
        (true, false) => match lang {
            Lang::Fr => format!("ne compte pas au numérateur (0 sur {of})"),
            Lang::En => format!("does not count in the numerator (0 of {of})"),
        },
        (false, false) => match lang {
            Lang::Fr => format!("compte pour {part} sur {of}"),
            Lang::En => format!("counts for {part} of {of}"),
        },
    }
}
