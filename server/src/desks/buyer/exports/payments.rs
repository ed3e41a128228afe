//! The tables of the pages of payments: by department, by supplier, and the payments themselves.

use app::i18n::{Lang, text};
use app::pages::buyer::payments::{direction_words, filter};
use app::views::{Counted, DirectionRow, Export, PaidSums, PaidSupplier, PaymentsFilter};
use domain::indicators::Asked;
use futures::{StreamExt, stream};
use store::buyer::payments::PaidLine;

use super::super::BuyerService;
use super::super::payments::{counted, supplier};
use super::{DeskError, Filters, Named};
use crate::contracts::export::{AT_A_TIME, euros};
use crate::export::{Cell, Column, Row, Rows, Table, last_of, stretches};

const DIRECTIONS: [Column; 8] = [
    Column::new(text("Direction", "Department"), 40),
    Column::new(text("Paiements", "Payments"), 12),
    Column::new(text("Payé (€)", "Paid (€)"), 18),
    Column::new(text("Solidaire (€)", "Solidarity (€)"), 18),
    Column::new(text("Solidaire (%)", "Solidarity (%)"), 14),
    Column::new(text("Borne basse (€)", "Lower bound (€)"), 18),
    Column::new(text("Borne haute (€)", "Upper bound (€)"), 18),
    Column::new(text("PME (€)", "SMEs (€)"), 18),
];
const SUPPLIERS: [Column; 5] = [
    Column::new(text("Fournisseur", "Supplier"), 40),
    Column::new(text("Identifiant", "Identifier"), 18),
    Column::new(text("Paiements", "Payments"), 12),
    Column::new(text("Payé (€)", "Paid (€)"), 18),
    Column::new(text("Solidaire (€)", "Solidarity (€)"), 18),
];
const PAYMENTS: [Column; 9] = [
    Column::new(text("Payé le", "Paid on"), 12),
    Column::new(text("Fournisseur", "Supplier"), 40),
    Column::new(text("Identifiant", "Identifier"), 18),
    Column::new(text("SIRET", "SIRET"), 18),
    Column::new(text("Direction", "Department"), 40),
    Column::new(text("Référence", "Reference"), 20),
    Column::new(text("Montant (€)", "Amount (€)"), 18),
    Column::new(text("Solidaire", "Solidarity"), 14),
    Column::new(text("PME", "SME"), 8),
];

impl BuyerService {
    pub(super) async fn payments_to_take(
        &self,
        list: Export,
        filters: &Filters,
        lang: Lang,
    ) -> Result<Named, DeskError> {
        let filter = filter(|name| filters.get(name));
        let asked = self.asked_of_ledger(filter.year)?;
        let mut name = format!("spaser-{}-{}", list.code(), asked.year);
        let whole = filter.part == domain::indicators::LedgerPart::default();
        if list != Export::PaidDirections && !whole {
            name.push_str("-partie");
        }
        self.0.state.buyer.prepare(self.0.now()).await?;
        let (columns, rows) = match list {
            Export::PaidDirections => (DIRECTIONS.to_vec(), self.directions(lang, filter).await?),
            Export::PaidSuppliers => (SUPPLIERS.to_vec(), self.suppliers(asked, filter)),
            _ => (PAYMENTS.to_vec(), self.payments(asked, filter, lang)),
        };
        Ok(Named {
            name,
            table: Table {
                title: list.label().get(lang).to_owned(),
                lang,
                columns,
                rows,
            },
        })
    }

    /// The departments of the year, then the year.
    async fn directions(&self, lang: Lang, filter: PaymentsFilter) -> Result<Rows, DeskError> {
        let found = self.read_payments(filter).await?;
        let named = |row: &DirectionRow| {
            let name = direction_words(lang, row.name.as_deref());
            direction(Cell::Text(name), &row.sums)
        };
        let whole = direction(Cell::text(lang.pick("Ensemble", "All")), &found.whole);
        let rows = found.directions.iter().map(named).chain([whole]).collect();
        Ok(stream::iter([Ok(rows)]).boxed())
    }

    fn suppliers(&self, asked: Asked, filter: PaymentsFilter) -> Rows {
        let (buyer, part) = (self.0.state.buyer.clone(), filter.part);
        stretches(move |after: Option<_>| {
            let (buyer, asked, part) = (buyer.clone(), asked.clone(), part.clone());
            async move {
                let found = buyer
                    .paid_parties_after(&asked, &part, after.as_ref(), AT_A_TIME)
                    .await?;
                let next = last_of(&found, AT_A_TIME).cloned();
                let rows = found.into_iter().map(supplier).map(supplier_row).collect();
                Ok((rows, next))
            }
        })
    }

    fn payments(&self, asked: Asked, filter: PaymentsFilter, lang: Lang) -> Rows {
        let (buyer, part) = (self.0.state.buyer.clone(), filter.part);
        stretches(move |after: Option<_>| {
            let (buyer, asked, part) = (buyer.clone(), asked.clone(), part.clone());
            async move {
                let (found, last) = buyer
                    .paid_lines_after(&asked, &part, after.as_ref(), AT_A_TIME)
                    .await?;
                let rows = found.into_iter().map(|line| payment(line, lang)).collect();
                Ok((rows, last))
            }
        })
    }
}

fn direction(name: Cell, sums: &PaidSums) -> Row {
    vec![
        name,
        Cell::Integer(sums.payments),
        Cell::Amount(sums.total),
        Cell::Amount(sums.solidarity),
        Cell::rate(sums.solidarity_rate),
        Cell::Amount(sums.solidarity_low),
        Cell::Amount(sums.solidarity_high),
        Cell::Amount(sums.sme),
    ]
}

fn supplier_row(supplier: PaidSupplier) -> Row {
    vec![
        Cell::Text(supplier.shown()),
        Cell::Text(supplier.party),
        Cell::Integer(supplier.payments),
        Cell::Amount(supplier.total),
        Cell::Amount(supplier.solidarity),
    ]
}

fn payment(line: PaidLine, lang: Lang) -> Row {
    let counts = match counted(&line) {
        Counted::Yes => lang.pick("oui", "yes"),
        Counted::Perhaps => lang.pick("borne haute", "upper bound"),
        Counted::No => lang.pick("non", "no"),
    };
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    vec![
        Cell::Date(line.paid_on),
        Cell::Text(app::views::party_words(line.name.as_deref(), &line.party)),
        Cell::Text(line.party),
        text(line.siret.map(|siret| siret.to_string())),
        text(line.direction),
        text(line.reference),
        Cell::Amount(euros(line.amount)),
        Cell::text(counts),
        Cell::yes_no(line.sme, lang),
    ]
}
