//! Evidence documents: received file by file, judged by their content, kept under their checksum, scanned, and shown.
//!
//! Invariants: nothing is kept of a file that was refused; a row exists only once its content is stored; with a scanner
//! configured nobody of the buyer's opens what it has not cleared.

mod container;
mod parts;
mod read;
mod receive;
mod resume;
mod scan;
mod serve;
mod storage;
mod sweep;

use std::path::PathBuf;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use tokio::sync::{Notify, Semaphore};
use uuid::Uuid;

use crate::config::{Config, DocumentsConfig};
use crate::state::AppState;
use parts::Parts;
use storage::Storage;

pub use read::{judge, program_of};
pub use scan::{round as scan_round, spawn as spawn_scans};
pub use sweep::{pass as sweep_pass, spawn as spawn_sweep};

/// Files read at once: each may take a processor for some seconds.
const READERS: usize = 2;

/// What the handlers and the workers share.
#[derive(Debug)]
pub struct Documents {
    pub storage: Storage,
    /// Files on their way.
    parts: Parts,
    readers: Semaphore,
    program: PathBuf,
    wake: Notify,
}

impl Documents {
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let DocumentsConfig { store, .. } = &config.documents;
        Ok(Self {
            storage: Storage::open(store)?,
            parts: Parts::new(config.data_dir.join("depots")),
            readers: Semaphore::new(READERS),
            program: program_of(&std::env::current_exe()?),
            wake: Notify::new(),
        })
    }

    fn take_part(&self, account: Uuid, upload: Uuid) -> Option<parts::Part<'_>> {
        self.parts.take(account, upload)
    }

    async fn length(&self, account: Uuid, upload: Uuid) -> std::io::Result<u64> {
        self.parts.length(account, upload).await
    }

    async fn has_room(&self, account: Uuid) -> std::io::Result<bool> {
        self.parts.has_room(account).await
    }

    /// There is something to scan.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}

/// Behind the session; bodies are not held in memory, so that the limit is that of documents.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/declarations/{id}/pieces/{line}/depot",
            post(receive::receive).get(receive::elsewhere),
        )
        .route(
            "/declarations/{id}/pieces/{line}/morceau",
            post(resume::more).get(resume::so_far),
        )
        .route("/documents/{id}", get(serve::content))
        .route("/documents/{id}/apercu.png", get(serve::preview))
        .layer(DefaultBodyLimit::disable())
}

/// True for the address of a file on its way: its body is read as it comes.
pub fn takes_files(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    let (area, _, pieces, _, end, more) = (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    );
    area == Some("declarations")
        && pieces == Some("pieces")
        && matches!(end, Some("depot" | "morceau"))
        && more.is_none()
}

/// True for the address of a piece of a file.
pub fn is_piece(path: &str) -> bool {
    takes_files(path) && path.ends_with("/morceau")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_addresses_of_files_are_read_as_they_come() {
        assert!(takes_files("/declarations/1/pieces/0/depot"));
        assert!(takes_files("/declarations/1/pieces/0/morceau"));
        for other in [
            "/declarations/1/pieces/0",
            "/declarations/1/pieces/0/depot/x",
            "/instruction/1/pieces/0/depot",
            "/declarations/1/taille/0/depot",
        ] {
            assert!(!takes_files(other), "{other}");
        }
    }
}
