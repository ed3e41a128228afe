//! The lists of the page of levers: files that wait, suppliers without status, statuses that end.

use app::i18n::{Lang, text};
use app::pages::buyer::address;
use app::pages::shared::status::status_words;
use app::views::{EndingStatus, Export, LeversFilter, UndeclaredSupplier, WaitingFile};
use domain::catalogue::Catalogue;
use domain::indicators::Asked;
use domain::lifecycle::Side;
use futures::{StreamExt, stream};

use super::super::BuyerService;
use super::super::levers::{ending_status, undeclared_supplier};
use super::{DeskError, Filters, Named};
use crate::export::{Cell, Column, Row, Rows, Table, last_of, stretches};

/// Suppliers read together: each time, the whole year is summed up again.
const AT_A_TIME: u64 = 10_000;

const WAITING: [Column; 8] = [
    Column::new(text("Entreprise", "Company"), 40),
    Column::new(text("SIREN", "SIREN"), 12),
    Column::new(text("Référence", "Reference"), 20),
    Column::new(text("Statut du dossier", "Status of the file"), 20),
    Column::new(text("Affirmations", "Claims"), 40),
    Column::new(text("Euros ajoutés (€)", "Euros added (€)"), 18),
    Column::new(text("Marchés", "Contracts"), 12),
    Column::new(text("Jours d’attente", "Days of waiting"), 16),
];
const UNDECLARED: [Column; 6] = [
    Column::new(text("Fournisseur", "Supplier"), 40),
    Column::new(text("SIREN", "SIREN"), 12),
    Column::new(text("Part des montants (€)", "Part of amounts (€)"), 20),
    Column::new(text("Marchés", "Contracts"), 12),
    Column::new(text("PME au répertoire", "SME in the register"), 18),
    Column::new(text("Dossier en attente", "File waiting"), 18),
];
const ENDING: [Column; 7] = [
    Column::new(text("Entreprise", "Company"), 40),
    Column::new(text("SIREN", "SIREN"), 12),
    Column::new(text("Fin du statut", "Status ends"), 14),
    Column::new(text("Déjà terminé", "Already over"), 14),
    Column::new(text("Marché", "Contract"), 22),
    Column::new(text("Objet", "Object"), 50),
    Column::new(text("Fin du marché", "Contract ends"), 14),
];

impl BuyerService {
    pub(super) async fn levers_to_take(
        &self,
        list: Export,
        filters: &Filters,
        lang: Lang,
    ) -> Result<Named, DeskError> {
        let LeversFilter { year, mode, .. } =
            address::levers_filter(|name| filters.get(name), |_| Vec::new());
        let asked = self.asked(self.year(year), mode)?;
        self.0.state.buyer.prepare(self.0.now()).await?;
        let (columns, rows) = match list {
            Export::Waiting => (WAITING.to_vec(), self.waiting_rows(&asked, lang).await?),
            Export::Ending => (ENDING.to_vec(), self.ending_rows(&asked, lang).await?),
            _ => (
                UNDECLARED.to_vec(),
                self.undeclared_rows(asked.clone(), lang),
            ),
        };
        Ok(Named {
            name: format!("spaser-{}-{}-{}", list.code(), asked.year, mode.code()),
            table: Table {
                title: list.label().get(lang).to_owned(),
                lang,
                columns,
                rows,
            },
        })
    }

    async fn waiting_rows(&self, asked: &Asked, lang: Lang) -> Result<Rows, DeskError> {
        let levers = self.weigh(asked, self.waiting(asked).await?).await?;
        let names = self.0.catalogue();
        let rows = levers
            .files
            .into_iter()
            .map(|lever| waiting(self.file(lever, false), lang, &names))
            .collect();
        Ok(stream::iter([Ok(rows)]).boxed())
    }

    async fn ending_rows(&self, asked: &Asked, lang: Lang) -> Result<Rows, DeskError> {
        let today = self.0.today();
        let found = self.0.state.buyer.ending(asked, today).await?;
        let rows = found
            .into_iter()
            .filter_map(|one| ending_status(one, today))
            .map(|one| ending(one, lang))
            .collect();
        Ok(stream::iter([Ok(rows)]).boxed())
    }

    fn undeclared_rows(&self, asked: Asked, lang: Lang) -> Rows {
        let (state, today) = (self.0.state.clone(), self.0.today());
        stretches(move |after: Option<_>| {
            let (state, asked) = (state.clone(), asked.clone());
            async move {
                let found = state
                    .buyer
                    .undeclared_after(&asked, today, after.as_ref(), AT_A_TIME)
                    .await?;
                let next = last_of(&found, AT_A_TIME).cloned();
                let known = super::super::levers::known(&state, &found).await?;
                let rows = found
                    .into_iter()
                    .map(|one| undeclared(undeclared_supplier(one, &known), lang))
                    .collect();
                Ok((rows, next))
            }
        })
    }
}

fn waiting(file: WaitingFile, lang: Lang, names: &Catalogue) -> Row {
    let claims: Vec<&str> = file
        .kinds
        .iter()
        .map(|kind| names.kind_label(*kind, lang))
        .collect();
    vec![
        Cell::Text(file.company_name),
        Cell::text(file.siren.as_str()),
        Cell::Text(file.reference),
        Cell::text(status_words(file.status, Side::Buyer).get(lang)),
        Cell::Text(claims.join(", ")),
        Cell::Amount(file.euros),
        Cell::Integer(file.contracts),
        Cell::Integer(u64::try_from(file.days).unwrap_or(0)),
    ]
}

fn undeclared(supplier: UndeclaredSupplier, lang: Lang) -> Row {
    let siren = supplier.siren.as_ref();
    vec![
        Cell::Text(supplier.name),
        siren.map_or(Cell::Empty, |siren| Cell::text(siren.as_str())),
        Cell::Amount(supplier.amount),
        Cell::Integer(supplier.contracts),
        Cell::yes_no(supplier.sme, lang),
        Cell::yes_no(supplier.waiting, lang),
    ]
}

fn ending(one: EndingStatus, lang: Lang) -> Row {
    vec![
        Cell::Text(one.company_name),
        Cell::text(one.siren.as_str()),
        Cell::Date(one.ends_on),
        Cell::yes_no(one.ended, lang),
        Cell::Text(one.contract_id),
        one.object.map_or(Cell::Empty, Cell::Text),
        Cell::Date(one.contract_ends_on),
    ]
}
