//! The work that goes on beside the requests. Each worker stops when the shutdown is announced.

use std::time::Duration;

use chrono::TimeDelta;
use store::{
    Txn, declarations, outbox, parked_posts, rate_limits, registry_cache, routes, sessions, sign_in,
};

use crate::registry;

use crate::state::AppState;

const HOUSEKEEPING: Duration = Duration::from_mins(1);
/// Answers that met a conflict wait so long for their author to choose.
const COPIES_KEPT: TimeDelta = TimeDelta::days(30);
/// Anybody may type any address: it is not kept once the link in the mail is worth nothing.
const SIGN_IN_KEPT: TimeDelta = TimeDelta::days(1);
/// What was told, to whom and when, as long as the technical logs (privacy notice).
const TOLD_KEPT: TimeDelta = TimeDelta::days(365);

/// Starts every worker of this process.
pub fn spawn(state: &AppState) {
    housekeeping(state);
}

/// Forgets what nobody can use any more: idle rate limits, ended sessions, old links.
fn housekeeping(state: &AppState) {
    let owned = state.clone();
    state.shutdown.spawn_worker("housekeeping", move || {
        let state = owned.clone();
        async move {
            while state.shutdown.sleep(HOUSEKEEPING).await {
                state.limits.forget_idle();
                if let Err(error) = state.catalogues.refresh(&state.store).await {
                    tracing::warn!(event = "catalogue_not_read", error = error.code());
                }
                if let Err(error) = crate::lists::sweep(&state).await {
                    tracing::warn!(event = "lists_not_swept", error = error.code());
                }
                if let Err(error) = forget(&state).await {
                    tracing::warn!(event = "housekeeping_failed", error = error.code());
                }
            }
        }
    });
}

async fn forget(state: &AppState) -> Result<(), store::StoreError> {
    let now = state.clock.now();
    state
        .store
        .write(async move |txn: Txn| {
            sessions::purge(&txn, now).await?;
            sign_in::purge(&txn, now - chrono::Duration::days(1)).await?;
            parked_posts::purge(&txn, now).await?;
            rate_limits::purge(&txn, now).await?;
            declarations::purge_copies(&txn, now - COPIES_KEPT).await?;
            registry_cache::purge(&txn, now - registry::KEPT).await?;
            outbox::purge(&txn, routes::SIGN_IN, now - SIGN_IN_KEPT).await?;
            for route in [
                routes::SUPPLIER,
                routes::BUYER,
                routes::INVITATION,
                routes::PREPARED,
                routes::FEED,
            ] {
                outbox::purge(&txn, route, now - TOLD_KEPT).await?;
            }
            Ok(())
        })
        .await
}
