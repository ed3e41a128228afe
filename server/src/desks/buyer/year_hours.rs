//! The commitments behind the insertion hours of a year, each with the decision that makes it count.

use app::views::{YearHoursFilter, YearHoursPage, YearHoursRow};
use domain::claims::{Qualification, Validity};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use store::buyer::contracts::CommitmentHours;

use super::{BuyerService, pages};
use crate::desks::error::DeskError;

impl BuyerService {
    pub(super) async fn read_year_hours(
        &self,
        filter: YearHoursFilter,
    ) -> Result<YearHoursPage, DeskError> {
        let year = self.year(filter.year);
        let asked = self.asked(year, Mode::Initial)?;
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let page = u64::from(filter.page.max(1));
        let found = buyer.commitment_hours(&asked, page).await?;
        let sirens = found.rows.iter().map(|line| line.siren.clone());
        let decided = self.decided(sirens.collect()).await?;
        Ok(YearHoursPage {
            filter,
            year,
            years: self.years(),
            rows: found
                .rows
                .into_iter()
                .map(|line| row(line, &decided))
                .collect(),
            total: found.total,
            promised: Hundredths::from_hundredths(found.hours.committed),
            realised: Hundredths::from_hundredths(found.hours.realised),
            pages: pages(found.total),
        })
    }
}

fn row(line: CommitmentHours, decided: &[Qualification]) -> YearHoursRow {
    let of_portal = decided.iter().find(|one| {
        one.siren == line.siren
            && one.revision == line.revision
            && one.validity.from == line.valid_from
            && one.claim.key.to_string() == line.claim_key
    });
    YearHoursRow {
        qualification: of_portal.map(|one| one.id),
        siren: line.siren,
        company: line.name,
        modality: line.modality,
        validity: Validity {
            from: line.valid_from,
            to: Some(line.ends_on),
        },
        contract: line.contract,
        counted_on: line.counted_on,
        promised: line.promised,
        realised: line.realised,
    }
}
