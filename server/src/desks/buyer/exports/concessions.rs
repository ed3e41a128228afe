//! The concessions as a table to take away: all of them, in the order of their signature.

use app::i18n::{Lang, text};
use app::pages::buyer::{address, holder_words};
use app::views::Export;
use domain::contracts::Mode;
use store::buyer::contracts::{ConcessionKey, ConcessionLine};

use super::super::BuyerService;
use super::super::concessions::named;
use super::{DeskError, Filters, Named};
use crate::contracts::export::{AT_A_TIME, euros};
use crate::export::{Cell, Column, Row, Table, stretches};

const COLUMNS: [Column; 14] = [
    Column::new(text("Autorité concédante", "Granting authority"), 20),
    Column::new(text("Concession", "Concession"), 22),
    Column::new(text("Objet", "Object"), 50),
    Column::new(text("Nature", "Nature"), 30),
    Column::new(text("Procédure", "Procedure"), 34),
    Column::new(text("Concessionnaires", "Concessionaires"), 40),
    Column::new(text("Identifiants", "Identifiers"), 24),
    Column::new(text("Signée le", "Signed on"), 12),
    Column::new(text("Exécutée depuis", "Carried out from"), 14),
    Column::new(text("Durée (mois)", "Duration (months)"), 12),
    Column::new(text("Valeur hors taxes (€)", "Value excluding tax (€)"), 22),
    Column::new(text("Subvention publique (€)", "Public subsidy (€)"), 22),
    Column::new(text("Considérations sociales", "Social considerations"), 40),
    Column::new(
        text(
            "Considérations environnementales",
            "Environmental considerations",
        ),
        40,
    ),
];

impl BuyerService {
    pub(super) async fn concessions_to_take(
        &self,
        filters: &Filters,
        lang: Lang,
    ) -> Result<Named, DeskError> {
        let filter = address::concession_filter(|name| filters.get(name));
        let year = filter.year.map(|year| self.year(Some(year)));
        let siren = self.asked(self.year(year), Mode::Initial)?.buyer;
        let list = Export::Concessions;
        let name = match year {
            Some(year) => format!("spaser-{}-{year}", list.code()),
            None => format!("spaser-{}", list.code()),
        };
        let (buyer, today) = (self.0.state.buyer.clone(), self.0.today());
        buyer.prepare(self.0.now()).await?;
        let rows = stretches(move |after: Option<ConcessionKey>| {
            let (buyer, siren) = (buyer.clone(), siren.clone());
            async move {
                let (lines, last) = buyer
                    .concession_lines_after(&siren, year, today, after.as_ref(), AT_A_TIME)
                    .await?;
                let rows = lines.into_iter().map(row).collect();
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

fn row(line: ConcessionLine) -> Row {
    let maybe = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let ids: Vec<String> = line.holders.iter().map(|one| one.id.clone()).collect();
    let names = line.holders.into_iter().map(|one| holder_words(named(one)));
    let names: Vec<String> = names.collect();
    vec![
        Cell::Text(line.buyer_siret),
        Cell::Text(line.concession_id),
        maybe(line.object),
        maybe(line.nature),
        maybe(line.procedure),
        Cell::Text(names.join(", ")),
        Cell::Text(ids.join(", ")),
        Cell::Date(line.signed_on),
        line.begins_on.map_or(Cell::Empty, Cell::Date),
        line.duration_months.map_or(Cell::Empty, Cell::Integer),
        Cell::amount(line.amount.map(euros)),
        Cell::amount(line.subsidy.map(euros)),
        Cell::Text(line.social),
        Cell::Text(line.environmental),
    ]
}
