//! The insertion commitments of a year as a table to take away, in the order of the days on which they count.

use app::i18n::{Lang, text};
use app::pages::buyer::address;
use app::views::Export;
use domain::contracts::Mode;
use store::buyer::contracts::CommitmentHours;

use super::super::BuyerService;
use super::{DeskError, Filters, Named};
use crate::contracts::export::AT_A_TIME;
use crate::export::{Cell, Column, Row, Table, last_of, stretches};

const COLUMNS: [Column; 9] = [
    Column::new(text("Entreprise", "Company"), 40),
    Column::new(text("SIREN", "SIREN"), 12),
    Column::new(text("Engagement", "Commitment"), 50),
    Column::new(text("Marché", "Contract"), 22),
    Column::new(text("Compte le", "Counts on"), 12),
    Column::new(text("Début", "From"), 12),
    Column::new(text("Fin prévue", "Planned end"), 12),
    Column::new(text("Heures promises", "Hours promised"), 16),
    Column::new(text("Heures vérifiées", "Hours checked"), 16),
];

impl BuyerService {
    pub(super) async fn year_hours_to_take(
        &self,
        filters: &Filters,
        lang: Lang,
    ) -> Result<Named, DeskError> {
        let filter = address::year_hours_filter(|name| filters.get(name));
        let asked = self.asked(self.year(filter.year), Mode::Initial)?;
        let list = Export::Hours;
        let name = format!("spaser-{}-{}", list.code(), asked.year);
        let buyer = self.0.state.buyer.clone();
        buyer.prepare(self.0.now()).await?;
        let rows = stretches(move |after: Option<CommitmentHours>| {
            let (buyer, asked) = (buyer.clone(), asked.clone());
            async move {
                let found = buyer
                    .commitment_hours_after(&asked, after.as_ref(), AT_A_TIME)
                    .await?;
                let next = last_of(&found, AT_A_TIME).cloned();
                let rows = found.into_iter().map(|line| row(line, lang)).collect();
                Ok((rows, next))
            }
        });
        Ok(Named {
            name,
            table: Table {
                title: list.label().get(lang).to_owned(),
                lang,
                columns: COLUMNS.to_vec(),
                rows,
            },
        })
    }
}

fn row(line: CommitmentHours, lang: Lang) -> Row {
    let maybe = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let modality = line.modality.map(|modality| modality.label().get(lang));
    vec![
        maybe(line.name),
        Cell::text(line.siren.as_str()),
        modality.map_or(Cell::Empty, Cell::text),
        maybe(line.contract),
        Cell::Date(line.counted_on),
        Cell::Date(line.valid_from),
        Cell::Date(line.ends_on),
        Cell::Number(line.promised),
        Cell::Number(line.realised),
    ]
}
