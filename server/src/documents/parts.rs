//! Files on their way: each in a folder of this machine until it came whole, so that a cut one goes on where it was.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::fs;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

/// A file that was begun and never came whole is thrown away.
const UNFINISHED: Duration = Duration::from_hours(24);
/// Files that one person may have on their way.
const MOST: usize = 20;

#[derive(Debug)]
pub(super) struct Parts {
    folder: PathBuf,
    /// Those being written now: two tabs never write the same one.
    busy: Mutex<HashSet<PathBuf>>,
}

/// Where one file is written, by one request at a time.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) path: PathBuf,
    parts: &'a Parts,
    /// It comes in one request, and goes with it.
    whole: bool,
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        if self.whole {
            left_behind(std::fs::remove_file(&self.path));
        }
        self.parts.busy().remove(&self.path);
    }
}

impl Parts {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            busy: Mutex::new(HashSet::new()),
        }
    }

    fn busy(&self) -> std::sync::MutexGuard<'_, HashSet<PathBuf>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, account: Uuid, upload: Uuid) -> PathBuf {
        self.folder.join(format!("{account}.{upload}.part"))
    }

    /// Takes the file for writing; `None` while another request writes it.
    pub(super) fn take(&self, account: Uuid, upload: Uuid) -> Option<Part<'_>> {
        let path = self.path(account, upload);
        self.busy().insert(path.clone()).then_some(Part {
            path,
            parts: self,
            whole: false,
        })
    }

    /// How much of the file is here; nothing when it was never begun.
    pub(super) async fn length(&self, account: Uuid, upload: Uuid) -> io::Result<u64> {
        match fs::metadata(self.path(account, upload)).await {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Whether the person has room for one more.
    pub(super) async fn has_room(&self, account: Uuid) -> io::Result<bool> {
        fs::create_dir_all(&self.folder).await?;
        let (mut entries, own) = (fs::read_dir(&self.folder).await?, account.to_string());
        let mut count = 0;
        while let Some(entry) = entries.next_entry().await? {
            if entry.file_name().to_string_lossy().starts_with(&own) {
                count += 1;
            }
        }
        Ok(count < MOST)
    }

    /// Throws away what was begun long ago.
    pub(super) async fn sweep(&self) -> io::Result<()> {
        let mut entries = match fs::read_dir(&self.folder).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        while let Some(entry) = entries.next_entry().await? {
            let changed = entry.metadata().await?.modified()?;
            if changed.elapsed().unwrap_or_default() > UNFINISHED {
                fs::remove_file(entry.path()).await?;
            }
        }
        Ok(())
    }
}

/// What is not there any more is no fault.
fn left_behind(removed: io::Result<()>) {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!(event = "document_part_left_behind", error = %error.kind());
        }
        _ => {}
    }
}

impl Part<'_> {
    /// The same, thrown away as soon as it is let go.
    pub(super) fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// The file, to write at its end.
    pub(super) async fn open(&self) -> io::Result<fs::File> {
        fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)
            .await
    }

    pub(super) async fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.path).await
    }

    /// The content came whole, or is refused: nothing is left here.
    pub(super) async fn throw_away(&self) {
        left_behind(fs::remove_file(&self.path).await);
    }
}

/// Writes all that was given to the disk.
pub(super) async fn finish(mut file: fs::File) -> io::Result<()> {
    file.flush().await
}
