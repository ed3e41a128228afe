//! The concessions, read from the buyer database.

use app::views::{ConcessionFilter, ConcessionPage, ConcessionRow};
use domain::contracts::Mode;
use store::buyer::contracts::{ConcessionHolder, ConcessionLine};

use super::{BuyerService, pages};
use crate::contracts::export::euros;
use crate::desks::error::DeskError;

impl BuyerService {
    pub(super) async fn read_concessions(
        &self,
        filter: ConcessionFilter,
    ) -> Result<ConcessionPage, DeskError> {
        let (today, year) = (
            self.0.today(),
            filter.year.map(|year| self.year(Some(year))),
        );
        let asked = self.asked(self.year(year), Mode::Initial)?;
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let page = u64::from(filter.page.max(1));
        let found = buyer
            .concession_lines(&asked.buyer, year, today, page)
            .await?;
        Ok(ConcessionPage {
            filter: ConcessionFilter { year, ..filter },
            years: self.years(),
            rows: found.rows.into_iter().map(row).collect(),
            total: found.total,
            pages: pages(found.total),
        })
    }
}

fn row(line: ConcessionLine) -> ConcessionRow {
    ConcessionRow {
        concession_id: line.concession_id,
        object: line.object,
        nature: line.nature,
        procedure: line.procedure,
        holders: line.holders.into_iter().map(named).collect(),
        signed_on: line.signed_on,
        begins_on: line.begins_on,
        duration_months: line.duration_months,
        value: line.amount.map(euros),
        subsidy: line.subsidy.map(euros),
        social: line.social,
        environmental: line.environmental,
    }
}

/// Its name, else its SIREN, else its identifier after its type.
pub(super) fn named(holder: ConcessionHolder) -> String {
    let siren = holder.siren.map(|siren| siren.to_string());
    holder
        .name
        .or(siren)
        .unwrap_or_else(|| format!("{}:{}", holder.id_type, holder.id))
}
