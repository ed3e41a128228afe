//! The subcontracts to solidarity enterprises as a table to take away: all of them, in the order of their days.

use std::sync::Arc;

use app::i18n::{Lang, text};
use app::pages::buyer::{address, holder_words};
use app::views::Export;
use domain::catalogue::Catalogue;
use domain::claims::Kind;
use store::buyer::contracts::{StatusFound, SubcontractKey, SubcontractLine};

use super::super::BuyerService;
use super::{DeskError, Filters, Named};
use crate::contracts::export::{AT_A_TIME, euros};
use crate::export::{Cell, Column, Row, Table, stretches};

const COLUMNS: [Column; 15] = [
    Column::new(text("Établissement acheteur", "Buying establishment"), 20),
    Column::new(text("Marché", "Contract"), 22),
    Column::new(text("Objet", "Object"), 50),
    Column::new(text("Titulaires", "Holders"), 40),
    Column::new(text("Acte", "Subcontract"), 12),
    Column::new(text("Sous-traitant", "Subcontractor"), 40),
    Column::new(text("SIREN", "SIREN"), 12),
    Column::new(text("SIRET", "SIRET"), 18),
    Column::new(text("Compte le", "Counts on"), 12),
    Column::new(text("Date du marché", "Date of the contract"), 16),
    Column::new(
        text("Montant hors taxes (€)", "Amount excluding tax (€)"),
        20,
    ),
    Column::new(text("Statuts", "Statuses"), 40),
    Column::new(text("Preuves", "Evidence"), 40),
    Column::new(text("Valables depuis", "Valid from"), 24),
    Column::new(text("Valables jusqu’à", "Valid to"), 24),
];

impl BuyerService {
    pub(super) async fn subcontracts_to_take(
        &self,
        filters: &Filters,
        lang: Lang,
    ) -> Result<Named, DeskError> {
        let filter = address::subcontract_filter(|name| filters.get(name));
        let asked = self.asked(self.year(filter.year), filter.mode)?;
        let list = Export::Subcontracts;
        let name = format!(
            "spaser-{}-{}-{}",
            list.code(),
            asked.year,
            asked.mode.code()
        );
        let (buyer, today) = (self.0.state.buyer.clone(), self.0.today());
        let names = self.0.catalogue();
        buyer.prepare(self.0.now()).await?;
        let rows = stretches(move |after: Option<SubcontractKey>| {
            let (buyer, asked, names) = (buyer.clone(), asked.clone(), Arc::clone(&names));
            async move {
                let (lines, last) = buyer
                    .subcontract_lines_after(&asked, today, after.as_ref(), AT_A_TIME)
                    .await?;
                let rows = lines
                    .into_iter()
                    .map(|line| row(line, lang, &names))
                    .collect();
                Ok((rows, last))
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

fn row(line: SubcontractLine, lang: Lang, names: &Catalogue) -> Row {
    let holders: Vec<String> = line.holder_names.into_iter().map(holder_words).collect();
    let of = |said: &dyn Fn(&StatusFound) -> String| {
        let statuses = line.statuses.iter();
        Cell::Text(statuses.map(said).collect::<Vec<_>>().join("; "))
    };
    let kind = |status: &StatusFound| {
        let known = status.kind.parse::<Kind>();
        known.map_or_else(
            |_| status.kind.clone(),
            |kind| names.kind_label(kind, lang).to_owned(),
        )
    };
    let to = |status: &StatusFound| {
        let end = status.period.valid_to.map(|day| day.to_string());
        end.unwrap_or_else(|| lang.pick("sans fin", "no end").to_owned())
    };
    let (kinds, references) = (
        of(&kind),
        of(&|status| status.reference.clone().unwrap_or_default()),
    );
    let (begins, ends) = (of(&|status| status.period.valid_from.to_string()), of(&to));
    vec![
        Cell::Text(line.buyer_siret),
        Cell::Text(line.contract_id),
        line.object.map_or(Cell::Empty, Cell::Text),
        Cell::Text(holders.join(", ")),
        Cell::Text(line.number),
        line.name.map_or(Cell::Empty, Cell::Text),
        Cell::Text(line.party),
        line.siret
            .map_or(Cell::Empty, |siret| Cell::Text(siret.to_string())),
        Cell::Date(line.counted_on),
        Cell::yes_no(line.notified_on.is_none(), lang),
        Cell::Amount(euros(line.amount)),
        kinds,
        references,
        begins,
        ends,
    ]
}
