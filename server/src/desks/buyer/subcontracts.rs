//! The subcontracts behind the indirect solidarity purchases, each with the decisions that make it count.

use app::views::{SubcontractFilter, SubcontractPage, SubcontractRow};
use domain::claims::{KindSet, Qualification};
use domain::identifiers::Siren;
use store::buyer::contracts::{StatusFound, SubcontractLine};

use super::contract::seen;
use super::{BuyerService, pages};
use crate::contracts::export::euros;
use crate::desks::error::DeskError;

impl BuyerService {
    pub(super) async fn read_subcontracts(
        &self,
        filter: SubcontractFilter,
    ) -> Result<SubcontractPage, DeskError> {
        let year = self.year(filter.year);
        let asked = self.asked(year, filter.mode)?;
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let page = u64::from(filter.page.max(1));
        let found = buyer
            .subcontract_lines(&asked, self.0.today(), page)
            .await?;
        let lines = found.rows.iter();
        let sirens = lines
            .filter(|line| line.statuses.iter().any(StatusFound::is_of_portal))
            .filter_map(|line| Siren::parse(&line.party).ok());
        let decided = self.decided(sirens.collect()).await?;
        Ok(SubcontractPage {
            filter,
            year,
            years: self.years(),
            rows: found
                .rows
                .into_iter()
                .map(|line| row(line, &asked.kinds, &decided))
                .collect(),
            total: found.total,
            amount: euros(found.amount),
            pages: pages(found.total),
        })
    }
}

fn row(line: SubcontractLine, kinds: &KindSet, decided: &[Qualification]) -> SubcontractRow {
    SubcontractRow {
        statuses: line
            .statuses
            .iter()
            .filter_map(|status| seen(status, kinds, decided))
            .collect(),
        buyer_siret: line.buyer_siret,
        contract_id: line.contract_id,
        object: line.object,
        holders: line.holder_names,
        number: line.number,
        subcontractor: line.name.unwrap_or_else(|| line.party.clone()),
        siren: line.party,
        siret: line.siret,
        counted_on: line.counted_on,
        on_day_of_contract: line.notified_on.is_none(),
        amount: euros(line.amount),
    }
}
