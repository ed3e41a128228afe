//! What the records of an import have against the official schema.

use app::i18n::{Lang, text};
use app::pages::buyer::imports::rule;
use app::views::Export;
use futures::{StreamExt, stream};
use uuid::Uuid;

use super::super::BuyerService;
use super::{DeskError, Filters, Named};
use crate::export::{Cell, Column, Row, Table};

const COLUMNS: [Column; 6] = [
    Column::new(text("Donnée", "Field"), 50),
    Column::new(text("Règle", "Rule"), 22),
    Column::new(text("Écart", "Breach"), 40),
    Column::new(text("Enregistrements", "Records"), 16),
    Column::new(text("Rang du premier", "Rank of the first"), 16),
    Column::new(text("Ce qui s’y trouve", "What stands there"), 50),
];

impl BuyerService {
    /// Of the import that the address names; none, an empty list.
    pub(super) async fn conformity_to_take(
        &self,
        filters: &Filters,
        lang: Lang,
    ) -> Result<Named, DeskError> {
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let import = filters.get("import").unwrap_or_default();
        let import = Uuid::parse_str(&import).unwrap_or_default().to_string();
        let rows: Vec<Row> = buyer
            .breaches(&import)
            .await?
            .into_iter()
            .map(|one| {
                let words = rule(&one.rule).get(lang);
                vec![
                    Cell::Text(one.place),
                    Cell::Text(one.rule),
                    Cell::text(words),
                    Cell::Integer(one.found.records),
                    Cell::Integer(one.found.position),
                    Cell::Text(one.found.value),
                ]
            })
            .collect();
        Ok(Named {
            name: format!("spaser-{}-{import}", Export::Conformity.code()),
            table: Table {
                title: Export::Conformity.label().get(lang).to_owned(),
                lang,
                columns: COLUMNS.to_vec(),
                rows: stream::iter([Ok(rows)]).boxed(),
            },
        })
    }
}
