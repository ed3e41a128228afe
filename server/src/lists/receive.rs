//! Receives a file of a list as the form of its page sends it, without holding it in memory.

use std::path::{Path, PathBuf};
use std::time::Duration;

use app::pages::admin::lists::{ListProblem, address};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{Path as At, State};
use axum::response::Redirect;
use chrono::NaiveDate;
use domain::lists::ListKind;
use tokio::fs;
use tokio::io::AsyncWriteExt as _;

use super::rows::{Opened, open};
use super::service::{self, By};
use super::table::NotATable;
use crate::http::SignedIn;
use crate::http::fault::Fault;
use crate::state::AppState;

/// A browser that sends nothing for so long has gone.
const PATIENCE: Duration = Duration::from_mins(1);
/// What was begun longer ago never came whole.
const UNFINISHED: Duration = Duration::from_hours(24);
const LONGEST_NAME: usize = 150;
const LONGEST_DATE: usize = 40;
const BUFFER: usize = 1 << 18;

/// Whoever opens the address by hand, or reloads it, sees the page.
pub(super) async fn elsewhere(At(list): At<String>) -> Result<Redirect, Fault> {
    let list: ListKind = list.parse().map_err(|_| Fault::NotFound)?;
    Ok(Redirect::to(&address::list(list)))
}

pub(super) async fn receive(
    State(state): State<AppState>,
    At(list): At<String>,
    signed: SignedIn,
    form: Multipart,
) -> Result<Redirect, Fault> {
    let list: ListKind = list.parse().map_err(|_| Fault::NotFound)?;
    match take(&state, list, By::Administrator(signed.account.id), form).await {
        Ok(id) => Ok(Redirect::to(&address::import(list, id))),
        Err(Refused::Problem(problem)) => {
            let back = address::list_with(list, &format!("refus={}", problem.code()));
            let anchor = problem.field().map_or("#stopped", |_| "#errors");
            Ok(Redirect::to(&(back + anchor)))
        }
        Err(Refused::Fault(fault)) => Err(fault),
    }
}

enum Refused {
    /// Said on the page.
    Problem(ListProblem),
    Fault(Fault),
}

impl From<ListProblem> for Refused {
    fn from(problem: ListProblem) -> Self {
        Self::Problem(problem)
    }
}

fn disk(error: std::io::Error) -> ListProblem {
    tracing::error!(event = "list_upload_not_written", error = %error.kind());
    ListProblem::Disk
}

async fn take(
    state: &AppState,
    list: ListKind,
    by: By,
    mut form: Multipart,
) -> Result<i64, Refused> {
    let mut published_on = None;
    loop {
        let field = tokio::time::timeout(PATIENCE, form.next_field()).await;
        match field.map_err(|_| ListProblem::Interrupted)? {
            Ok(Some(field)) if field.name() == Some("published_on") => {
                published_on = date(state, field).await?;
            }
            Ok(Some(field)) if field.name() == Some("file") => {
                return keep(state, list, published_on, by, field).await;
            }
            Ok(Some(_)) => {}
            Ok(None) => return Err(ListProblem::NoFile.into()),
            Err(_) => return Err(ListProblem::Interrupted.into()),
        }
    }
}

/// The date of the list; empty: that of today.
async fn date(state: &AppState, mut field: Field<'_>) -> Result<Option<NaiveDate>, ListProblem> {
    let mut typed = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| ListProblem::Interrupted)? {
        typed.extend(chunk);
        if typed.len() > LONGEST_DATE {
            return Err(ListProblem::DateWrong);
        }
    }
    let typed = String::from_utf8(typed).map_err(|_| ListProblem::DateWrong)?;
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let date = app::ui::parse_date(&typed).ok_or(ListProblem::DateWrong)?;
    if date > state.clock.today() {
        return Err(ListProblem::DateFuture);
    }
    Ok(Some(date))
}

async fn keep(
    state: &AppState,
    list: ListKind,
    published_on: Option<NaiveDate>,
    by: By,
    field: Field<'_>,
) -> Result<i64, Refused> {
    let name = name(field.file_name().unwrap_or_default());
    if name.is_empty() {
        return Err(ListProblem::NoFile.into());
    }
    let folder = service::folder(state);
    fs::create_dir_all(&folder).await.map_err(disk)?;
    clean(&folder).await;
    let part = folder.join(format!("{}.part", store::new_id(state.clock.now())));
    let offered = arrived(state, list, published_on, by, field, &name, &part).await;
    let offered = match offered {
        Ok(offered) => offered,
        Err(refused) => {
            remove(&part).await;
            return Err(refused);
        }
    };
    let path = service::file(state, offered.id);
    fs::rename(&part, &path).await.map_err(disk)?;
    if offered.remembered {
        service::read_as_sent(state, offered.id).await;
    }
    Ok(offered.id)
}

async fn arrived(
    state: &AppState,
    list: ListKind,
    published_on: Option<NaiveDate>,
    by: By,
    field: Field<'_>,
    name: &str,
    part: &Path,
) -> Result<service::Offered, Refused> {
    write(part, field, state.config.lists.max_bytes).await?;
    let opened = look(part.to_owned(), list).await?;
    let offered = service::offer(state, list, opened, name, published_on, by).await;
    offered.map_err(|error| Refused::Fault(error.into()))
}

async fn write(part: &Path, mut field: Field<'_>, limit: u64) -> Result<(), ListProblem> {
    let file = fs::File::create(part).await.map_err(disk)?;
    let mut file = tokio::io::BufWriter::with_capacity(BUFFER, file);
    let mut bytes = 0;
    loop {
        let chunk = tokio::time::timeout(PATIENCE, field.chunk()).await;
        match chunk.map_err(|_| ListProblem::Interrupted)? {
            Ok(Some(chunk)) => {
                bytes += chunk.len() as u64;
                if bytes > limit {
                    return Err(ListProblem::TooLarge);
                }
                file.write_all(&chunk).await.map_err(disk)?;
            }
            Ok(None) => break,
            Err(_) => return Err(ListProblem::Interrupted),
        }
    }
    file.flush().await.map_err(disk)?;
    file.get_ref().sync_all().await.map_err(disk)
}

/// The first lines tell whether it is a table at all.
async fn look(path: PathBuf, list: ListKind) -> Result<Opened, ListProblem> {
    let looked = tokio::task::spawn_blocking(move || open(&path, list)).await;
    // What made the library give up is no table.
    looked
        .unwrap_or_else(|_| Err(NotATable::Format(String::new())))
        .map_err(|error| match error {
            NotATable::Io(error) => disk(error),
            NotATable::Empty => ListProblem::Empty,
            NotATable::TooLarge => ListProblem::TooLarge,
            NotATable::Format(_) => ListProblem::NotATable,
        })
}

async fn remove(part: &Path) {
    match fs::remove_file(part).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(event = "upload_left_behind", error = %error.kind());
        }
        _ => {}
    }
}

/// Throws away what never came whole.
async fn clean(folder: &Path) {
    let Ok(mut entries) = fs::read_dir(folder).await else {
        return;
    };
    while let Ok(Some(entry)) = entries.next_entry().await {
        let path = entry.path();
        let unfinished = path.extension().is_some_and(|ending| ending == "part");
        let changed = entry.metadata().await.and_then(|data| data.modified());
        let age = changed.ok().and_then(|changed| changed.elapsed().ok());
        if unfinished && age.is_some_and(|age| age > UNFINISHED) {
            remove(&path).await;
        }
    }
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
