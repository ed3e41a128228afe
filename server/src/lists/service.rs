//! What may be done with a file of a list: offered, read, put in force or thrown away; and a list taken back.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use domain::lists::{ListKind, Mapping, Outcome, Row, guess, mapping};
use serde_json::json;
use store::audit::Entry;
use store::lists::{self, Failure, Import, NewImport, NotPut, State};
use store::{StoreError, Txn};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::rows::{self, Opened};
use crate::state::AppState;

/// A reading that shows no sign of life for so long died with its process.
const DEAD: TimeDelta = TimeDelta::minutes(15);
/// A file about which nobody decides is thrown away.
const ABANDONED: TimeDelta = TimeDelta::days(30);
/// How long an answer waits for a file to be read.
const READING: Duration = Duration::from_secs(10);
/// Batches on their way from the file to the database.
const AHEAD: usize = 2;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Command,
    Administrator(Uuid),
}

impl By {
    const fn account(self) -> Option<Uuid> {
        match self {
            Self::Command => None,
            Self::Administrator(account) => Some(account),
        }
    }

    fn actor(self) -> String {
        match self {
            Self::Command => "system:command".to_owned(),
            Self::Administrator(account) => format!("administrator:{account}"),
        }
    }
}

/// A file that was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered {
    pub id: i64,
    /// The columns are those of the last file with these headings: it can be read without asking.
    pub remembered: bool,
}

/// A file that was not read, for a reason that is not its own.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    /// Somebody reads it, or it is decided.
    #[error("the file is being read, or was decided")]
    Busy,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of an order to put a file in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    Done,
    /// The list would shrink by more than the limit, and nobody said that this is right.
    Shrinks,
    Not(NotPut),
}

/// Where the file of an import lies until it is decided.
pub(super) fn folder(state: &AppState) -> PathBuf {
    state.config.data_dir.join("listes")
}

/// The file of an import that was sent in the browser.
pub(super) fn file(state: &AppState, id: i64) -> PathBuf {
    folder(state).join(format!("{id}.data"))
}

/// Records a file with the columns that its headings ask for. Nothing is read of it yet.
pub async fn offer(
    state: &AppState,
    list: ListKind,
    opened: Opened,
    file_name: &str,
    published_on: Option<NaiveDate>,
    by: By,
) -> Result<Offered, StoreError> {
    let now = state.clock.now();
    let known = lists::mapping(state.store.read(), list, &opened.headings).await?;
    let known = known.filter(|known| mapping(list, &opened.headings, known).is_ok());
    let remembered = known.is_some();
    let new = &NewImport {
        list,
        file_name: file_name.to_owned(),
        mapping: known.unwrap_or_else(|| guess(list, &opened.headings)),
        sha256: opened.sha256,
        size_bytes: opened.size_bytes,
        format: opened.format,
        published_on: published_on.unwrap_or_else(|| state.clock.today()),
        headings: opened.headings,
        sample: opened.sample,
        by: by.account(),
    };
    let written = state.store.write(async |txn: Txn| {
        let id = lists::open(&txn, new, now).await?;
        txn.audit(Entry {
            actor: by.actor(),
            act: "list_sent".to_owned(),
            subject: subject(list),
            details: json!({ "import": id, "file": new.file_name, "sha256": new.sha256, "bytes": new.size_bytes }),
            at: now,
        });
        Ok::<_, StoreError>(id)
    });
    let id = written.await?;
    Ok(Offered { id, remembered })
}

/// What the audit trail calls a list.
fn subject(list: ListKind) -> String {
    format!("list:{list}")
}

