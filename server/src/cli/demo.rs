//! `spaser demo`: fictional data to look at.

use std::fmt::Write as _;

use clap::Subcommand;

use super::output::say;
use crate::demo;
use crate::state::AppState;

#[derive(Debug, Subcommand)]
pub(super) enum DemoCommand {
    /// Remplit un portail de démonstration vide, et rappelle les comptes.
    Seed,
}

pub(super) async fn run(state: &AppState, command: DemoCommand) -> anyhow::Result<()> {
    let DemoCommand::Seed = command;
    let written = demo::seed(state).await?;
    let mut text = String::from(if written {
        "Données de démonstration écrites.\n"
    } else {
        "Les données de démonstration sont déjà là.\n"
    });
    text.push_str("Comptes (connexion par le lien reçu dans la boîte de démonstration) :\n");
    for account in demo::ACCOUNTS {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {:<26} {}", account.email, account.role.code());
    }
    say(text.trim_end())
}
