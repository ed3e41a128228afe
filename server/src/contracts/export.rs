//! The contracts behind a figure as a table to take away: all of them, in the order of their notification.

use std::sync::Arc;

use app::i18n::{Lang, text};
use app::pages::buyer::holder_words;
use app::views::Export;
use chrono::NaiveDate;
use domain::contracts::{Amount, Flag};
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::indicators::{Asked, Measure};
use store::buyer::BuyerStore;
use store::buyer::contracts::{ContractKey, ContractLine};

use crate::export::{Cell, Column, Row, Table, stretches};

/// Contracts of the year looked at together.
pub const AT_A_TIME: u64 = 10_000;

const COLUMNS: [Column; 14] = [
    Column::new(text("Établissement acheteur", "Buying establishment"), 20),
    Column::new(text("Marché", "Contract"), 22),
    Column::new(text("Objet", "Object"), 50),
    Column::new(text("Notifié le", "Notified on"), 12),
    Column::new(
        text("Montant hors taxes (€)", "Amount excluding tax (€)"),
        20,
    ),
    Column::new(text("Montant compté", "Amount counted"), 16),
    Column::new(text("Raison", "Reason"), 30),
    Column::new(text("Titulaires", "Holders"), 40),
    Column::new(text("Identifiants", "Identifiers"), 24),
    Column::new(text("Nombre de titulaires", "Number of holders"), 20),
    Column::new(text("Solidaires", "Solidarity"), 12),
    Column::new(text("PME", "SMEs"), 8),
    Column::new(text("Codes des constats", "Codes of findings"), 24),
    Column::new(text("Constats", "Findings"), 50),
];

/// Which contracts of a year.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub asked: Asked,
    pub today: NaiveDate,
    pub measure: Measure,
    pub supplier: Option<Siren>,
}

/// The table of these contracts, read `at_a_time`.
pub fn table(buyer: &BuyerStore, wanted: Wanted, lang: Lang, at_a_time: u64) -> Table {
    let (buyer, wanted) = (buyer.clone(), Arc::new(wanted));
    let rows = stretches(move |after: Option<ContractKey>| {
        let (buyer, wanted) = (buyer.clone(), Arc::clone(&wanted));
        async move {
            let which = (wanted.measure, wanted.supplier.as_ref());
            let (lines, last) = buyer
                .contract_lines_after(
                    &wanted.asked,
                    wanted.today,
                    which,
                    after.as_ref(),
                    at_a_time,
                )
                .await?;
            let rows = lines.into_iter().map(|line| row(line, lang)).collect();
            Ok((rows, last))
        }
    });
    Table {
        title: Export::Contracts.label().get(lang).to_owned(),
        lang,
        columns: COLUMNS.to_vec(),
        rows,
    }
}

/// Euros and cents, rounded half up.
pub fn euros(amount: Amount) -> Hundredths {
    Hundredths::from_hundredths((amount.millionths() + 5_000).div_euclid(10_000))
}

fn row(line: ContractLine, lang: Lang) -> Row {
    let reason = match (line.amount, line.excluded) {
        (None, _) => Cell::text(lang.pick("montant inutilisable", "unusable amount")),
        (_, true) => {
            Cell::text(lang.pick("compté dans l’accord-cadre", "counted in the framework"))
        }
        (Some(_), false) => Cell::Empty,
    };
    let counted = line.amount.is_some() && !line.excluded;
    let names: Vec<String> = line.holder_names.into_iter().map(holder_words).collect();
    let findings: Vec<&str> = line
        .flags
        .iter()
        .filter_map(|code| Flag::from_code(code))
        .map(|flag| flag.meaning().get(lang))
        .collect();
    vec![
        Cell::Text(line.buyer_siret),
        Cell::Text(line.contract_id),
        line.object.map_or(Cell::Empty, Cell::Text),
        Cell::Date(line.notified_on),
        Cell::amount(line.amount.map(euros)),
        Cell::yes_no(counted, lang),
        reason,
        Cell::Text(names.join(", ")),
        Cell::Text(line.holder_ids.join(", ")),
        Cell::Integer(line.holders),
        Cell::Integer(line.solidarity),
        Cell::Integer(line.sme),
        Cell::Text(line.flags.join(", ")),
        Cell::Text(findings.join("; ")),
    ]
}
