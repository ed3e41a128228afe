//! The qualifications of all companies, as searched.

use domain::catalogue::Catalogue;
use std::sync::Arc;

use app::i18n::{Lang, text};
use app::pages::buyer::address;
use app::pages::shared::claim::{key_title, scope_words};
use app::pages::shared::wording::qualification_state;
use app::views::{Export, QualificationLine};
use store::qualifications;

use super::super::super::common::qualification_line;
use super::super::BuyerService;
use super::{Filters, Named};
use crate::export::{Cell, Column, Row, Table, last_of, stretches};

const AT_A_TIME: u64 = 1_000;

const COLUMNS: [Column; 9] = [
    Column::new(text("Entreprise", "Company"), 40),
    Column::new(text("SIREN", "SIREN"), 12),
    Column::new(text("Qualification", "Qualification"), 50),
    Column::new(text("Code", "Code"), 12),
    Column::new(text("Portée", "Scope"), 30),
    Column::new(text("Début", "From"), 12),
    Column::new(text("Fin prévue", "Planned end"), 12),
    Column::new(text("Close le", "Closed on"), 12),
    Column::new(text("État", "State"), 18),
];

impl BuyerService {
    /// Newest first.
    pub(super) fn qualifications_to_take(&self, filters: &Filters, lang: Lang) -> Named {
        let search = address::searched(filters.get("q"));
        let (state, today) = (self.0.state.clone(), self.0.today());
        let names = self.0.catalogue();
        let rows = stretches(move |after| {
            let (state, search, names) = (state.clone(), search.clone(), Arc::clone(&names));
            async move {
                let found =
                    qualifications::after(state.store.read(), &search, after, AT_A_TIME).await?;
                let next = last_of(&found, AT_A_TIME).map(|row| row.qualification.id);
                let rows = found
                    .iter()
                    .map(|found| {
                        let name = &found.company_name;
                        row(
                            &names,
                            qualification_line(&found.qualification, name, today),
                            lang,
                        )
                    })
                    .collect();
                Ok((rows, next))
            }
        });
        Named {
            name: format!("spaser-{}-{today}", Export::Qualifications.code()),
            table: Table {
                title: Export::Qualifications.label().get(lang).to_owned(),
                lang,
                columns: COLUMNS.to_vec(),
                rows,
            },
        }
    }
}

fn row(names: &Catalogue, line: QualificationLine, lang: Lang) -> Row {
    let (state, _) = qualification_state(&line);
    vec![
        Cell::Text(line.company_name),
        Cell::text(line.siren.as_str()),
        Cell::Text(key_title(names, &line.key, lang)),
        Cell::text(line.key.kind.code()),
        Cell::Text(scope_words(&line.key.scope, lang)),
        Cell::Date(line.validity.from),
        Cell::date(line.validity.to),
        Cell::date(line.closed.map(|(from, _)| from)),
        Cell::text(state.get(lang)),
    ]
}
