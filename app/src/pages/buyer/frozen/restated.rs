//! What changed in a year since it was frozen: the three targets before and now, the causes, and every contract behind them.

use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::indicators::{Brought, Cause, CauseSums};
use leptos::prelude::*;

use crate::doors::buyer_desk;
use crate::i18n::{Lang, euros, use_lang};
use crate::pages::buyer::address;
use crate::pages::buyer::frame::{Back, Lists};
use crate::pages::buyer::holder_words;
use crate::pages::buyer::indicators::{mode_words, percent};
use crate::pages::buyer::list::{Listed, Shown, taken};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::long_moment;
use crate::routes::path;
use crate::ui::{Column, DataTable, EmptyState, Notice, PageTitle, Tone};
use crate::views::{
    ContractAddress, Export, RateChange, RestatedFilter, RestatedRow, RestatedView,
};

#[component]
pub fn Restated() -> impl IntoView {
    let lang = use_lang();
    let filter = address::restated_filter(query);
    let desk = buyer_desk();
    page(async move { desk?.restated(filter).await }, move |found| {
        draw(lang, found)
    })
}

fn draw(lang: Lang, found: RestatedView) -> AnyView {
    let (year, edition) = (found.year, found.filter.edition);
    let title = match lang {
        Lang::Fr => format!("Écarts de {year} depuis l’édition {edition}"),
        Lang::En => format!("Changes of {year} since edition {edition}"),
    };
    let lead = format!(
        "{} {}. {}",
        lang.pick("Année arrêtée le", "Frozen on"),
        long_moment(lang, found.frozen_at),
        lang.pick(
            "L’édition ne change plus\u{202F}; ce que les données disent depuis, et pourquoi, est ici.",
            "The edition no longer changes; what the data have said since, and why, is here.",
        )
    );
    let kinds = found.other_rules.then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p>
                    {lang
                        .pick(
                            "Les natures d’entreprises solidaires ou les règles de calcul ne sont plus celles de l’édition\u{A0}: une partie des écarts vient de là.",
                            "The kinds of solidarity enterprises or the rules are not those of the edition any more: part of the changes comes from there.",
                        )}
                </p>
            </Notice>
        }
    });
    let rates = rates(lang, &found);
    let body = if found.whole == CauseSums::default() {
        view! {
            <EmptyState title=lang.pick("Rien n’a changé depuis", "Nothing has changed since")/>
        }
        .into_any()
    } else {
        let causes = causes(lang, &found);
        let contracts = contracts(lang, found);
        view! {
            {causes}
            {contracts}
        }
        .into_any()
    };
    view! {
        <PageTitle title=title.clone()/>
        <div class="page agent">
            <Back
                href=path::FROZEN_YEARS.to_owned()
                label=lang.pick("Retour aux années arrêtées", "Back to the frozen years")
            />
            <h1>{title}</h1>
            <Lists lang=lang current=path::INDICATORS/>
            <p class="lead">{lead}</p>
            {kinds}
            {rates}
            {body}
        </div>
    }
    .into_any()
}

/// The three targets, as frozen and today.
fn rates(lang: Lang, found: &RestatedView) -> AnyView {
    let labels = [
        lang.pick("Arrêté", "Frozen"),
        lang.pick("Aujourd’hui", "Today"),
        lang.pick("Écart", "Change"),
    ];
    let [frozen, today, change] = labels;
    let columns = std::iter::once(Column::new(lang.pick("Objectif", "Target")))
        .chain(labels.map(|label| Column::new(label).figures()))
        .collect();
    let targets = [
        (
            lang.pick("Clause environnementale", "Environmental clause"),
            found.environmental,
        ),
        (lang.pick("Clause sociale", "Social clause"), found.social),
        (
            lang.pick("Achats solidaires", "Solidarity purchases"),
            found.solidarity,
        ),
    ];
    let rows = targets.map(|(name, rate)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="figures" data-label=frozen>{percent(lang, rate.before)}</td>
                <td class="figures" data-label=today>{percent(lang, rate.after)}</td>
                <td class="figures" data-label=change>{points(lang, rate)}</td>
            </tr>
        }
    });
    let caption = match lang {
        Lang::Fr => format!(
            "Les trois objectifs, {}",
            mode_words(found.filter.mode).get(lang).to_lowercase()
        ),
        Lang::En => format!(
            "The three targets, {}",
            mode_words(found.filter.mode).get(lang).to_lowercase()
        ),
    };
    view! {
        <div class="rows">
            <DataTable caption=caption columns=columns>
                {rows.into_iter().collect_view()}
            </DataTable>
        </div>
    }
    .into_any()
}

