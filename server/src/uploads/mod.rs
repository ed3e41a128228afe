//! Files of contracts that agents send in the browser: received as they come, kept aside until they were imported.
//!
//! Invariant: a file that was received whole is imported, whatever stops meanwhile; a restarted portal goes on where it was.

mod folder;
mod quarantine;
mod receive;
mod worker;

use app::routes::path;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::state::AppState;

pub use folder::{Folder, Waiting};
pub use worker::{round, spawn};

/// Behind the session, but its body is not held in memory: the limit is that of files.
pub fn routes() -> Router<AppState> {
    let receive = post(receive::receive).get(receive::elsewhere);
    Router::new()
        .route(path::IMPORT_UPLOAD, receive)
        .route(
            "/instruction/imports/{id}/quarantaine.json",
            get(quarantine::download),
        )
        .layer(DefaultBodyLimit::disable())
}
