//! Published lists that prove: files received in the browser or given to the command line, read into rows, compared with the
//! list in force, put there or taken back. The same service for both.
//!
//! Invariants: a file is read twice and never held; rows are written in short transactions, and count for nothing until the
//! import is put in force, by one row of one transaction. A list that shrinks too much is not put in force unasked.

mod receive;
mod rows;
mod service;
mod table;

use app::routes::path;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;

use crate::state::AppState;

pub use rows::{Opened, open};
pub use service::{
    By, NotRead, Offered, Put, discard, offer, put_in_force, read, read_in_background, roll_back,
    sweep,
};
pub use table::NotATable;

/// Behind the session, but the body is not held in memory: the limit is that of lists.
pub fn routes() -> Router<AppState> {
    let upload = format!("{}/{{list}}/depot", path::LISTS);
    Router::new()
        .route(&upload, post(receive::receive).get(receive::elsewhere))
        .layer(DefaultBodyLimit::disable())
}

/// Whether a file of a list is sent to this address.
pub fn takes_files(at: &str) -> bool {
    let inside = at.strip_prefix(path::LISTS);
    let parts: Vec<&str> = inside.unwrap_or_default().split('/').collect();
    matches!(parts.as_slice(), ["", list, "depot"] if !list.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_upload_takes_files() {
        assert!(takes_files("/administration/listes/esus/depot"));
        for other in [
            "/administration/listes/depot",
            "/administration/listes//depot",
            "/administration/listes/esus/depot/x",
            "/administration/listes/esus",
            "/instruction/listes/esus/depot",
        ] {
            assert!(!takes_files(other), "{other}");
        }
    }
}
