//! `spaser feed`: what goes to the buyer database.

use clap::Subcommand;
use store::outbox;

use super::output::say;
use crate::state::AppState;

#[derive(Debug, Subcommand)]
pub(super) enum FeedCommand {
    /// Ce qui attend, ce qui a été abandonné, depuis quand.
    Status,
}

pub(super) async fn run(state: &AppState, command: FeedCommand) -> anyhow::Result<()> {
    match command {
        FeedCommand::Status => status(state).await,
    }
}

async fn status(state: &AppState) -> anyhow::Result<()> {
    let now = state.clock.now();
    let backlog = outbox::backlog(state.store.read()).await?;
    let mut routes = Vec::new();
    for route in backlog
        .iter()
        .filter(|route| route.route.starts_with("feed."))
    {
        routes.push(serde_json::json!({
            "route": route.route,
            "pending": route.pending,
            "parked": route.parked,
            "oldest_seconds": route.oldest_pending.map(|oldest| (now - oldest).num_seconds()),
        }));
    }
    say(&serde_json::to_string_pretty(&routes)?)
}
