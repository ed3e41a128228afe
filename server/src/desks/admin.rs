//! The desk of an administrator: what waits to be sent, and what could not be.

use app::desk::{AdminDesk, Answer};
use app::pages::admin::catalogue::CatalogueProblem;
use app::pages::admin::lists::ListProblem;
use app::views::{
    CatalogueChange, CatalogueView, ListImportView, ListView, ListsView, OutboxView, ParkedMessage,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::lists::{ListKind, Mapping};
use store::outbox;
use uuid::Uuid;

use super::common::Desk;
use super::error::DeskError;

/// How many parked messages the page shows.
const PARKED: u64 = 100;

pub(super) struct AdminService(pub(super) Desk);

impl AdminService {
    async fn read_outbox(&self) -> Result<OutboxView, DeskError> {
        let db = self.0.state.store.read();
        let backlog = outbox::backlog(db).await?;
        let parked = outbox::parked(db, PARKED).await?;
        let now = self.0.now();
        Ok(OutboxView {
            waiting: backlog.iter().map(|route| route.pending).sum(),
            oldest_seconds: backlog
                .iter()
                .filter_map(|route| route.oldest_pending)
                .min()
                .map(|oldest| (now - oldest).num_seconds()),
            parked: parked
                .into_iter()
                .map(|message| ParkedMessage {
                    id: message.id,
                    route: message.route,
                    subject: message.subject,
                    attempts: i32::try_from(message.attempt).unwrap_or(i32::MAX),
                    last_error: message.last_error.unwrap_or_default(),
                    created_at: message.created_at,
                })
                .collect(),
        })
    }

    async fn put_back(&self, message: Uuid) -> Result<(), DeskError> {
        let now = self.0.now();
        self.0
            .state
            .store
            .write(async |txn| {
                outbox::unpark(&txn, message, now).await?;
                Ok::<_, DeskError>(())
            })
            .await
    }
}

#[async_trait]
impl AdminDesk for AdminService {
    async fn outbox(&self) -> Answer<OutboxView> {
        self.0.settle(self.read_outbox().await)
    }

    async fn catalogue(&self) -> Answer<CatalogueView> {
        self.0.settle(self.read_catalogue().await)
    }

    async fn change_catalogue(&self, change: CatalogueChange) -> Answer<Option<CatalogueProblem>> {
        self.0.settle(self.record_version(change).await)
    }

    async fn lists(&self) -> Answer<ListsView> {
        self.0.settle(self.read_lists().await)
    }

    async fn list(&self, list: ListKind) -> Answer<ListView> {
        self.0.settle(self.read_list(list).await)
    }

    async fn list_import(&self, list: ListKind, import: i64) -> Answer<ListImportView> {
        self.0.settle(self.read_list_import(list, import).await)
    }

    async fn read_list(
        &self,
        import: i64,
        columns: Mapping,
        published_on: Option<NaiveDate>,
    ) -> Answer<Option<ListProblem>> {
        let done = self.start_reading(import, columns, published_on).await;
        self.0.settle(done)
    }

    async fn put_list_in_force(&self, import: i64, confirmed: bool) -> Answer<Option<ListProblem>> {
        self.0.settle(self.force_list(import, confirmed).await)
    }

    async fn discard_list(&self, import: i64) -> Answer<Option<ListProblem>> {
        self.0.settle(self.throw_list_away(import).await)
    }

    async fn roll_back_list(&self, import: i64, reason: String) -> Answer<Option<ListProblem>> {
        self.0.settle(self.take_list_back(import, &reason).await)
    }

    async fn retry(&self, message: Uuid) -> Answer<()> {
        let done = self.put_back(message).await;
        self.0.nudge();
        self.0.settle(done)
    }
}
