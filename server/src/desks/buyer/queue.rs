//! The queue as a page shows it, sorted by what its files would bring to the figures when that is asked.

use std::collections::HashMap;

use app::views::{QueueFilter, QueuePage, QueueRow, QueueSort, Stakes};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::indicators::rounded;
use domain::lifecycle::Status;
use store::declarations::{self, QueueAsked};
use uuid::Uuid;

use super::super::error::DeskError;
use super::{BuyerService, pages};

/// The files with euros at stake, the greatest amounts first.
struct Known {
    stakes: Stakes,
    first: Vec<Uuid>,
    euros: HashMap<Uuid, Hundredths>,
}

impl Known {
    fn nothing(stakes: Stakes) -> Self {
        Self {
            stakes,
            first: Vec::new(),
            euros: HashMap::new(),
        }
    }
}

impl BuyerService {
    pub(super) async fn read_queue(&self, filter: &QueueFilter) -> Result<QueuePage, DeskError> {
        let known = if filter.sort == QueueSort::Stake {
            self.known_stakes(filter.status).await?
        } else {
            Known::nothing(Stakes::NotAsked)
        };
        let asked = QueueAsked {
            status: filter.status,
            search: filter.search.clone(),
            sort: match filter.sort {
                QueueSort::Oldest | QueueSort::Stake => declarations::QueueSort::Oldest,
                QueueSort::Newest => declarations::QueueSort::Newest,
                QueueSort::Name => declarations::QueueSort::Name,
            },
            first: known.first,
            page: u64::from(filter.page.max(1)),
        };
        let found = declarations::queue(&self.0.state.store, &asked).await?;
        Ok(QueuePage {
            counts: found.counts,
            rows: found
                .rows
                .into_iter()
                .map(|row| QueueRow {
                    stake: known.euros.get(&row.id).copied(),
                    id: row.id,
                    reference: row.reference,
                    siren: row.siren,
                    company_name: row.company_name,
                    status: row.status,
                    kinds: row.kinds,
                    submitted_at: row.submitted_at,
                    reviewer_name: row.reviewer_name,
                })
                .collect(),
            stakes: known.stakes,
            total: found.total,
            page: filter.page.max(1),
            pages: pages(found.total),
        })
    }

    /// What waits for the buyer may bring euros; the queue goes on without knowing when the buyer database is away.
    async fn known_stakes(&self, status: Option<Status>) -> Result<Known, DeskError> {
        let year = self.year(None);
        if !status.is_none_or(|status| matches!(status, Status::Submitted | Status::InReview)) {
            return Ok(Known::nothing(Stakes::Of(year)));
        }
        let asked = self.asked(year, Mode::Initial)?;
        let waiting = self.waiting(&asked).await?;
        match self.weigh(&asked, waiting).await {
            Ok(levers) => {
                let staked = levers
                    .files
                    .iter()
                    .filter(|lever| status.is_none_or(|only| only == lever.status()));
                let staked: Vec<(Uuid, Hundredths)> = staked
                    .map(|lever| (lever.id(), rounded(&lever.stake.euros)))
                    .collect();
                Ok(Known {
                    stakes: Stakes::Of(year),
                    first: staked.iter().map(|(id, _)| *id).collect(),
                    euros: staked.into_iter().collect(),
                })
            }
            Err(error) => {
                tracing::warn!(code = error.code(), "queue without stakes");
                Ok(Known::nothing(Stakes::Unavailable))
            }
        }
    }
}
