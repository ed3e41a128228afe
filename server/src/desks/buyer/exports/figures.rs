//! The tables of the page of figures: what a year is broken down to, year against year, every measure, the findings.

use app::i18n::{Lang, text};
use app::pages::buyer::{address, figure_words, measures, plan_words};
use app::views::{BreakdownRow, Export, IndicatorsView};
use domain::catalogue::Catalogue;
use domain::contracts::Flag;
use domain::decimal::Hundredths;
use domain::indicators::theme_of;

use super::super::BuyerService;
use super::{DeskError, Filters, Named};
use crate::export::{Cell, Column, Row, Table};

const YEARS: [Column; 5] = [
    Column::new(text("Année", "Year"), 8),
    Column::new(text("Marchés", "Contracts"), 12),
    Column::new(
        text("Clause environnementale (%)", "Environmental clause (%)"),
        26,
    ),
    Column::new(text("Clause sociale (%)", "Social clause (%)"), 18),
    Column::new(
        text("Achats solidaires (%)", "Solidarity purchases (%)"),
        22,
    ),
];
const PARTS: [Column; 7] = [
    Column::new(text("Code", "Code"), 18),
    Column::new(text("Marchés", "Contracts"), 12),
    Column::new(
        text("Montant hors taxes (€)", "Amount excluding tax (€)"),
        22,
    ),
    Column::new(
        text("Clause environnementale (%)", "Environmental clause (%)"),
        26,
    ),
    Column::new(text("Clause sociale (%)", "Social clause (%)"), 18),
    Column::new(
        text("Achats solidaires (%)", "Solidarity purchases (%)"),
        22,
    ),
    Column::new(text("Montant solidaire (€)", "Solidarity amount (€)"), 22),
];
const MEASURES: [Column; 9] = [
    Column::new(text("Code", "Code"), 8),
    Column::new(text("Mesure", "Measure"), 50),
    Column::new(text("Taux (%)", "Rate (%)"), 12),
    Column::new(text("Numérateur", "Numerator"), 20),
    Column::new(text("Dénominateur", "Denominator"), 20),
    Column::new(text("Unité", "Unit"), 12),
    Column::new(text("Version des règles", "Version of the rules"), 18),
    Column::new(text("Thème", "Theme"), 30),
    Column::new(text("Plans servis", "Plans served"), 60),
];
const FINDINGS: [Column; 3] = [
    Column::new(text("Code", "Code"), 22),
    Column::new(text("Constat", "Finding"), 60),
    Column::new(text("Marchés", "Contracts"), 12),
];

impl BuyerService {
    pub(super) async fn figures_to_take(
        &self,
        list: Export,
        filters: &Filters,
        lang: Lang,
    ) -> Result<Named, DeskError> {
        let filter = address::figures_filter(|name| filters.get(name));
        let found = self.read_indicators(&filter).await?;
        let (columns, rows) = match list {
            Export::Years => (YEARS.to_vec(), years(&found)),
            Export::Measures => (
                MEASURES.to_vec(),
                every_measure(&self.0.catalogue(), lang, &found),
            ),
            Export::Findings => (FINDINGS.to_vec(), findings(lang, &found)),
            _ => (
                parts_columns(&found),
                parts(&self.0.catalogue(), lang, &found),
            ),
        };
        let mut name = format!(
            "spaser-{}-{}-{}",
            list.code(),
            found.year,
            found.mode.code()
        );
        if list == Export::Breakdown {
            name = format!("{name}-{}", found.by.code());
        }
        if !found.narrowing.is_empty() {
            name.push_str("-partie");
        }
        Ok(Named {
            name,
            table: Table::of(list.label(), lang, columns, rows),
        })
    }
}

fn parts_columns(found: &IndicatorsView) -> Vec<Column> {
    std::iter::once(Column::new(found.by.label(), 50))
        .chain(PARTS)
        .collect()
}

fn parts(names: &Catalogue, lang: Lang, found: &IndicatorsView) -> Vec<Row> {
    let row = |part: &BreakdownRow, name: Cell, code: Cell| {
        vec![
            name,
            code,
            Cell::Number(part.contracts),
            Cell::Amount(part.amount),
            Cell::rate(part.environmental),
            Cell::rate(part.social),
            Cell::rate(part.solidarity),
            Cell::Amount(part.solidarity_amount),
        ]
    };
    let whole = found.whole();
    found
        .parts
        .iter()
        .map(|part| {
            let name = found.by.name(&part.key, lang, names);
            row(part, Cell::Text(name), Cell::text(part.key.as_str()))
        })
        .chain([row(
            &whole,
            Cell::text(lang.pick("Ensemble", "All")),
            Cell::Empty,
        )])
        .collect()
}

fn years(found: &IndicatorsView) -> Vec<Row> {
    let row = |rates: &app::views::YearRates| {
        vec![
            Cell::Text(rates.year.to_string()),
            Cell::Number(rates.contracts),
            Cell::rate(rates.environmental),
            Cell::rate(rates.social),
            Cell::rate(rates.solidarity),
        ]
    };
    found.history.iter().map(row).collect()
}

fn every_measure(names: &Catalogue, lang: Lang, found: &IndicatorsView) -> Vec<Row> {
    measures(found)
        .map(|(id, _, figure)| {
            let theme = theme_of(id);
            let quantity = |value: Hundredths| match figure.unit {
                "€" => Cell::Amount(value),
                _ => Cell::Number(value),
            };
            vec![
                Cell::text(id),
                Cell::text(figure_words(id).get(lang)),
                // What has no denominator is a quantity, and its numerator.
                figure
                    .denominator
                    .map_or(Cell::Empty, |_| Cell::rate(figure.value)),
                quantity(figure.numerator),
                figure.denominator.map_or(Cell::Empty, quantity),
                Cell::text(figure.unit),
                Cell::text(figure.rule_version),
                Cell::text(names.theme_label(theme, lang)),
                names
                    .theme(theme)
                    .and_then(|theme| plan_words(lang, names, theme))
                    .map_or(Cell::Empty, Cell::Text),
            ]
        })
        .collect()
}

fn findings(lang: Lang, found: &IndicatorsView) -> Vec<Row> {
    found
        .findings()
        .into_iter()
        .map(|(flag, contracts): (Flag, usize)| {
            vec![
                Cell::text(flag.code()),
                Cell::text(flag.meaning().get(lang)),
                Cell::Integer(u64::try_from(contracts).unwrap_or(u64::MAX)),
            ]
        })
        .collect()
}