/// Reads the file of an import, with these columns and this date if they are given, and compares it with the list in force.
/// What is wrong with the file is recorded with the import.
pub async fn read(
    state: &AppState,
    id: i64,
    path: &Path,
    columns: Option<(Mapping, NaiveDate)>,
) -> Result<Import, NotRead> {
    let (store, now) = (&state.store, state.clock.now());
    let started = store.write(async |txn: Txn| {
        if let Some((mapping, published_on)) = &columns
            && !lists::change(&txn, id, mapping, *published_on, now).await?
        {
            return Ok(false);
        }
        lists::start(&txn, id, now - DEAD, now).await
    });
    if !started.await? {
        return Err(NotRead::Busy);
    }
    let import = found(state, id).await?;
    let outcome = match fill(state, &import, path).await {
        Ok(outcome) => compared(state, &import, outcome).await,
        Err(failure) => Err(failure),
    };
    let now = state.clock.now();
    match outcome {
        Ok((outcome, base)) => {
            let outcome = &outcome;
            let done = store
                .write(async |txn: Txn| lists::record_outcome(&txn, id, outcome, base, now).await);
            done.await?;
        }
        Err(failure) => {
            let failure = &failure;
            let noted =
                store.write(async |txn: Txn| lists::record_failure(&txn, id, failure, now).await);
            noted.await?;
            lists::prune(store, import.list).await?;
        }
    }
    found(state, id).await.map_err(NotRead::Store)
}

/// Reads a file that was sent in the browser, with these columns; waits for the end of it as long as a person does. False when
/// it could not begin.
pub async fn read_in_background(
    state: &AppState,
    id: i64,
    columns: Mapping,
    published_on: NaiveDate,
) -> bool {
    background(state, id, Some((columns, published_on))).await
}

/// The same with the columns that were remembered.
pub(super) async fn read_as_sent(state: &AppState, id: i64) {
    background(state, id, None).await;
}

async fn background(state: &AppState, id: i64, columns: Option<(Mapping, NaiveDate)>) -> bool {
    let owned = state.clone();
    // On its own: it goes on if the browser leaves.
    let reading = tokio::spawn(async move {
        let path = file(&owned, id);
        match read(&owned, id, &path, columns).await {
            Ok(_) => true,
            Err(NotRead::Busy) => false,
            Err(error) => {
                tracing::warn!(event = "list_not_read", import = id, error = %error);
                true
            }
        }
    });
    match tokio::time::timeout(READING, reading).await {
        Ok(done) => done.unwrap_or(true),
        // Its page says that it is being read.
        Err(_) => true,
    }
}

async fn found(state: &AppState, id: i64) -> Result<Import, StoreError> {
    let found = lists::find(state.store.read(), id).await?;
    found.ok_or(StoreError::NotFound)
}

