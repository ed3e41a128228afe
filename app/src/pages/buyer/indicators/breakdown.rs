//! The year broken down: one table at a time, whose rows add up to the figures and lead to their contracts.

use domain::indicators::{Dimension, Measure};
use leptos::prelude::*;

use super::words::percent;
use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, euros};
use crate::pages::buyer::address;
use crate::pages::buyer::export::Exports;
use crate::ui::{Column, DataTable};
use crate::views::{BreakdownRow, ContractFilter, Export, FiguresFilter, IndicatorsView};

const ANCHOR: &str = "ventilation";

pub(super) fn section(lang: Lang, found: &IndicatorsView) -> AnyView {
    let labels = labels(lang);
    let columns = std::iter::once(Column::new(found.by.label().get(lang)))
        .chain(labels.map(|label| Column::new(label).figures()))
        .collect();
    let rows = found
        .parts
        .iter()
        .map(|part| row(lang, found, labels, part))
        .collect_view();
    let total = whole(lang, found, labels);
    let caption = match lang {
        Lang::Fr => format!("{}, année {}", found.by.label().fr, found.year),
        Lang::En => format!("{}, year {}", found.by.label().en, found.year),
    };
    view! {
        <section class="block" aria-labelledby=ANCHOR>
            <h2 id=ANCHOR>{lang.pick("Ventilation", "Breakdown")}</h2>
            {dimensions(lang, found)}
            <div class="rows breakdown">
                <DataTable caption=caption columns=columns>
                    {rows}
                    {total}
                </DataTable>
            </div>
            <p class="target-note">{note(lang, found.by)}</p>
            <Exports
                lang=lang
                list=Export::Breakdown
                page=address::indicators(&found.filter())
                rows=None
            />
        </section>
    }
    .into_any()
}

const fn labels(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::Fr => [
            "Marchés",
            "Montant",
            "Clause environnementale",
            "Clause sociale",
            "Achats solidaires",
            "Montant solidaire",
        ],
        Lang::En => [
            "Contracts",
            "Amount",
            "Environmental clause",
            "Social clause",
            "Solidarity purchases",
            "Solidarity amount",
        ],
    }
}

/// The other breakdowns of the same year.
fn dimensions(lang: Lang, found: &IndicatorsView) -> AnyView {
    let links = Dimension::ALL
        .into_iter()
        .map(|by| {
            let href = address::indicators(&FiguresFilter {
                by,
                ..found.filter()
            });
            let here = (by == found.by).then_some("true");
            view! {
                <li>
                    <a href=format!("{href}#{ANCHOR}") aria-current=here>
                        {by.label().get(lang)}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="counts" aria-label=lang.pick("Ventiler par", "Break down by")>
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}

fn row(
    lang: Lang,
    found: &IndicatorsView,
    labels: [&'static str; 6],
    part: &BreakdownRow,
) -> AnyView {
    let narrowing = found.narrowing.with(found.by, part.key.clone());
    let list = address::contracts(&ContractFilter {
        narrowing: narrowing.clone(),
        ..found.contracts(Measure::All)
    });
    let name = found.by.name(&part.key, lang, &use_catalogue());
    let inside = found.narrowing.get(found.by).is_none().then(|| {
        let href = address::indicators(&FiguresFilter {
            narrowing,
            ..found.filter()
        });
        let about = format!(" ({name})");
        view! {
            <span class="row-note">
                <a href=href>
                    {lang.pick("Ses indicateurs", "Its figures")}
                    <span class="visually-hidden">{about}</span>
                </a>
            </span>
        }
    });
    view! {
        <tr>
            <th scope="row"><a href=list>{name.clone()}</a> {inside}</th>
            {cells(lang, labels, part)}
        </tr>
    }
    .into_any()
}

/// The figures that the rows add up to.
fn whole(lang: Lang, found: &IndicatorsView, labels: [&'static str; 6]) -> AnyView {
    view! {
        <tr class="total">
            <th scope="row">{lang.pick("Ensemble", "All")}</th>
            {cells(lang, labels, &found.whole())}
        </tr>
    }
    .into_any()
}

fn cells(lang: Lang, labels: [&'static str; 6], part: &BreakdownRow) -> AnyView {
    let values = [
        part.contracts.display(lang),
        euros(lang, part.amount),
        percent(lang, part.environmental),
        percent(lang, part.social),
        percent(lang, part.solidarity),
        euros(lang, part.solidarity_amount),
    ];
    labels
        .into_iter()
        .zip(values)
        .map(|(label, value)| view! { <td class="figures" data-label=label>{value}</td> })
        .collect_view()
        .into_any()
}

/// How contracts are put into the parts.
const fn note(lang: Lang, by: Dimension) -> &'static str {
    match (by, lang) {
        (Dimension::Establishment, Lang::Fr) => {
            "L’établissement est celui que la publication donne comme acheteur."
        }
        (Dimension::Establishment, Lang::En) => {
            "The establishment is the buyer that the publication names."
        }
        (Dimension::Place, Lang::Fr) => {
            "Le département est lu dans le code publié du lieu d’exécution\u{202F}; une région ou un pays n’en est pas un."
        }
        (Dimension::Place, Lang::En) => {
            "The department is read in the published code of the place of execution; a region or a country is none."
        }
        (Dimension::Family, Lang::Fr) => {
            "La famille est la division du vocabulaire commun des marchés, les deux premiers chiffres du code CPV."
        }
        (Dimension::Family, Lang::En) => {
            "The family is the division of the common procurement vocabulary, the first two digits of the CPV code."
        }
        (Dimension::Size, Lang::Fr) => {
            "Un marché à plusieurs titulaires est réparti selon leurs parts\u{A0}: son nombre et son montant se divisent. Un marché sans titulaire est dans «\u{202F}Autre ou inconnue\u{202F}»."
        }
        (Dimension::Size, Lang::En) => {
            "A contract of several holders is split by their shares: its number and its amount are divided. A contract without holder is in “Other or unknown”."
        }
        (Dimension::Kind, Lang::Fr) => {
            "Un marché à plusieurs titulaires est réparti selon leurs parts, et la part d’un titulaire à plusieurs statuts à égalité entre eux. Un marché sans titulaire n’a aucun statut."
        }
        (Dimension::Kind, Lang::En) => {
            "A contract of several holders is split by their shares, and the share of a holder with several statuses equally among them. A contract without holder has no status."
        }
    }
}
