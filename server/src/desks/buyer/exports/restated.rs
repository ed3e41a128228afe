//! What changed in a year since it was frozen, as a table to take away: every contract that counts otherwise.

use app::i18n::{Lang, text};
use app::pages::buyer::{address, holder_words};
use app::views::{Export, RestatedRow};
use domain::decimal::Hundredths;
use domain::indicators::Brought;

use super::super::BuyerService;
use super::{DeskError, Filters, Named};
use crate::export::{Cell, Column, Row, Table};

const COLUMNS: [Column; 15] = [
    Column::new(text("Établissement acheteur", "Buying establishment"), 20),
    Column::new(text("Marché", "Contract"), 22),
    Column::new(text("Objet", "Object"), 50),
    Column::new(text("Titulaires", "Holders"), 40),
    Column::new(text("Causes", "Causes"), 50),
    Column::new(text("Statut changé (SIREN)", "Status changed (SIREN)"), 24),
    Column::new(text("Montant avant (€)", "Amount before (€)"), 18),
    Column::new(text("Montant après (€)", "Amount after (€)"), 18),
    Column::new(text("Solidaire avant (€)", "Solidarity before (€)"), 18),
    Column::new(text("Solidaire après (€)", "Solidarity after (€)"), 18),
    Column::new(text("Écart solidaire (€)", "Solidarity difference (€)"), 18),
    Column::new(
        text(
            "Clause environnementale avant",
            "Environmental clause before",
        ),
        16,
    ),
    Column::new(
        text(
            "Clause environnementale après",
            "Environmental clause after",
        ),
        16,
    ),
    Column::new(text("Clause sociale avant", "Social clause before"), 16),
    Column::new(text("Clause sociale après", "Social clause after"), 16),
];

impl BuyerService {
    pub(super) async fn restated_to_take(
        &self,
        filters: &Filters,
        lang: Lang,
    ) -> Result<Named, DeskError> {
        let filter = address::restated_filter(|name| filters.get(name));
        let compared = self.compare(&filter).await?;
        let list = Export::Restated;
        let name = format!(
            "spaser-{}-{}-edition-{}-{}",
            list.code(),
            compared.asked.year,
            compared.frozen.edition,
            compared.asked.mode.code()
        );
        let rows = self
            .titled(&compared.asked, compared.restated.contracts)
            .await?
            .into_iter()
            .map(|one| row(one, lang))
            .collect();
        Ok(Named {
            name,
            table: Table::of(list.label(), lang, COLUMNS.to_vec(), rows),
        })
    }
}

fn row(one: RestatedRow, lang: Lang) -> Row {
    let RestatedRow {
        contract,
        object,
        holders,
    } = one;
    let holders: Vec<String> = holders.into_iter().map(holder_words).collect();
    let causes: Vec<&str> = contract
        .causes
        .iter()
        .map(|one| one.label().get(lang))
        .collect();
    let gain = contract.gain();
    let euros = |side: Option<Brought>, of: fn(Brought) -> Hundredths| Cell::amount(side.map(of));
    let clause = |side: Option<Brought>, of: fn(Brought) -> bool| {
        side.map_or(Cell::Empty, |side| Cell::yes_no(of(side), lang))
    };
    let (before, after) = (contract.before, contract.after);
    vec![
        Cell::Text(contract.buyer_siret),
        Cell::Text(contract.contract_id),
        object.map_or(Cell::Empty, Cell::Text),
        Cell::Text(holders.join(", ")),
        Cell::Text(causes.join("; ")),
        Cell::Text(contract.holders.join(", ")),
        euros(before, |side| side.amount),
        euros(after, |side| side.amount),
        euros(before, |side| side.solidarity),
        euros(after, |side| side.solidarity),
        Cell::Amount(gain),
        clause(before, |side| side.environmental),
        clause(after, |side| side.environmental),
        clause(before, |side| side.social),
        clause(after, |side| side.social),
    ]
}
