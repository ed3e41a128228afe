//! Receives a file of contracts as the form of the imports page sends it, without holding it in memory.

use std::time::Duration;

use app::pages::buyer::address;
use app::pages::buyer::imports::Stopped;
use app::routes::path;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart};
use axum::response::Redirect;
use domain::lifecycle::Actor;
use store::Txn;
use store::accounts::{Account, Role};
use store::audit::Entry;
use store::declarations::actor_code;

use super::folder::{Part, Waiting};
use crate::contracts::{Broken, Source, Unreadable};
use crate::http::SignedIn;
use crate::http::fault::Fault;
use crate::state::AppState;

/// A browser that sends nothing for so long has gone.
const PATIENCE: Duration = Duration::from_mins(1);
/// Files that may wait at once.
const MOST_WAITING: usize = 20;
const LONGEST_NAME: usize = 150;

/// Whoever opens the address by hand, or reloads it, sees the page.
pub(super) async fn elsewhere() -> Redirect {
    Redirect::to(path::IMPORTS)
}

pub(super) async fn receive(
    State(state): State<AppState>,
    signed: SignedIn,
    form: Multipart,
) -> Result<Redirect, Fault> {
    match take(&state, &signed.account, form).await {
        Ok(()) => Ok(Redirect::to(&address::imports_with("fait=envoi"))),
        Err(Refused::Stopped(why)) => {
            let stopped = format!("refus={}", why.code());
            Ok(Redirect::to(&address::imports_with(&stopped)))
        }
        Err(Refused::Fault(fault)) => Err(fault),
    }
}

enum Refused {
    /// Said on the page.
    Stopped(Stopped),
    Fault(Fault),
}

impl From<Stopped> for Refused {
    fn from(why: Stopped) -> Self {
        Self::Stopped(why)
    }
}

async fn take(state: &AppState, account: &Account, mut form: Multipart) -> Result<(), Refused> {
    loop {
        let field = tokio::time::timeout(PATIENCE, form.next_field()).await;
        match field.map_err(|_| Stopped::Interrupted)? {
            Ok(Some(field)) if field.name() == Some("file") => {
                return keep(state, account, field).await;
            }
            Ok(Some(_)) => {}
            Ok(None) => return Err(Stopped::NoFile.into()),
            Err(_) => return Err(Stopped::Interrupted.into()),
        }
    }
}

async fn keep(state: &AppState, account: &Account, field: Field<'_>) -> Result<(), Refused> {
    let name = name(field.file_name().unwrap_or_default());
    if name.is_empty() {
        return Err(Stopped::NoFile.into());
    }
    let waiting = state.uploads.waiting().await.map_err(disk)?;
    if waiting.len() >= MOST_WAITING {
        return Err(Stopped::Full.into());
    }
    let now = state.clock.now();
    let id = store::new_id(now);
    let mut part = state.uploads.begin(id).await.map_err(disk)?;
    let limit = state.config.limits.upload_bytes;
    if let Err(why) = fill(&mut part, field, limit).await {
        part.throw_away().await;
        return Err(why.into());
    }
    let sha256 = match check(&part).await {
        Ok(sha256) => sha256,
        Err(why) => {
            part.throw_away().await;
            return Err(why.into());
        }
    };
    let actor = match account.role {
        Role::Administrator => Actor::administrator(account.id),
        Role::Reviewer | Role::Supplier => Actor::reviewer(account.id),
    };
    let by = [&account.name, &account.email];
    let waiting = Waiting {
        id,
        name,
        actor: actor_code(&actor),
        by: by
            .into_iter()
            .find(|name| !name.is_empty())
            .cloned()
            .unwrap_or_default(),
        size_bytes: part.bytes,
        sent_at: now,
    };
    let entry = &Entry {
        actor: waiting.actor.clone(),
        act: "import_sent".to_owned(),
        subject: format!("upload:{id}"),
        details: serde_json::json!({ "file": waiting.name, "bytes": waiting.size_bytes, "sha256": sha256 }),
        at: now,
    };
    let noted = state
        .store
        .write(async |txn: Txn| {
            txn.audit(entry.clone());
            Ok::<_, store::StoreError>(())
        })
        .await;
    if let Err(error) = noted {
        part.throw_away().await;
        return Err(Refused::Fault(error.into()));
    }
    Ok(state.uploads.accept(part, &waiting).await.map_err(disk)?)
}

fn disk(error: std::io::Error) -> Stopped {
    tracing::error!(event = "upload_not_written", error = %error.kind());
    Stopped::Disk
}

async fn fill(part: &mut Part, mut field: Field<'_>, limit: u64) -> Result<(), Stopped> {
    loop {
        let chunk = tokio::time::timeout(PATIENCE, field.chunk()).await;
        match chunk.map_err(|_| Stopped::Interrupted)? {
            Ok(Some(chunk)) => {
                if part.bytes + chunk.len() as u64 > limit {
                    return Err(Stopped::TooLarge);
                }
                part.write(&chunk).await.map_err(disk)?;
            }
            Ok(None) => return part.end().await.map_err(disk),
            Err(_) => return Err(Stopped::Interrupted),
        }
    }
}

/// The first element tells whether it is a file of contracts at all; the rest is found out by the import. Its checksum.
async fn check(part: &Part) -> Result<String, Stopped> {
    let path = part.path.clone();
    let checked = tokio::task::spawn_blocking(move || {
        let source = Source::open(&path).map_err(|error| match error {
            Unreadable::Empty => Stopped::Empty,
            Unreadable::Io(error) => disk(error),
        })?;
        let first = source.elements().map(|mut elements| elements.next());
        match first {
            // A table of other things has no such element, or is no such file.
            Ok(None | Some(Err(Broken::NotContracts(_)))) | Err(Broken::NotContracts(_)) => {
                Err(Stopped::NotContracts)
            }
            _ => Ok(source.sha256),
        }
    });
    checked.await.unwrap_or(Err(Stopped::Disk))
}

/// What is shown: the last part of a path, on one line.
fn name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = last.chars().filter(|c| !c.is_control());
    shown
        .take(LONGEST_NAME)
        .collect::<String>()
        .trim()
        .to_owned()
}
