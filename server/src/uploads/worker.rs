//! Imports what agents sent, one file after the other; goes on with what was stopped; makes anew the contracts whose day has come.

use std::time::Duration;

use domain::identifiers::Siren;
use store::audit::Entry;
use store::{StoreError, Txn};

use super::folder::Waiting;
use crate::contracts::Source;
use crate::contracts::import::{ImportError, import};
use crate::state::AppState;

/// Between two rounds when nobody sends anything: contracts whose notification was still to come appear with their day.
const IDLE: Duration = Duration::from_mins(10);
/// Another import is running, or the buyer database does not answer.
const AGAIN: Duration = Duration::from_secs(20);

/// Starts the worker of this process.
pub fn spawn(state: &AppState) {
    let owned = state.clone();
    state.shutdown.spawn_worker("imports", move || {
        let state = owned.clone();
        async move {
            if let Err(error) = state.uploads.sweep().await {
                tracing::warn!(event = "uploads_not_swept", error = %error.kind());
            }
            while !state.shutdown.is_draining() {
                let done = tokio::select! {
                    // The file stays, and the import goes on from there after the restart.
                    () = state.shutdown.announced() => return,
                    done = round(&state) => done,
                };
                let pause = if done { IDLE } else { AGAIN };
                tokio::select! {
                    () = state.shutdown.announced() => return,
                    () = state.uploads.woken() => {}
                    () = tokio::time::sleep(pause) => {}
                }
            }
        }
    });
}

/// Does all there is to do; false when something has to wait.
pub async fn round(state: &AppState) -> bool {
    let (now, today) = (state.clock.now(), state.clock.today());
    let prepared = async {
        state.buyer.prepare(now).await?;
        state.buyer.release(today).await?;
        state.buyer.finish_roll_backs(now, today).await
    };
    if let Err(error) = prepared.await {
        tracing::warn!(event = "buyer_database_not_kept_up", error = error.code());
        return false;
    }
    if let Err(error) = state.buyer.restore_indexes(now).await {
        // Only the owner of the tables may: figures are slower, and files are imported all the same.
        tracing::warn!(event = "indexes_missing", error = error.code());
    }
    // Those that could not be read this time, for a reason that is not theirs: they keep nobody else waiting.
    let mut left = Vec::new();
    loop {
        let waiting = match state.uploads.waiting().await {
            Ok(waiting) => waiting,
            Err(error) => {
                tracing::error!(event = "uploads_not_read", error = %error.kind());
                return false;
            }
        };
        let Some(next) = waiting.into_iter().find(|one| !left.contains(&one.id)) else {
            return left.is_empty();
        };
        state.uploads.set_current(Some(next.id));
        let turn = one(state, &next).await;
        state.uploads.set_current(None);
        match turn {
            Turn::Done => {}
            Turn::Left => left.push(next.id),
            Turn::Refused => return false,
        }
    }
}

/// How the turn of a file ended.
enum Turn {
    Done,
    /// It stays for a later round; the next one may be read.
    Left,
    /// No file can be imported now.
    Refused,
}

/// Imports one file.
async fn one(state: &AppState, waiting: &Waiting) -> Turn {
    let outcome = imported(state, waiting).await;
    let details = match outcome {
        Ok(done) => serde_json::to_value(&done).unwrap_or_default(),
        Err(ImportError::Broken(broken)) => serde_json::json!({ "failure": broken.code() }),
        // Whoever stopped it is in the trail already.
        Err(ImportError::Stopped) => serde_json::json!({ "failure": "stopped" }),
        Err(ImportError::Busy { .. }) => return Turn::Refused,
        Err(ImportError::Other(error)) => {
            tracing::warn!(event = "import_waits", upload = %waiting.id, error = %error);
            return Turn::Left;
        }
    };
    // What was taken back while it was read is removed to its end.
    let (now, today) = (state.clock.now(), state.clock.today());
    if let Err(error) = state.buyer.finish_roll_backs(now, today).await {
        tracing::warn!(event = "roll_back_waits", error = error.code());
    }
    let entry = &Entry {
        actor: waiting.actor.clone(),
        act: "import_ended".to_owned(),
        subject: format!("upload:{}", waiting.id),
        details,
        at: now,
    };
    let noted = state
        .store
        .write(async |txn: Txn| {
            txn.audit(entry.clone());
            Ok::<_, StoreError>(())
        })
        .await;
    if let Err(error) = noted {
        tracing::warn!(event = "import_not_noted", error = error.code());
        return Turn::Refused;
    }
    match state.uploads.remove(waiting.id).await {
        Ok(_) => Turn::Done,
        Err(error) => {
            tracing::error!(event = "upload_not_removed", error = %error.kind());
            Turn::Left
        }
    }
}

async fn imported(
    state: &AppState,
    waiting: &Waiting,
) -> Result<crate::contracts::import::Imported, ImportError> {
    let siren = Siren::parse(&state.config.site.buyer_siren)
        .map_err(|error| anyhow::anyhow!("site.buyer_siren: {error}"))?;
    let path = state.uploads.file(waiting.id);
    let opened = tokio::task::spawn_blocking(move || Source::open(&path)).await;
    let mut source = opened
        .map_err(anyhow::Error::from)?
        .map_err(anyhow::Error::from)?;
    source.name.clone_from(&waiting.name);
    import(
        &state.buyer,
        &siren,
        source,
        &waiting.by,
        &state.clock,
        |_| {},
    )
    .await
}