/// Writes the rows of the file, batch after batch, while the next ones are read.
async fn fill(state: &AppState, import: &Import, path: &Path) -> Result<Outcome, Failure> {
    // What an earlier reading left.
    lists::clear(&state.store, import.id)
        .await
        .map_err(database)?;
    let (sender, mut batches) = mpsc::channel::<Vec<Row>>(AHEAD);
    let (path, list, columns) = (path.to_owned(), import.list, import.mapping.clone());
    let reading = tokio::task::spawn_blocking(move || {
        let mut give = |batch| match sender.blocking_send(batch) {
            Ok(()) => ControlFlow::Continue(()),
            // The database does not take any more.
            Err(_) => ControlFlow::Break(()),
        };
        rows::read(&path, list, &columns, &mut give)
    });
    let id = import.id;
    while let Some(batch) = batches.recv().await {
        let batch = &batch;
        let written = state
            .store
            .write(async |txn: Txn| lists::insert(&txn, id, batch).await);
        written.await.map_err(database)?;
    }
    // What made the library give up is no table.
    reading.await.unwrap_or(Err(Failure::NotATable))
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
fn database(error: StoreError) -> Failure {
    tracing::error!(event = "list_not_written", error = error.code());
    Failure::Interrupted
}

/// The outcome with the difference from the list in force, and which one that is.
async fn compared(
    state: &AppState,
    import: &Import,
    mut outcome: Outcome,
) -> Result<(Outcome, Option<i64>), Failure> {
    let db = state.store.read();
    lists::count_anew(&state.store).await.map_err(database)?;
    let in_force = lists::in_force(db).await.map_err(database)?;
    let base = in_force.iter().find(|(one, _)| one.list == import.list);
    let base = base.map(|(one, _)| one.id);
    let difference = lists::difference(db, import.id, base).await;
    outcome.difference = difference.map_err(database)?;
    Ok((outcome, base))
}

/// Puts a file in force that was read. A list that shrinks by more than the limit asks for a confirmation.
pub async fn put_in_force(
    state: &AppState,
    id: i64,
    confirmed: bool,
    by: By,
) -> Result<Put, StoreError> {
    let (now, percent) = (state.clock.now(), state.config.lists.shrink_percent);
    let done = state.store.write(async |txn: Txn| {
        let import = lists::hold(&txn, id).await?;
        let shrinks = import
            .outcome
            .as_ref()
            .is_some_and(|outcome| outcome.shrinks(percent));
        if import.state == State::Read && shrinks && !confirmed {
            return Ok(Err(Put::Shrinks));
        }
        let import = match lists::put_in_force(&txn, id, by.account(), now).await? {
            Ok(import) => import,
            Err(not) => return Ok(Err(Put::Not(not))),
        };
        let difference = import.outcome.as_ref().map(|outcome| &outcome.difference);
        txn.audit(Entry {
            actor: by.actor(),
            act: "list_put_in_force".to_owned(),
            subject: subject(import.list),
            details: json!({
                "import": id,
                "before": import.base,
                "file": import.file_name,
                "sha256": import.sha256,
                "rows": import.rows,
                "added": difference.map(|difference| difference.added),
                "removed": difference.map(|difference| difference.removed),
                "changed": difference.map(|difference| difference.changed),
                "shrink_confirmed": shrinks,
            }),
            at: now,
        });
        Ok::<_, StoreError>(Ok(import))
    });
    match done.await? {
        Ok(import) => {
            forget(state, id).await;
            lists::prune(&state.store, import.list).await?;
            Ok(Put::Done)
        }
        Err(not) => Ok(not),
    }
}

/// Throws a file away; false when it was decided already.
pub async fn discard(state: &AppState, id: i64, by: By) -> Result<bool, StoreError> {
    let now = state.clock.now();
    let done = state.store.write(async |txn: Txn| {
        let import = lists::hold(&txn, id).await?;
        if !lists::discard(&txn, id, now).await? {
            return Ok(None);
        }
        txn.audit(Entry {
            actor: by.actor(),
            act: "list_discarded".to_owned(),
            subject: subject(import.list),
            details: json!({ "import": id }),
            at: now,
        });
        Ok::<_, StoreError>(Some(import.list))
    });
    let Some(list) = done.await? else {
        return Ok(false);
    };
    forget(state, id).await;
    lists::prune(&state.store, list).await?;
    Ok(true)
}

/// Takes back the import that is in force: the one before it holds again.
pub async fn roll_back(
    state: &AppState,
    id: i64,
    reason: &str,
    by: By,
) -> Result<Result<(), NotPut>, StoreError> {
    let now = state.clock.now();
    let done = state.store.write(async |txn: Txn| {
        let import = match lists::roll_back(&txn, id, reason, by.account(), now).await? {
            Ok(import) => import,
            Err(not) => return Ok(Err(not)),
        };
        txn.audit(Entry {
            actor: by.actor(),
            act: "list_rolled_back".to_owned(),
            subject: subject(import.list),
            details: json!({ "import": id, "back_to": import.base }),
            at: now,
        });
        Ok::<_, StoreError>(Ok(()))
    });
    done.await
}

/// The file of an import that is decided is of no more use.
async fn forget(state: &AppState, id: i64) {
    match tokio::fs::remove_file(file(state, id)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(event = "list_file_left_behind", error = %error.kind());
        }
        _ => {}
    }
}

/// Throws away the files about which nobody decided for a month.
pub async fn sweep(state: &AppState) -> Result<(), StoreError> {
    let before = state.clock.now() - ABANDONED;
    for id in lists::abandoned(state.store.read(), before).await? {
        discard(state, id, By::Command).await?;
    }
    Ok(())
}
