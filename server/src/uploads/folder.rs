//! Where files wait to be imported: a folder of this machine that holds each file and, beside it, what is known of it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::fs;
use tokio::io::AsyncWriteExt;
use tokio::sync::Notify;
use uuid::Uuid;

/// A file that was begun and never came whole is thrown away.
const UNFINISHED: Duration = Duration::from_hours(24);
/// Bytes written at a time.
const BUFFER: usize = 1 << 18;

/// A file that was received whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub id: Uuid,
    /// As the browser named it.
    pub name: String,
    /// Who sent it: the actor of the audit trail, and a name for people.
    pub actor: String,
    pub by: String,
    pub size_bytes: u64,
    pub sent_at: DateTime<Utc>,
}

#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    wake: Notify,
    /// The file that is being imported.
    current: Mutex<Option<Uuid>>,
}

impl Folder {
    pub fn new(data_dir: &Path) -> Self {
        Self {
            path: data_dir.join("imports"),
            wake: Notify::new(),
            current: Mutex::new(None),
        }
    }

    /// A file about to come.
    pub(super) async fn begin(&self, id: Uuid) -> io::Result<Part> {
        fs::create_dir_all(&self.path).await?;
        let path = self.path.join(format!("{id}.part"));
        let file = fs::File::create(&path).await?;
        Ok(Part {
            path,
            file: tokio::io::BufWriter::with_capacity(BUFFER, file),
            bytes: 0,
        })
    }

    /// Puts a file that came whole in its place: from then on it waits.
    pub(super) async fn accept(&self, part: Part, waiting: &Waiting) -> io::Result<()> {
        fs::rename(&part.path, self.file(waiting.id)).await?;
        let told = serde_json::to_vec(waiting)?;
        let (draft, told_in) = (self.of(waiting.id, "told"), self.of(waiting.id, "json"));
        fs::write(&draft, told).await?;
        // Last, and at once: a file without it is not there.
        fs::rename(draft, told_in).await?;
        self.wake();
        Ok(())
    }

    /// The same for a text of a few lines.
    pub async fn put(&self, waiting: &Waiting, content: &[u8]) -> io::Result<()> {
        let mut part = self.begin(waiting.id).await?;
        part.write(content).await?;
        part.end().await?;
        self.accept(part, waiting).await
    }

    /// What waits, the first sent first; the file that is being imported is among them until its import has ended.
    pub async fn waiting(&self) -> io::Result<Vec<Waiting>> {
        let mut found = Vec::new();
        let mut entries = match fs::read_dir(&self.path).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(error),
        };
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            if path.extension().is_some_and(|ending| ending == "json")
                && let Ok(told) = fs::read(&path).await
                && let Ok(waiting) = serde_json::from_slice::<Waiting>(&told)
            {
                found.push(waiting);
            }
        }
        // The identifiers follow time.
        found.sort_by_key(|waiting| waiting.id);
        Ok(found)
    }

    /// The path of a file that waits.
    pub fn file(&self, id: Uuid) -> PathBuf {
        self.of(id, "data")
    }

    fn of(&self, id: Uuid, ending: &str) -> PathBuf {
        self.path.join(format!("{id}.{ending}"))
    }

    /// Forgets a file; false when it was not there.
    pub async fn remove(&self, id: Uuid) -> io::Result<bool> {
        let told = fs::remove_file(self.of(id, "json")).await;
        let gone = fs::remove_file(self.file(id)).await;
        for removed in [&told, &gone] {
            match removed {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(io::Error::from(error.kind()));
                }
                _ => {}
            }
        }
        Ok(told.is_ok())
    }

    /// Throws away what was begun long ago and never came whole, and what nothing is known of.
    pub(super) async fn sweep(&self) -> io::Result<()> {
        let known = self.waiting().await?;
        let mut entries = match fs::read_dir(&self.path).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            let waits = known
                .iter()
                .any(|one| path == self.file(one.id) || path == self.of(one.id, "json"));
            let changed = entry.metadata().await?.modified()?;
            if !waits && changed.elapsed().unwrap_or_default() > UNFINISHED {
                fs::remove_file(path).await?;
            }
        }
        Ok(())
    }

    /// There is something to do.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }

    pub(super) fn set_current(&self, id: Option<Uuid>) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = id;
    }

    /// The file whose turn it is.
    pub fn current(&self) -> Option<Uuid> {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file that is coming.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) path: PathBuf,
    file: tokio::io::BufWriter<fs::File>,
    pub(super) bytes: u64,
}

impl Part {
    pub(super) async fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.bytes += chunk.len() as u64;
        self.file.write_all(chunk).await
    }

    /// On the disk, all of it.
    pub(super) async fn end(&mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.get_ref().sync_all().await
    }

    pub(super) async fn throw_away(self) {
        if let Err(error) = fs::remove_file(&self.path).await {
            tracing::warn!(event = "upload_left_behind", error = %error.kind());
        }
    }
}
