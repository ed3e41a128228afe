//! The commands of `spaser`. Answers go to standard output, everything else to standard error.
//!
//! Exit codes: 0 done or valid, 1 refused, invalid or failed, 2 misused or an unreadable case.

mod account;
mod answers;
mod check;
mod contracts;
mod demo;
mod export;
mod feed;
mod ledger;
mod lists;
mod output;
mod serve;
mod year;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Parser, Subcommand, ValueEnum};
use domain::identifiers::CheckKind;

use crate::clock::Clock;
use crate::config::{self, Config, Loaded};
use crate::state::{AppState, Sharing};
use crate::telemetry;
use contracts::ContractsCommand;
use output::{complain, say};

/// Portail Spaser : déclarations des fournisseurs, instruction par les acheteurs.
#[derive(Debug, Parser)]
#[command(name = "spaser", version, about, max_term_width = 100)]
struct Cli {
    /// Fichier de configuration (par défaut : spaser.toml s’il existe).
    #[arg(long, global = true, value_name = "FICHIER")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sert le portail.
    Serve,
    /// Met à jour le schéma des bases, puis s’arrête.
    Migrate,
    /// Affiche la configuration en vigueur, secrets masqués, ou tout ce qui ne va pas.
    CheckConfig,
    /// Comptes des agents.
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Données fictives.
    #[command(subcommand)]
    Demo(demo::DemoCommand),
    /// Envois vers la base de l’acheteur.
    #[command(subcommand)]
    Feed(feed::FeedCommand),
    /// Marchés publiés (données essentielles).
    #[command(subcommand)]
    Contracts(ContractsCommand),
    /// Statuts validés ailleurs, avant le portail.
    #[command(subcommand)]
    Qualifications(contracts::QualificationsCommand),
    /// Paiements de la comptabilité.
    #[command(subcommand)]
    Ledger(ledger::LedgerCommand),
    /// Listes publiées qui prouvent : ESUS, ESS France, Marché de l’inclusion, Egapro.
    #[command(subcommand)]
    Lists(lists::ListsCommand),
    /// Les indicateurs d’une année, en JSON.
    Indicators {
        /// Année civile de notification.
        #[arg(long, required_unless_present = "case")]
        year: Option<i32>,
        /// Marchés tels que notifiés, ou modifications comprises.
        #[arg(long, value_enum, default_value = "initial")]
        mode: contracts::ModeName,
        /// Ce qui était enregistré à la fin de ce jour (AAAA-MM-JJ).
        #[arg(long)]
        as_of: Option<chrono::NaiveDate>,
        /// D’où viennent I3 et I4 en valeur : les montants des marchés, ou les paiements de la comptabilité.
        #[arg(long, value_enum, default_value = "contracts")]
        source: contracts::SourceName,
        /// Un cas complet, calculé dans une base jetable ; « - » pour l’entrée standard. Ni configuration, ni réseau.
        #[arg(long, value_name = "FICHIER", conflicts_with_all = ["year", "mode", "as_of", "source"])]
        case: Option<PathBuf>,
    },
    /// Années arrêtées : indicateurs et jeu de données, jamais modifiés ensuite.
    #[command(subcommand)]
    Year(year::YearCommand),
    /// Vérifie un identifiant et répond en JSON. Ni configuration, ni base, ni réseau.
    Check {
        kind: Kind,
        /// La valeur, telle que saisie ; elle peut commencer par un tiret.
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Lit une pièce sur l’entrée standard ; le portail lance cette commande lui-même.
    #[command(hide = true)]
    ReadDocument,
    /// Calcule, à partir d’un fichier JSON, et répond en JSON. Ni configuration, ni base, ni réseau.
    #[command(subcommand)]
    Simulate(Simulate),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Siren,
    Siret,
    Vat,
    Siae,
}

#[derive(Debug, Subcommand)]
enum Simulate {
    /// La taille d’une entreprise, au sens européen et français.
    Sme {
        /// Le fichier du cas, ou « - » pour l’entrée standard.
        file: PathBuf,
    },
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    if let Some((kind, value)) = check_as_written(std::env::args_os().skip(1)) {
        return answers::check(kind.into(), &value);
    }
    let cli = Cli::parse();
    match cli.command {
        Command::Check { kind, value } => answers::check(kind.into(), &value),
        Command::Simulate(Simulate::Sme { file }) => answers::simulate(&file),
        Command::ReadDocument => read_document(),
        Command::CheckConfig => check_config(cli.config),
        Command::Serve => configured(cli.config, serve::serve),
        Command::Migrate => with_state(cli.config, async |state| migrate(&state).await),
        Command::Account(command) => with_state(cli.config, async move |state| {
            account::run(&state, command).await
        }),
        Command::Demo(command) => with_state(cli.config, async move |state| {
            demo::run(&state, command).await
        }),
        Command::Contracts(ContractsCommand::Check { files }) => check::run(&files),
        Command::Contracts(ContractsCommand::Stored(command)) => {
            with_state(cli.config, async move |state| {
                contracts::contracts(&state, command).await
            })
        }
        Command::Qualifications(command) => with_state(cli.config, async move |state| {
            contracts::qualifications(&state, command).await
        }),
        Command::Indicators {
            case: Some(file), ..
        } => contracts::case(&file),
        Command::Indicators {
            year,
            mode,
            as_of,
            source,
            ..
        } => with_state(cli.config, async move |state| {
            contracts::indicators(&state, year.unwrap_or_default(), mode, as_of, source).await
        }),
        Command::Year(command) => with_state(cli.config, async move |state| {
            year::run(&state, command).await
        }),
        Command::Ledger(command) => with_state(cli.config, async move |state| {
            ledger::run(&state, command).await
        }),
        Command::Lists(command) => with_state(cli.config, async move |state| {
            lists::run(&state, command).await
        }),
        Command::Feed(command) => with_state(cli.config, async move |state| {
            feed::run(&state, command).await
        }),
    }
}

/// `check KIND VALUE` taken word for word: a value such as `--help` or `--config` is a value like any other.
fn check_as_written(arguments: impl Iterator<Item = std::ffi::OsString>) -> Option<(Kind, String)> {
    let arguments: Vec<_> = arguments.map(|word| word.into_string().ok()).collect();
    match arguments.as_slice() {
        [Some(command), Some(kind), Some(value)] if command == "check" => {
            Some((Kind::from_str(kind, false).ok()?, value.clone()))
        }
        _ => None,
    }
}

fn load(path: Option<PathBuf>) -> Result<Loaded, ExitCode> {
    // A variable that is not text cannot be one of ours.
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    config::load(path.as_deref(), variables).map_err(|problems| {
        complain(&problems.to_string());
        ExitCode::FAILURE
    })
}

/// One document, judged in a process of its own.
fn read_document() -> ExitCode {
    use std::io::{Read as _, Write as _};
    let (mut content, mut out) = (Vec::new(), std::io::stdout().lock());
    let judged = std::io::stdin()
        .lock()
        .read_to_end(&mut content)
        .and_then(|_| crate::documents::judge(content, &mut out))
        .and_then(|()| out.flush());
    match judged {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn check_config(path: Option<PathBuf>) -> ExitCode {
    match load(path) {
        Ok(loaded) => match say(config::describe(&loaded).trim_end()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(code) => code,
    }
}

/// The portal's own schema was brought up to date when the state was opened; the buyer's is now.
async fn migrate(state: &AppState) -> anyhow::Result<()> {
    say("Le schéma du portail est à jour.")?;
    let buyer = state.buyer.clone();
    buyer
        .migrate(state.clock.now())
        .await
        .context("le schéma de la base de l’acheteur n’a pas pu être mis à jour")?;
    say("Le schéma de la base de l’acheteur est à jour.")
}

/// Runs a command that needs the configuration and an async runtime.
fn configured<F>(path: Option<PathBuf>, command: impl FnOnce(Arc<Config>) -> F) -> ExitCode
where
    F: Future<Output = anyhow::Result<()>>,
{
    let loaded = match load(path) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    telemetry::start(&loaded.config.log);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command(Arc::new(loaded.config))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The chain of causes on one line; store errors carry no data.
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Runs a command that needs the database, beside a server that may be running.
fn with_state<F>(path: Option<PathBuf>, command: impl FnOnce(AppState) -> F) -> ExitCode
where
    F: Future<Output = anyhow::Result<()>>,
{
    configured(path, async move |config| {
        let state = AppState::open(config, Clock::system(), Sharing::Command).await?;
        command(state).await
    })
}

impl From<Kind> for CheckKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Siren => Self::Siren,
            Kind::Siret => Self::Siret,
            Kind::Vat => Self::Vat,
            Kind::Siae => Self::Siae,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_coherent() {
        Cli::command().debug_assert();
    }
}
