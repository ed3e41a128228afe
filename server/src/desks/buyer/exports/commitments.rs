//! The insertion commitments, what was promised beside what was realised.

use domain::catalogue::Catalogue;
use std::sync::Arc;

use app::i18n::{Lang, text};
use app::pages::buyer::address;
use app::pages::shared::claim::key_title;
use app::pages::shared::wording::qualification_state;
use app::views::{CommitmentLine, Export};
use store::hours;

use super::super::BuyerService;
use super::super::hours::{filter, line};
use super::{Filters, Named};
use crate::export::{Cell, Column, Row, Table, last_of, stretches};

const AT_A_TIME: u64 = 500;

const COLUMNS: [Column; 12] = [
    Column::new(text("Entreprise", "Company"), 40),
    Column::new(text("SIREN", "SIREN"), 12),
    Column::new(text("Engagement", "Commitment"), 50),
    Column::new(text("Marché", "Contract"), 18),
    Column::new(text("Début", "From"), 12),
    Column::new(text("Fin prévue", "Planned end"), 12),
    Column::new(text("État", "State"), 18),
    Column::new(text("Heures promises", "Hours promised"), 16),
    Column::new(text("Heures vérifiées", "Hours checked"), 16),
    Column::new(text("Heures à vérifier", "Hours to check"), 16),
    Column::new(text("Trimestres manquants", "Quarters missing"), 18),
    Column::new(text("Dernier trimestre déclaré", "Last quarter stated"), 24),
];

impl BuyerService {
    /// Newest first.
    pub(super) fn commitments_to_take(&self, filters: &Filters, lang: Lang) -> Named {
        let to_check = address::hours_to_check(|name| filters.get(name));
        let (state, today) = (self.0.state.clone(), self.0.today());
        let names = self.0.catalogue();
        let rows = stretches(move |after| {
            let (state, names) = (state.clone(), Arc::clone(&names));
            async move {
                let db = state.store.read();
                let found = hours::after(db, filter(to_check), after, AT_A_TIME).await?;
                let next = last_of(&found, AT_A_TIME).map(|row| row.qualification.id);
                let lines = found.iter().filter_map(|one| line(one, today));
                let rows = lines.map(|one| row(&names, one, lang)).collect();
                Ok((rows, next))
            }
        });
        Named {
            name: if to_check {
                format!("spaser-{}-{today}-a-verifier", Export::Commitments.code())
            } else {
                format!("spaser-{}-{today}", Export::Commitments.code())
            },
            table: Table {
                title: Export::Commitments.label().get(lang).to_owned(),
                lang,
                columns: COLUMNS.to_vec(),
                rows,
            },
        }
    }
}

fn row(names: &Catalogue, one: CommitmentLine, lang: Lang) -> Row {
    let CommitmentLine { line, hours } = one;
    let (state, _) = qualification_state(&line);
    let last = hours.account.statements.iter().map(|one| one.quarter).max();
    vec![
        Cell::Text(line.company_name),
        Cell::text(line.siren.as_str()),
        Cell::Text(key_title(names, &line.key, lang)),
        Cell::text(line.key.contract.as_deref().unwrap_or_default()),
        Cell::Date(line.validity.from),
        Cell::date(line.validity.to),
        Cell::text(state.get(lang)),
        hours.promised.map_or(Cell::Empty, Cell::Number),
        Cell::Number(hours.account.realised()),
        Cell::Number(hours.account.waiting()),
        Cell::Integer(u64::try_from(hours.missing().count()).unwrap_or(u64::MAX)),
        Cell::Text(last.map(|quarter| quarter.words(lang)).unwrap_or_default()),
    ]
}
