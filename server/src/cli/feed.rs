//! `spaser feed`: what goes to the buyer database.

use anyhow::bail;
use clap::Subcommand;

use super::output::say;
use crate::feed;
use crate::state::AppState;

#[derive(Debug, Subcommand)]
pub(super) enum FeedCommand {
    /// Ce qui attend, ce qui a été abandonné, depuis quand, et si la base répond.
    Status,
    /// Envoie à nouveau toutes les entreprises ; ce qui est déjà là ne change pas.
    Replay,
    /// Refait toute la base : les entreprises d’après le portail, les marchés d’après leurs publications.
    Rebuild,
    /// Écrit en SQL les droits du rôle du portail, qui change les lignes et rien d’autre, et du rôle d’un analyste, qui lit.
    Grants {
        #[arg(long, default_value = "spaser_portail")]
        writer: String,
        #[arg(long, default_value = "spaser_analyste")]
        analyst: String,
    },
    /// Compare les deux côtés ligne à ligne ; code 1 s’ils diffèrent.
    Verify,
}

pub(super) async fn run(state: &AppState, command: FeedCommand) -> anyhow::Result<()> {
    let (store, now) = (&state.store, state.clock.now());
    let buyer = state.buyer.clone();
    match command {
        FeedCommand::Status => {
            let status = feed::status(store, &buyer, now).await?;
            say(&serde_json::to_string_pretty(&status)?)
        }
        FeedCommand::Replay => {
            buyer.migrate(now).await?;
            let replayed = feed::replay(store, &buyer, now).await?;
            say(&serde_json::to_string_pretty(&replayed)?)
        }
        FeedCommand::Rebuild => {
            buyer.migrate(now).await?;
            let rebuilt = feed::rebuild(store, &buyer, now, state.clock.today()).await?;
            say(&serde_json::to_string_pretty(&rebuilt)?)
        }
        FeedCommand::Grants { writer, analyst } => {
            say(store::buyer::grants(&writer, &analyst)?.trim_end())
        }
        FeedCommand::Verify => {
            let report = feed::verify(store, &buyer).await?;
            say(&serde_json::to_string_pretty(&report)?)?;
            if !report.is_equal() {
                bail!(
                    "la base de l’acheteur diffère du portail ; « spaser feed replay » la remet à jour"
                );
            }
            Ok(())
        }
    }
}
