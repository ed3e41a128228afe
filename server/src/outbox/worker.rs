//! One delivery from claim to mark: bounded in time, fenced by its attempt, its failure counted.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use store::outbox::{self, Claim, Message};
use store::{Store, StoreError};
use uuid::Uuid;

use super::{Batch, Deliver, Failure, Outcome, Route, Schedule};
use crate::clock::Clock;

/// Times and sizes of the workers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// After this time by the database's clock a message of a dead process may be claimed again. Longer than a delivery;
    /// short, because it is how late a mail is after a crash.
    pub lease: TimeDelta,
    /// The longest delivery.
    pub delivery: Duration,
    /// How often the outbox is looked at without a hint.
    pub poll: Duration,
    /// How long the first notice for an agent waits for others to go with it.
    pub window: TimeDelta,
    /// How long deliveries under way are waited for when the process stops.
    pub stopping: Duration,
    pub schedule: Schedule,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lease: TimeDelta::seconds(50),
            delivery: Duration::from_secs(40),
            poll: Duration::from_secs(2),
            window: TimeDelta::seconds(10),
            stopping: Duration::from_secs(6),
            schedule: Schedule::default(),
        }
    }
}

/// Claims, delivers and marks.
#[derive(Clone)]
pub struct Worker {
    store: Store,
    clock: Clock,
    deliver: Arc<dyn Deliver>,
    pub(super) settings: Arc<Settings>,
}

/// What became of some messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub delivered: u64,
    pub moot: u64,
    pub retried: u64,
    pub parked: u64,
    /// Another worker had taken them over.
    pub lost: u64,
}

/// What is written of a delivery.
enum Mark {
    Delivered,
    Retry(DateTime<Utc>),
    Park,
}

impl Worker {
    pub fn new(store: Store, clock: Clock, deliver: Arc<dyn Deliver>, settings: Settings) -> Self {
        Self {
            store,
            clock,
            deliver,
            settings: Arc::new(settings),
        }
    }

    /// The same with other times and sizes.
    #[must_use]
    pub fn with(self, settings: Settings) -> Self {
        Self {
            settings: Arc::new(settings),
            ..self
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// Delivers everything that is due, and says what became of it. For tests and for commands: the notices to agents do
    /// not wait for others.
    pub async fn drain_once(&self) -> Result<Report, StoreError> {
        let owner = store::new_id(self.now());
        let mut report = Report::default();
        loop {
            let mut batches = Vec::new();
            for route in Route::ALL {
                let claimed = self.claim(owner, route, 100, self.now()).await?;
                batches.extend(Batch::group(route, claimed));
            }
            if batches.is_empty() {
                return Ok(report);
            }
            let done = futures::future::join_all(batches.into_iter().map(|batch| self.work(batch)));
            for one in done.await {
                report.add(one);
            }
        }
    }

    pub(super) async fn claim(
        &self,
        owner: Uuid,
        route: Route,
        limit: usize,
        due: DateTime<Utc>,
    ) -> Result<Vec<Message>, StoreError> {
        let claim = Claim {
            owner,
            routes: &[route.code()],
            limit: u64::try_from(limit).unwrap_or(u64::MAX),
            lease: self.settings.lease,
        };
        self.store
            .write(async |txn| match route {
                // What is told to one agent leaves in one mail, once the first of it has waited until `due`.
                Route::Buyer => outbox::claim_together(&txn, &claim, due, self.now()).await,
                Route::SignIn
                | Route::Supplier
                | Route::Invitation
                | Route::Prepared
                | Route::Feed => outbox::claim(&txn, &claim, due).await,
            })
            .await
    }

    /// Delivers one batch and marks it.
    pub(super) async fn work(&self, batch: Batch) -> Report {
        store::crash_point!(if batch.route == Route::Feed {
            "feed.claimed"
        } else {
            "mail.claimed"
        });
        let guarded = AssertUnwindSafe(self.deliver.deliver(&batch)).catch_unwind();
        let result = match tokio::time::timeout(self.settings.delivery, guarded).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) if batch.first.attempt >= self.settings.schedule.panics => {
                Err(Failure::never("panic"))
            }
            // The payload of a panic may quote data: only the fact is kept.
            Ok(Err(_)) => Err(Failure::later("panic")),
            Err(_) => Err(Failure::later("timeout")),
        };
        if result.is_ok() {
            store::crash_point!(if batch.route == Route::Feed {
                "feed.committed"
            } else {
                "mail.accepted"
            });
        }
        let report = self.settle(&batch, &result).await;
        store::crash_point!(if batch.route == Route::Feed {
            "feed.marked"
        } else {
            "mail.marked"
        });
        report
    }

