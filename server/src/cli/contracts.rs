//! `spaser contracts`, `spaser qualifications` and `spaser indicators`: what comes into the buyer database, and its figures.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};
use domain::claims::KindSet;
use domain::contracts::Mode;
use domain::identifiers::Siren;
use domain::indicators::{Asked, Narrowing, from_ledger, report};
use serde_json::json;
use store::buyer::BuyerStore;

use super::export::{self, ExportOptions};
use super::output::{complain, say};
use crate::contracts::case::{self, CaseError};
use crate::contracts::import::import;
use crate::contracts::{Source, as_of, taken_over};
use crate::state::AppState;

/// Records read at a time.
const QUARANTINE_PAGE: u64 = 500;

#[derive(Debug, Subcommand)]
pub(super) enum ContractsCommand {
    /// Compare des fichiers au schéma officiel, sans rien importer. Code 1 si un enregistrement n’y est pas conforme.
    Check {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    #[command(flatten)]
    Stored(StoredCommand),
}

/// What needs the buyer database.
#[derive(Debug, Subcommand)]
pub(super) enum StoredCommand {
    /// Importe des données essentielles (DECP) : JSON 2.0.3 ou 1.5, XML, CSV consolidé. Reprend un import interrompu.
    Import {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Les imports, les derniers d’abord : état, empreinte, comptes.
    History {
        /// Page, à partir de 1.
        #[arg(long, default_value_t = 1)]
        page: u64,
    },
    /// Retire exactement ce qu’un import a apporté, marchés ou paiements. Interrompu, il reprend.
    RollBack { import: String },
    /// Tous les marchés d’une année, comme la page des indicateurs les donne à télécharger.
    Export(ExportOptions),
    /// Ce qu’un import a mis de côté, une ligne JSON par enregistrement : rang, raison, texte reçu.
    Quarantine { import: String },
}

#[derive(Debug, Subcommand)]
pub(super) enum QualificationsCommand {
    /// Reprend des statuts validés ailleurs : CSV, XLSX ou JSON. Une ligne fausse : rien n’est écrit, code 1.
    Import {
        file: PathBuf,
        /// Écrit les lignes justes même si d’autres sont fausses.
        #[arg(long)]
        partial: bool,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ModeName {
    Initial,
    Current,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SourceName {
    Contracts,
    Ledger,
}

impl From<ModeName> for Mode {
    fn from(name: ModeName) -> Self {
        match name {
            ModeName::Initial => Self::Initial,
            ModeName::Current => Self::Current,
        }
    }
}

pub(super) async fn contracts(state: &AppState, command: StoredCommand) -> anyhow::Result<()> {
    let buyer = state.buyer.clone();
    buyer.migrate(state.clock.now()).await?;
    match command {
        StoredCommand::Import { files } => import_files(state, &buyer, files).await,
        StoredCommand::History { page } => history(&buyer, page).await,
        StoredCommand::RollBack { import } => {
            let (now, today) = (state.clock.now(), state.clock.today());
            buyer.roll_back(&import, "cli", now, today).await?;
            say(&json!({ "rolled_back": import }).to_string())
        }
        StoredCommand::Export(options) => export::run(state, &buyer, options).await,
        StoredCommand::Quarantine { import } => quarantine(&buyer, &import).await,
    }
}

async fn history(buyer: &BuyerStore, page: u64) -> anyhow::Result<()> {
    let (imports, total) = buyer.imports(page).await?;
    let imports: Vec<_> = imports
        .into_iter()
        .map(|one| {
            json!({
                "import_id": one.id,
                "subject": one.subject,
                "file_name": one.file_name,
                "sha256": one.sha256,
                "format": one.format,
                "state": one.state.code(),
                "failure": one.failure,
                "imported_by": one.by,
                "started_at": one.started_at,
                "ended_at": one.ended_at,
                "ended_by": one.ended_by,
                "read": one.counts.read,
                "kept": one.counts.kept,
                "known": one.counts.known,
                "quarantined": one.counts.quarantined,
                "schema": one.schema,
                "checked": one.counts.checked,
                "conforming": one.counts.conforming,
            })
        })
        .collect();
    let answer = json!({ "total": total, "imports": imports });
    say(&serde_json::to_string_pretty(&answer)?)
}

async fn quarantine(buyer: &BuyerStore, import: &str) -> anyhow::Result<()> {
    let mut after = 0;
    loop {
        let page = buyer.quarantined(import, after, QUARANTINE_PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.position;
        for one in &page {
            let line =
                json!({ "position": one.position, "reason": one.reason, "record": one.text });
            say(&line.to_string())?;
        }
    }
}

async fn import_files(
    state: &AppState,
    buyer: &BuyerStore,
    files: Vec<PathBuf>,
) -> anyhow::Result<()> {
    let siren = buyer_siren(state)?;
    let mut done = Vec::new();
    for file in files {
        let source = Source::open(&file).with_context(|| file.display().to_string())?;
        let progress = |read| tracing::debug!(event = "import_progress", read);
        let imported = import(buyer, &siren, source, "cli", &state.clock, progress)
            .await
            .with_context(|| file.display().to_string())?;
        done.push(imported);
    }
    say(&serde_json::to_string_pretty(&done)?)
}

pub(super) async fn qualifications(
    state: &AppState,
    command: QualificationsCommand,
) -> anyhow::Result<()> {
    let QualificationsCommand::Import { file, partial } = command;
    let lines = taken_over::lines(&file).with_context(|| file.display().to_string())?;
    let (mut good, mut rejected) = (Vec::new(), Vec::new());
    for line in &lines {
        match taken_over::check(line) {
            Ok(one) => good.push(one),
            Err(refused) => rejected.push(refused),
        }
    }
    let (mut created, mut unchanged) = (0, 0);
    if rejected.is_empty() || partial {
        let buyer = state.buyer.clone();
        let now = state.clock.now();
        buyer.migrate(now).await?;
        let import = uuid::Uuid::now_v7().to_string();
        let done = buyer.take_over(&import, &good, now).await?;
        (created, unchanged) = (done.created, done.unchanged);
    }
    say(&serde_json::to_string_pretty(&json!({
        "read": lines.len(),
        "created": created,
        "unchanged": unchanged,
        "rejected": rejected,
    }))?)?;
    if rejected.is_empty() {
        Ok(())
    } else if partial {
        bail!(
            "{} ligne(s) refusée(s), les autres sont reprises",
            rejected.len()
        )
    } else {
        bail!("{} ligne(s) refusée(s), rien n’a été écrit", rejected.len())
    }
}

pub(super) async fn indicators(
    state: &AppState,
    year: i32,
    mode: ModeName,
    as_of: Option<NaiveDate>,
    source: SourceName,
) -> anyhow::Result<()> {
    let asked = Asked {
        buyer: buyer_siren(state)?,
        year,
        mode: mode.into(),
        kinds: KindSet::solidarity_default(),
        narrowing: Narrowing::default(),
    };
    let today = state.clock.today();
    let buyer = state.buyer.clone();
    buyer.migrate(state.clock.now()).await?;
    let known = if let Some(day) = as_of {
        as_of::read(&buyer, &asked, day).await?
    } else {
        buyer.release(today).await?;
        as_of::Known {
            contracts: buyer.year_facts(&asked, today).await?,
            ledger: buyer.ledger_facts(&asked).await?,
        }
    };
    let mut answer = report(&asked, &known.contracts);
    if source == SourceName::Ledger {
        answer = from_ledger(answer, &known.ledger);
    }
    say(&serde_json::to_string_pretty(&answer)?)
}

pub(super) fn buyer_siren(state: &AppState) -> anyhow::Result<Siren> {
    Siren::parse(&state.config.site.buyer_siren)
        .map_err(|error| anyhow::anyhow!("site.buyer_siren : {error}"))
}

/// Neither configuration nor database of the portal; a malformed case: 2.
pub(super) fn case(file: &Path) -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    let answered = read(file)
        .map_err(|error| CaseError::Malformed(format!("{} : {error}", file.display())))
        .and_then(|json| runtime.block_on(case::run(&json)))
        .and_then(|report| {
            let text = serde_json::to_string_pretty(&report).context("writing the answer")?;
            Ok(say(&text)?)
        });
    match answered {
        Ok(()) => ExitCode::SUCCESS,
        Err(CaseError::Malformed(text)) => {
            complain(&text);
            ExitCode::from(2)
        }
        Err(CaseError::Other(error)) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut json = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut json)?;
    } else {
        json = std::fs::read(file)?;
    }
    Ok(json)
}
