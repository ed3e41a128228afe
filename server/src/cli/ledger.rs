//! `spaser ledger`: payments of the accounts into the buyer database.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;

use super::output::say;
use crate::contracts::ledger::{Options, import};
use crate::state::AppState;

#[derive(Debug, Subcommand)]
pub(super) enum LedgerCommand {
    /// Importe des paiements : CSV ou XLSX. Une ligne fausse : rien n’est écrit, code 1.
    Import {
        file: PathBuf,
        /// Colonne d’un champ : supplier, date, amount, direction ou reference. Retenue pour les fichiers de mêmes en-têtes.
        #[arg(long = "columns", value_name = "CHAMP=COLONNE", value_delimiter = ',')]
        columns: Vec<String>,
        /// Lit et vérifie sans rien écrire.
        #[arg(long)]
        dry_run: bool,
        /// Écrit les lignes justes même si d’autres sont fausses.
        #[arg(long)]
        partial: bool,
    },
}

pub(super) async fn run(state: &AppState, command: LedgerCommand) -> anyhow::Result<()> {
    let LedgerCommand::Import {
        file,
        columns,
        dry_run,
        partial,
    } = command;
    let options = Options {
        columns,
        dry_run,
        partial,
    };
    let buyer = state.buyer.clone();
    buyer.migrate(state.clock.now()).await?;
    let done = import(&buyer, &file, &options, "cli", &state.clock)
        .await
        .with_context(|| file.display().to_string())?;
    say(&serde_json::to_string_pretty(&done)?)?;
    match done.rejected.len() {
        0 => Ok(()),
        refused if partial => bail!("{refused} ligne(s) refusée(s), les autres sont importées"),
        refused => bail!("{refused} ligne(s) refusée(s), rien n’a été écrit"),
    }
}