/// The difference of two rates, in points.
fn points(lang: Lang, rate: RateChange) -> Option<String> {
    let (before, after) = (rate.before?.hundredths(), rate.after?.hundredths());
    let change = signed(after - before, |value| value.display(lang));
    Some(match lang {
        Lang::Fr => format!("{change}\u{A0}pt"),
        Lang::En => format!("{change} pt"),
    })
}

/// `+1 234,00 €`, with a sign whatever it is.
fn gain(lang: Lang, value: Hundredths) -> String {
    signed(value.hundredths(), |value| euros(lang, value))
}

fn signed(value: i128, said: impl Fn(Hundredths) -> String) -> String {
    let size = said(Hundredths::from_hundredths(value.abs()));
    match value {
        0 => size,
        1.. => format!("+{size}"),
        _ => format!("−{size}"),
    }
}

fn counted(lang: Lang, number: u64) -> String {
    Hundredths::from_units(i64::try_from(number).unwrap_or(i64::MAX)).display(lang)
}

fn causes(lang: Lang, found: &RestatedView) -> AnyView {
    let labels = [
        lang.pick("Marchés", "Contracts"),
        lang.pick("Achats solidaires", "Solidarity purchases"),
        lang.pick("Montants comptés", "Amounts counted"),
    ];
    let [number, solidarity, amount] = labels;
    let columns = std::iter::once(Column::new(lang.pick("Cause", "Cause")))
        .chain(labels.map(|label| Column::new(label).figures()))
        .collect();
    let line = |name: &'static str, sums: CauseSums| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="figures" data-label=number>{counted(lang, sums.contracts)}</td>
                <td class="figures" data-label=solidarity>{gain(lang, sums.solidarity)}</td>
                <td class="figures" data-label=amount>{gain(lang, sums.amount)}</td>
            </tr>
        }
    };
    let rows = found
        .causes
        .iter()
        .map(|(cause, sums)| line(cause.label().get(lang), *sums))
        .chain([line(lang.pick("Ensemble", "All"), found.whole)])
        .collect_view();
    view! {
        <section class="block" aria-labelledby="causes">
            <h2 id="causes">{lang.pick("Pourquoi", "Why")}</h2>
            <div class="rows">
                <DataTable
                    caption=lang.pick("Ce que chaque cause a changé", "What each cause changed")
                    columns=columns
                    quiet_caption=true
                >
                    {rows}
                </DataTable>
            </div>
        </section>
    }
    .into_any()
}

