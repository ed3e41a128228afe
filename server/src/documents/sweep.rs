//! Removes what nobody needs any more: documents taken out of every draft and never signed, contents without a document,
//! files that never came whole.

use std::time::Duration;

use chrono::TimeDelta;
use store::documents;
use store::{StoreError, Txn};

use crate::state::AppState;

const EVERY: Duration = Duration::from_hours(1);
/// A document removed from a draft may be wanted back.
const KEPT: TimeDelta = TimeDelta::days(1);
const PAGE: u64 = 200;

/// Starts the worker of this process.
pub fn spawn(state: &AppState) {
    let owned = state.clone();
    state.shutdown.spawn_worker("documents", move || {
        let state = owned.clone();
        async move {
            while state.shutdown.sleep(EVERY).await {
                if let Err(error) = pass(&state).await {
                    tracing::warn!(event = "documents_not_swept", error = %error);
                }
            }
        }
    });
}

/// One pass; says how many documents went.
pub async fn pass(state: &AppState) -> anyhow::Result<u64> {
    state.documents.parts.sweep().await?;
    let now = state.clock.now();
    let (before, mut after, mut removed) = (now - KEPT, None, 0);
    loop {
        let (found, last) = state
            .store
            .write(async |txn: Txn| documents::orphans(&txn, before, after, PAGE).await)
            .await?;
        for orphan in found {
            let id = orphan.id;
            let nobodys = state
                .store
                .write(async |txn: Txn| documents::remove(&txn, id, now).await)
                .await?;
            removed += 1;
            if nobodys {
                forget(state, &orphan.sha256, before).await?;
            }
        }
        if last.is_none() {
            break;
        }
        after = last;
    }
    contents(state, before).await?;
    Ok(removed)
}

/// Contents whose document was never written: the process stopped between the two, or the database did.
async fn contents(state: &AppState, before: chrono::DateTime<chrono::Utc>) -> anyhow::Result<()> {
    for sha256 in state.documents.storage.older_than(before).await? {
        forget(state, &sha256, before).await?;
    }
    Ok(())
}

/// Removes a content that no document names. Somebody may be sending the same one at this moment: a file is put before its row
/// is written, so the row is asked for first, the date of the file last, and whoever attached it looks that it is there.
async fn forget(
    state: &AppState,
    sha256: &str,
    before: chrono::DateTime<chrono::Utc>,
) -> anyhow::Result<()> {
    let known: Result<bool, StoreError> = documents::is_known(state.store.read(), sha256).await;
    if !known? {
        state.documents.storage.delete_older(sha256, before).await?;
    }
    Ok(())
}
