//! `spaser year`: years that are frozen with their data set, and the files that anyone can check them with.

use std::path::PathBuf;

use clap::Subcommand;
use domain::claims::KindSet;
use domain::contracts::Mode;
use domain::indicators::{Asked, Narrowing};
use serde_json::json;

use super::contracts::buyer_siren;
use super::output::say;
use crate::contracts::frozen;
use crate::state::AppState;

#[derive(Debug, Subcommand)]
pub(super) enum YearCommand {
    /// Arrête une année : une édition de plus si elle l’est déjà.
    Freeze {
        #[arg(long)]
        year: i32,
        /// Ce que dit l’édition.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Les années arrêtées.
    List,
    /// Écrit les fichiers d’une édition, la dernière par défaut : indicateurs (JSON) et marchés (CSV).
    Export {
        #[arg(long)]
        year: i32,
        #[arg(long)]
        edition: Option<u32>,
        /// Dossier où écrire.
        #[arg(long, default_value = ".")]
        folder: PathBuf,
    },
}

pub(super) async fn run(state: &AppState, command: YearCommand) -> anyhow::Result<()> {
    let buyer = state.buyer.clone();
    buyer.migrate(state.clock.now()).await?;
    match command {
        YearCommand::Freeze { year, note } => {
            buyer.release(state.clock.today()).await?;
            let asked = Asked {
                buyer: buyer_siren(state)?,
                year,
                mode: Mode::Initial,
                kinds: KindSet::solidarity_default(),
                narrowing: Narrowing::default(),
            };
            let kept = frozen::freeze(&buyer, &asked, &note, "cli", &state.clock).await?;
            let answer = json!({ "year": year, "edition": kept.edition });
            say(&serde_json::to_string_pretty(&answer)?)
        }
        YearCommand::List => {
            let years = frozen::list(&buyer).await?;
            say(&serde_json::to_string_pretty(&years)?)
        }
        YearCommand::Export {
            year,
            edition,
            folder,
        } => {
            for path in frozen::export(&buyer, year, edition, &folder).await? {
                say(&path.display().to_string())?;
            }
            Ok(())
        }
    }
}