fn contracts(lang: Lang, found: RestatedView) -> AnyView {
    let filter = RestatedFilter {
        year: Some(found.year),
        ..found.filter
    };
    let at = move |page: u32| address::restated(&RestatedFilter { page, ..filter });
    if found.rows.is_empty() {
        return view! {
            <EmptyState title=lang.pick("Cette page n’existe pas", "There is no such page")>
                <a href=at(1)>{lang.pick("Voir la première page", "See the first page")}</a>
            </EmptyState>
        }
        .into_any();
    }
    let labels = [
        lang.pick("Cause", "Cause"),
        lang.pick("Avant", "Before"),
        lang.pick("Aujourd’hui", "Today"),
        lang.pick("Écart solidaire", "Solidarity change"),
    ];
    let [cause, before, today, change] = labels;
    let columns = vec![
        Column::new(lang.pick("Marché", "Contract")),
        Column::new(cause),
        Column::new(before).figures(),
        Column::new(today).figures(),
        Column::new(change).figures(),
    ];
    let shown = Shown {
        page: filter.page,
        pages: found.pages,
        rows: found.rows.len(),
        total: found.whole.contracts,
    };
    let rows = found
        .rows
        .into_iter()
        .map(|line| row(lang, filter, labels, line))
        .collect_view();
    let table = Listed {
        caption: lang.pick(
            "Marchés qui comptent autrement, les plus grands écarts d’abord",
            "Contracts that count otherwise, the greatest changes first",
        ),
        quiet_caption: false,
        columns,
        rows: rows.into_any(),
    };
    let label = lang.pick("Pages des écarts", "Pages of changes");
    taken(lang, label, shown, at, table, Export::Restated)
}

fn row(
    lang: Lang,
    filter: RestatedFilter,
    [cause, before, today, change]: [&'static str; 4],
    line: RestatedRow,
) -> AnyView {
    let RestatedRow {
        contract,
        object,
        holders,
    } = line;
    let gained = gain(lang, contract.gain());
    let about = object.unwrap_or_else(|| contract.contract_id.clone());
    // One that is not in the data any more has no page.
    let name = if contract.after.is_some() {
        let href = address::contract(&ContractAddress {
            buyer_siret: contract.buyer_siret,
            contract_id: contract.contract_id.clone(),
            mode: filter.mode,
        });
        view! { <a href=href>{about}</a> }.into_any()
    } else {
        about.into_any()
    };
    let holders: Vec<String> = holders.into_iter().map(holder_words).collect();
    let who = (!contract.holders.is_empty()).then(|| {
        let sirens = contract.holders.iter().map(|siren| {
            Siren::parse(siren).map_or_else(|_| siren.clone(), |siren| siren.formatted())
        });
        let sirens: Vec<String> = sirens.collect();
        view! { <span class="row-note">"SIREN " {sirens.join(", ")}</span> }
    });
    let clauses = contract.causes.contains(&Cause::Clauses);
    let causes = contract
        .causes
        .iter()
        .map(|one| view! { <p>{one.label().get(lang)}</p> })
        .collect_view();
    view! {
        <tr>
            <th scope="row">
                {name} <span class="row-note">{contract.contract_id}</span>
                <span class="row-note">{holders.join(", ")}</span>
            </th>
            <td data-label=cause>
                <div>{causes} {who}</div>
            </td>
            <td class="figures" data-label=before>{side(lang, contract.before, clauses)}</td>
            <td class="figures" data-label=today>{side(lang, contract.after, clauses)}</td>
            <td class="figures" data-label=change>{gained}</td>
        </tr>
    }
    .into_any()
}

/// The solidarity euros of what counts, and the clauses where they changed.
fn side(lang: Lang, side: Option<Brought>, clauses: bool) -> AnyView {
    let Some(side) = side else {
        return lang.pick("absent", "not there").into_any();
    };
    let of = match lang {
        Lang::Fr => format!("sur {}", euros(lang, side.amount)),
        Lang::En => format!("of {}", euros(lang, side.amount)),
    };
    let said = |has: bool, fr: &'static str, en: &'static str| {
        let with = if has {
            lang.pick("avec", "with")
        } else {
            lang.pick("sans", "without")
        };
        format!("{with} {}", lang.pick(fr, en))
    };
    let clauses = clauses.then(|| {
        let both = [
            said(
                side.environmental,
                "clause environnementale",
                "environmental clause",
            ),
            said(side.social, "clause sociale", "social clause"),
        ];
        view! { <span class="row-note">{both.join(", ")}</span> }
    });
    view! {
        {euros(lang, side.solidarity)}
        <span class="row-note">{of}</span>
        {clauses}
    }
    .into_any()
}
