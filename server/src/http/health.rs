//! Is the process alive, and can it do its work: for the machines that watch it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;
use store::documents::{self, ScanBacklog};
use store::outbox::{self, Backlog};

use crate::state::AppState;

/// What readiness is made of. Ages are those of the oldest message that waits.
#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    draining: bool,
    database: &'static str,
    outbox: Queue,
    feed: Queue,
    scans: Scans,
}

/// The documents that the scanner has not cleared yet: it is down, or cannot keep up.
#[derive(Debug, Default, Serialize)]
struct Scans {
    pending: u64,
    /// Tried at least once, in vain.
    failing: u64,
    oldest_seconds: i64,
    late: bool,
}

impl Scans {
    fn of(backlog: ScanBacklog, now: DateTime<Utc>, patience: chrono::Duration) -> Self {
        let age = backlog
            .oldest
            .map_or(0, |oldest| (now - oldest).num_seconds());
        Self {
            pending: backlog.pending,
            failing: backlog.failing,
            oldest_seconds: age,
            late: age > patience.num_seconds(),
        }
    }
}

#[derive(Debug, Default, Serialize)]
struct Queue {
    pending: u64,
    /// Given up after many tries; a person must look.
    parked: u64,
    oldest_seconds: i64,
    late: bool,
}

impl Queue {
    fn of<'a>(
        backlog: impl Iterator<Item = &'a Backlog>,
        now: DateTime<Utc>,
        patience: chrono::Duration,
    ) -> Self {
        let mut queue = Self::default();
        for route in backlog {
            queue.pending += route.pending;
            queue.parked += route.parked;
            if let Some(oldest) = route.oldest_pending {
                queue.oldest_seconds = queue.oldest_seconds.max((now - oldest).num_seconds());
            }
        }
        queue.late = queue.oldest_seconds > patience.num_seconds();
        queue
    }
}

/// The process answers.
pub(super) async fn live() -> Response {
    with_age(Json(serde_json::json!({ "alive": true })).into_response())
}

/// The process can work: its database answers, and nobody asked it to stop. Mails, a feed or scans that are late are shown, and
/// worth an alarm, but do not take the portal away: neither the mail server, the buyer's database nor the scanner may stop a
/// supplier.
pub(super) async fn ready(State(state): State<AppState>) -> Response {
    let draining = state.shutdown.is_draining();
    let now = state.clock.now();
    let db = state.store.read();
    let (backlog, scans) = (outbox::backlog(db).await, documents::backlog(db).await);
    let (database, backlog, scans) = match (&backlog, scans) {
        (Ok(backlog), Ok(scans)) => ("ok", backlog.as_slice(), scans),
        _ => ("unavailable", [].as_slice(), ScanBacklog::default()),
    };
    let is_feed = |route: &&Backlog| route.route.starts_with("feed.");
    let health = &state.config.health;
    let mails = Queue::of(
        backlog.iter().filter(|route| !is_feed(route)),
        now,
        health.outbox,
    );
    let feed = Queue::of(backlog.iter().filter(is_feed), now, health.feed);
    let ready = !draining && database == "ok";
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let readiness = Readiness {
        ready,
        draining,
        database,
        outbox: mails,
        feed,
        scans: Scans::of(scans, now, health.scans),
    };
    with_age((status, Json(readiness)).into_response())
}

fn with_age(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
