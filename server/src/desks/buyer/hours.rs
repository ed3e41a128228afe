//! Commitments for the agents: what was promised beside what was realised, and the check of a statement of hours.

use app::desk::Answer;
use app::views::{CommitmentLine, CommitmentsView};
use domain::lifecycle::HoursCommand;
use store::hours::{self, CommitmentRow, HoursFilter};
use store::qualifications;
use uuid::Uuid;

use super::{BuyerService, pages};
use crate::desks::common::qualification_line;
use crate::desks::error::DeskError;
use crate::desks::hours::{decide, hours_view};

/// Which commitments a page or a file shows.
pub(super) const fn filter(to_check: bool) -> HoursFilter {
    if to_check {
        HoursFilter::ToCheck
    } else {
        HoursFilter::All
    }
}

/// As pages and files show it; `None` for what is no commitment.
pub(super) fn line(row: &CommitmentRow, today: chrono::NaiveDate) -> Option<CommitmentLine> {
    Some(CommitmentLine {
        line: qualification_line(&row.qualification, &row.company_name, today),
        hours: hours_view(&row.qualification, &row.account, today)?,
    })
}

impl BuyerService {
    pub(super) async fn read_commitments(
        &self,
        to_check: bool,
        page: u32,
    ) -> Result<CommitmentsView, DeskError> {
        let today = self.0.today();
        let found = hours::page(self.0.state.store.read(), filter(to_check), page.into()).await?;
        Ok(CommitmentsView {
            rows: found
                .rows
                .iter()
                .filter_map(|row| line(row, today))
                .collect(),
            total: found.total,
            to_check: found.to_check,
            only_to_check: to_check,
            page,
            pages: pages(found.total),
        })
    }

    pub(super) async fn check_hours(&self, id: Uuid, command: HoursCommand) -> Answer<()> {
        let (by, now, request) = (self.actor(), self.0.now(), self.0.request_id());
        let checked = self
            .0
            .state
            .store
            .write(async |txn| {
                let found = qualifications::lock(&txn, id).await?;
                decide(&txn, &found, &command, &by, (now, request.as_deref())).await
            })
            .await;
        self.0.nudge();
        self.0.settle(checked)
    }
}
