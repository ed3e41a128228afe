//! Doors of the admin desk.

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use uuid::Uuid;

use super::admin_desk;
use super::buyer::listed;
use crate::error::AppError;
use crate::routes::path;

/// Puts a message back in the outbox after its failures.
#[server(prefix = "/fn", endpoint = "retry-message", input = PostUrl)]
pub async fn retry_message(message: Uuid) -> Result<(), AppError> {
    let outcome = admin_desk()?.retry(message).await;
    listed(path::ADMINISTRATION, outcome, "reprise")
}
