//! The work that goes on beside the requests. Each worker stops when the shutdown is announced.

use std::time::Duration;

use store::{Txn, form_tokens, parked_posts, rate_limits, sessions, sign_in};

use crate::state::AppState;

const HOUSEKEEPING: Duration = Duration::from_mins(1);

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
            form_tokens::purge(&txn, now - chrono::Duration::days(7)).await?;
            Ok(())
        })
        .await
}