    async fn settle(&self, batch: &Batch, result: &Result<Outcome, Failure>) -> Report {
        let now = self.now();
        let (mark, code) = match result {
            Ok(Outcome::Moot(reason)) => (Mark::Delivered, *reason),
            Ok(Outcome::Delivered) => (Mark::Delivered, ""),
            Err(failure) if failure.is_final => (Mark::Park, failure.code.as_ref()),
            Err(failure) => match self.settings.schedule.next(batch.route, &batch.first, now) {
                Some(at) => (Mark::Retry(at), failure.code.as_ref()),
                None => (Mark::Park, failure.code.as_ref()),
            },
        };
        let marked = self.mark_patiently(batch, &mark, code, now).await;
        let all = u64::try_from(batch.others.len() + 1).unwrap_or(u64::MAX);
        let mut report = Report {
            lost: all - marked,
            ..Report::default()
        };
        let (route, attempt, id) = (batch.route.code(), batch.first.attempt, batch.first.id);
        match (&mark, result) {
            (Mark::Delivered, Ok(Outcome::Moot(reason))) => {
                report.moot = marked;
                tracing::info!(event = "outbox_moot", route, %id, attempt, reason);
            }
            (Mark::Delivered, _) => {
                report.delivered = marked;
                tracing::info!(event = "outbox_delivered", route, %id, attempt, messages = all);
            }
            (Mark::Retry(at), _) => {
                report.retried = marked;
                tracing::warn!(event = "outbox_retry", route, %id, attempt, code, at = %at);
            }
            (Mark::Park, _) => {
                report.parked = marked;
                tracing::error!(event = "outbox_parked", route, %id, attempt, code);
            }
        }
        if report.lost > 0 {
            tracing::warn!(event = "outbox_lease_lost", route, %id, attempt, messages = report.lost);
        }
        report
    }

    /// A mark that cannot be written means a second delivery later: it is worth a few tries.
    async fn mark_patiently(
        &self,
        batch: &Batch,
        mark: &Mark,
        code: &str,
        now: DateTime<Utc>,
    ) -> u64 {
        for wait in [0, 100, 400, 1600] {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            match self.mark(batch, mark, code, now).await {
                Ok(marked) => return marked,
                Err(error) => {
                    tracing::warn!(
                        event = "outbox_mark_failed",
                        route = batch.route.code(),
                        error = error.code()
                    );
                }
            }
        }
        0
    }

    async fn mark(
        &self,
        batch: &Batch,
        mark: &Mark,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let ids = batch.ids();
        self.store
            .write(async |txn| {
                let mut marked = 0;
                for (id, attempt) in &ids {
                    let done = match mark {
                        Mark::Delivered => {
                            let moot = Some(code).filter(|code| !code.is_empty());
                            outbox::delivered(&txn, *id, *attempt, now, moot).await?
                        }
                        Mark::Retry(at) => outbox::retry(&txn, *id, *attempt, *at, code).await?,
                        Mark::Park => outbox::park(&txn, *id, *attempt, code, now).await?,
                    };
                    marked += u64::from(done);
                }
                Ok::<_, StoreError>(marked)
            })
            .await
    }
}

impl Report {
    fn add(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.moot += other.moot;
        self.retried += other.retried;
        self.parked += other.parked;
        self.lost += other.lost;
    }
}
