//! Every figure with its numerator and denominator, by theme of the scheme, and the contracts that it counts.

use domain::catalogue::{Catalogue, Theme};
use domain::decimal::Hundredths;
use domain::indicators::{Indicator, Measure, theme_of};
use leptos::prelude::*;

use super::words::{figure_words, percent};
use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, euros};
use crate::pages::buyer::address;
use crate::pages::buyer::export::Exports;
use crate::ui::{Column, DataTable};
use crate::views::{Export, IndicatorsView};

/// In the order of the page, with the contracts behind each.
const ORDER: [(&str, Option<Measure>); 17] = [
    ("I1", Some(Measure::Environmental)),
    ("I1w", Some(Measure::EnvironmentalWide)),
    ("I1v", Some(Measure::Environmental)),
    ("I2", Some(Measure::Social)),
    ("I2w", Some(Measure::SocialWide)),
    ("I2v", Some(Measure::Social)),
    ("I3", Some(Measure::Solidarity)),
    ("I3low", Some(Measure::SolidarityAlone)),
    ("I3high", Some(Measure::Solidarity)),
    (INDIRECT, None),
    ("I4", Some(Measure::Sme)),
    ("I4v", Some(Measure::Sme)),
    ("I5", Some(Measure::Reserved)),
    ("I6", Some(Measure::Innovative)),
    ("I7", Some(Measure::All)),
    ("I8", None),
    ("I8r", None),
];
/// Its list is of subcontracts.
const INDIRECT: &str = "I3s";
/// Of no part of the year.
const WHOLE_YEAR: [&str; 3] = [INDIRECT, "I8", "I8r"];
/// Their list is of commitments.
const HOURS: [&str; 2] = ["I8", "I8r"];

/// The figures of the page with the contracts behind each; subcontracts and hours of commitments are of no part of the year.
pub fn measures(
    found: &IndicatorsView,
) -> impl Iterator<Item = (&'static str, Option<Measure>, &Indicator)> {
    ORDER
        .iter()
        .filter(|(id, _)| !WHOLE_YEAR.contains(id) || found.narrowing.is_empty())
        .filter_map(|(id, measure)| Some((*id, *measure, found.report.indicators.get(id)?)))
}

/// By theme of the scheme, with the plans that it serves.
#[component]
pub(super) fn Figures(lang: Lang, found: IndicatorsView) -> AnyView {
    let page = address::indicators(&found.filter());
    let catalogue = use_catalogue();
    let themes = catalogue
        .themes
        .iter()
        .map(|theme| self::theme(lang, &catalogue, theme, &found))
        .collect_view();
    let first = found.report.indicators.values().next();
    let kinds = first.map(|figure| {
        let kinds: Vec<&str> = figure.kinds.0.iter().map(|kind| kind.code()).collect();
        let kinds = kinds.join(", ");
        let date = figure.data_date.clone().unwrap_or_default();
        let version = figure.rule_version;
        match lang {
            Lang::Fr => format!(
                "Est solidaire une entreprise qualifiée {kinds} à la date de notification. Données importées le {date}, règles version {version}."
            ),
            Lang::En => format!(
                "A solidarity enterprise holds one of {kinds} on the notification date. Data imported on {date}, rules version {version}."
            ),
        }
    });
    view! {
        <section class="block">
            <h2>{lang.pick("Toutes les mesures, par thème", "All measures, by theme")}</h2>
            {themes}
            <p class="target-note">{kinds}</p>
            <Exports lang=lang list=Export::Measures page=page rows=None/>
        </section>
    }
    .into_any()
}

/// Nothing for a theme of which the page has no figure.
fn theme(
    lang: Lang,
    catalogue: &Catalogue,
    theme: &Theme,
    found: &IndicatorsView,
) -> Option<AnyView> {
    let columns = vec![
        Column::new(lang.pick("Mesure", "Measure")),
        Column::new(lang.pick("Valeur", "Value")).figures(),
        Column::new(lang.pick("Numérateur", "Numerator")).figures(),
        Column::new(lang.pick("Dénominateur", "Denominator")).figures(),
    ];
    let rows: Vec<AnyView> = measures(found)
        .filter(|(id, ..)| theme_of(id) == theme.code)
        .map(|(id, measure, figure)| row(lang, found, id, measure, figure))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let label = theme.label.get(lang).to_owned();
    let caption = match lang {
        Lang::Fr => format!("{label}\u{A0}: valeurs, numérateurs et dénominateurs"),
        Lang::En => format!("{label}: values, numerators and denominators"),
    };
    let plans = plan_words(lang, catalogue, theme).map(|plans| {
        let served = lang.pick("Plans servis\u{A0}: ", "Plans served: ");
        view! { <p class="target-note">{served} {plans} "."</p> }
    });
    let drawn = view! {
        <div class="theme">
            <h3>{label}</h3>
            {plans}
            <DataTable caption=caption columns=columns quiet_caption=true>
                {rows}
            </DataTable>
        </div>
    };
    Some(drawn.into_any())
}

/// The plans that a theme serves, one after the other; `None`: it serves none by itself.
pub fn plan_words(lang: Lang, catalogue: &Catalogue, theme: &Theme) -> Option<String> {
    let plans = catalogue.offered_plans(&theme.plans);
    let plans = catalogue.plan_labels(&plans, lang);
    (!plans.is_empty()).then(|| plans.join(", "))
}

fn row(
    lang: Lang,
    found: &IndicatorsView,
    id: &'static str,
    measure: Option<Measure>,
    figure: &Indicator,
) -> AnyView {
    let label = figure_words(id).get(lang);
    let href = measure
        .map(|measure| address::contracts(&found.contracts(measure)))
        .or_else(|| (id == INDIRECT).then(|| address::subcontracts(&found.subcontracts())))
        .or_else(|| {
            HOURS
                .contains(&id)
                .then(|| address::year_hours(&found.hours()))
        });
    let label = match href {
        Some(href) => view! { <a href=href>{label}</a> }.into_any(),
        None => label.into_any(),
    };
    let of = figure.denominator.map(|of| quantity(lang, figure.unit, of));
    view! {
        <tr>
            <th scope="row">{label} <span class="row-note">{id}</span></th>
            <td class="figures">{value(lang, figure)}</td>
            <td class="figures">{quantity(lang, figure.unit, figure.numerator)}</td>
            <td class="figures">{of}</td>
        </tr>
    }
    .into_any()
}

fn value(lang: Lang, figure: &Indicator) -> String {
    match (figure.denominator, figure.value) {
        (None, Some(value)) => quantity(lang, figure.unit, value),
        (_, value) => percent(lang, value),
    }
}

fn quantity(lang: Lang, unit: &str, value: Hundredths) -> String {
    match unit {
        "€" => euros(lang, value),
        "h" => format!("{}\u{A0}h", value.display(lang)),
        _ => value.display(lang),
    }
}
