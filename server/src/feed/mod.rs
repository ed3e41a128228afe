//! The buyer database is brought to what the portal holds: by the outbox at each decision, or by hand.
//!
//! Invariant: a delivery reads all that is true of the company now, so that replays and messages out of order change nothing.

use chrono::{DateTime, NaiveDate, Utc};
use domain::identifiers::Siren;
use secrecy::ExposeSecret;
use serde::Serialize;
use store::buyer::{BuyerStore, CompanyState, Report};
use store::outbox::{self, Backlog};
use store::{FeedOrder, Store, StoreConfig, StoreError};

use crate::config::Config;
use crate::outbox::{Batch, Failure, Outcome};

/// How many companies are compared or replayed at a time.
const PAGE: u64 = 200;

/// The buyer database of this configuration. It may be down: nothing is asked of it yet.
pub async fn open(config: &Config) -> anyhow::Result<BuyerStore> {
    let target = StoreConfig::parse(config.buyer_database_url.expose_secret())?;
    Ok(BuyerStore::open(target).await?)
}

/// Delivers a message of `feed.company`.
pub(crate) async fn deliver(
    store: &Store,
    buyer: &BuyerStore,
    batch: &Batch,
    now: DateTime<Utc>,
) -> Result<Outcome, Failure> {
    let message = &batch.first;
    let order: FeedOrder =
        serde_json::from_value(message.payload.clone()).map_err(|_| Failure::never("payload"))?;
    let Some(state) = store::feed::state(store.read(), &order.siren).await? else {
        return Ok(Outcome::Moot("nothing_validated"));
    };
    let fed = buyer
        .apply(Some(&message.id.to_string()), &state, now)
        .await
        .map_err(failure)?;
    if fed.already {
        return Ok(Outcome::Moot("received_before"));
    }
    tracing::info!(event = "feed_written", rows = fed.rows);
    Ok(Outcome::Delivered)
}

/// Down, slow, locked or read-only: later. A schema or a row that does not fit: never, until a person has looked.
fn failure(error: StoreError) -> Failure {
    let code = format!("buyer_{}", error.code());
    match error {
        StoreError::Unavailable(_) => Failure::later(code),
        StoreError::Schema(_)
        | StoreError::Constraint(_)
        | StoreError::NotFound
        | StoreError::Conflict(_)
        | StoreError::Other(_) => Failure::never(code),
    }
}

/// What waits for the buyer database, and whether it answers.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    pub pending: u64,
    /// Given up after many tries: a person must look.
    pub parked: u64,
    pub oldest_seconds: Option<i64>,
    /// `ok`, or the code of the error.
    pub database: String,
}

/// Says how the feed is. It never fails because of the buyer database.
pub async fn status(
    store: &Store,
    buyer: &BuyerStore,
    now: DateTime<Utc>,
) -> Result<Status, StoreError> {
    let backlog = outbox::backlog(store.read()).await?;
    let line: Option<&Backlog> = backlog
        .iter()
        .find(|line| line.route == store::routes::FEED);
    Ok(Status {
        pending: line.map_or(0, |line| line.pending),
        parked: line.map_or(0, |line| line.parked),
        oldest_seconds: line
            .and_then(|line| line.oldest_pending)
            .map(|oldest| (now - oldest).num_seconds()),
        database: match buyer.ping().await {
            Ok(()) => "ok".to_owned(),
            Err(error) => error.code(),
        },
    })
}

/// What a replay did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Replayed {
    pub companies: u64,
    /// Rows that were missing or older; none when both sides were equal.
    pub rows: u64,
}

/// Brings every company again; rows that are there already do not change.
pub async fn replay(
    store: &Store,
    buyer: &BuyerStore,
    now: DateTime<Utc>,
) -> Result<Replayed, StoreError> {
    let mut replayed = Replayed::default();
    let mut after = None;
    loop {
        let (states, last) = page(store, after.as_ref()).await?;
        for state in &states {
            replayed.rows += buyer.apply(None, state, now).await?.rows;
            replayed.companies += 1;
        }
        if last.is_none() {
            return Ok(replayed);
        }
        after = last;
    }
}

/// What a rebuild made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rebuilt {
    pub companies: u64,
    /// Rows that mirror the portal.
    pub rows: u64,
    pub contracts: u64,
}

/// Makes the whole database anew: the companies from the portal, the contracts from their publications. What was imported is
/// the source, and stays.
pub async fn rebuild(
    store: &Store,
    buyer: &BuyerStore,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Rebuilt, StoreError> {
    let mut rebuilt = Rebuilt::default();
    let mut after: Option<Siren> = None;
    loop {
        let (states, last) = page(store, after.as_ref()).await?;
        let bounds = (
            after.as_ref().map(Siren::as_str),
            last.as_ref().map(Siren::as_str),
        );
        let replaced = buyer.replace_companies(&states, bounds.0, bounds.1, now);
        rebuilt.rows += replaced.await?;
        rebuilt.companies += states.len() as u64;
        if last.is_none() {
            break;
        }
        after = last;
    }
    // What was decided while its company was being replaced.
    rebuilt.rows += replay(store, buyer, now).await?.rows;
    rebuilt.contracts = buyer.rebuild_contracts(today).await?;
    Ok(rebuilt)
}

/// Compares both sides row by row.
pub async fn verify(store: &Store, buyer: &BuyerStore) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let mut after: Option<Siren> = None;
    loop {
        let (states, last) = page(store, after.as_ref()).await?;
        let bounds = (
            after.as_ref().map(Siren::as_str),
            last.as_ref().map(Siren::as_str),
        );
        report.merge(buyer.verify(&states, bounds.0, bounds.1).await?);
        if last.is_none() {
            return Ok(report);
        }
        after = last;
    }
}

/// The next companies, and the last of them when there may be more.
async fn page(
    store: &Store,
    after: Option<&Siren>,
) -> Result<(Vec<CompanyState>, Option<Siren>), StoreError> {
    let sirens = store::feed::companies_after(store.read(), after, PAGE).await?;
    let states = store::feed::states_of(store.read(), &sirens).await?;
    let full = u64::try_from(sirens.len()).is_ok_and(|found| found == PAGE);
    Ok((states, sirens.into_iter().next_back().filter(|_| full)))
}
