//! `spaser lists`: the published lists that prove, imported and looked at beside a running portal.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use domain::identifiers::Siren;
use domain::lists::{Field, ListKind, Mapping, Outcome};
use domain::text::Lang;
use serde_json::json;
use store::lists::{self as kept, Failure, Import, NotPut, State};

use super::output::say;
use crate::lists::{self, By, Put};
use crate::state::AppState;

#[derive(Debug, Subcommand)]
pub(super) enum ListsCommand {
    /// Importe une liste publiée, CSV ou XLSX, la compare à celle en vigueur et la met en vigueur. Code 1 si elle est refusée.
    Import(ImportOptions),
    /// Les listes en vigueur : date, lignes, ancienneté, fichiers à décider.
    Status {
        /// Répond en JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ce que les listes en vigueur disent d’une entreprise, en JSON.
    Show { siren: String },
    /// Revient à la version d’avant celle qui est en vigueur.
    RollBack {
        /// esus, ess-france, inclusion ou egapro.
        list: ListKind,
        /// Reste dans l’historique.
        #[arg(long, value_name = "MOTIF")]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct ImportOptions {
    /// esus, ess-france, inclusion ou egapro.
    list: ListKind,
    file: PathBuf,
    /// Lit et compare sans mettre en vigueur.
    #[arg(long)]
    dry_run: bool,
    /// La liste peut perdre beaucoup de lignes (réglage `lists.shrink_percent`).
    #[arg(long)]
    confirm_shrink: bool,
    /// Colonne d’un champ : siren, siret, name, kind, reference, `valid_from`, `valid_to`, department, year ou score. Retenue pour
    /// les fichiers de mêmes titres.
    #[arg(long = "map", value_name = "CHAMP=COLONNE")]
    columns: Vec<String>,
    /// Date de la liste par son éditeur (AAAA-MM-JJ) ; par défaut, aujourd’hui.
    #[arg(long, value_name = "DATE")]
    published_on: Option<NaiveDate>,
    /// Répond en JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(state: &AppState, command: ListsCommand) -> anyhow::Result<()> {
    match command {
        ListsCommand::Import(options) => import(state, options).await,
        ListsCommand::Status { json } => status(state, json).await,
        ListsCommand::Show { siren } => show(state, &siren).await,
        ListsCommand::RollBack { list, reason } => roll_back(state, list, &reason).await,
    }
}

async fn import(state: &AppState, options: ImportOptions) -> anyhow::Result<()> {
    let told = told(&options.columns)?;
    if options.published_on > Some(state.clock.today()) {
        bail!("--published-on : une liste ne peut pas dater de demain");
    }
    let (path, list) = (options.file.clone(), options.list);
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let opened = {
        let path = path.clone();
        tokio::task::spawn_blocking(move || lists::open(&path, list)).await?
    };
    let opened = opened.with_context(|| path.display().to_string())?;
    let offered = lists::offer(
        state,
        list,
        opened,
        &name,
        options.published_on,
        By::Command,
    )
    .await?;
    let done = judged(state, offered.id, &path, told, &options).await;
    if !matches!(done, Ok(true)) {
        // What is not put in force leaves nothing behind.
        lists::discard(state, offered.id, By::Command).await?;
    }
    done.map(|_| ())
}

/// Reads the file and puts it in force, unless nothing may be; whether it is.
async fn judged(
    state: &AppState,
    id: i64,
    path: &Path,
    told: Mapping,
    options: &ImportOptions,
) -> anyhow::Result<bool> {
    let columns = if told.is_empty() {
        None
    } else {
        let import = kept::find(state.store.read(), id).await?;
        let import = import.context("le fichier a disparu")?;
        let mut mapping = import.mapping;
        // Two fields in one column: the one that was told.
        mapping.retain(|_, heading| !told.values().any(|other| other == heading));
        mapping.extend(told);
        Some((mapping, import.published_on))
    };
    let import = lists::read(state, id, path, columns).await?;
    let Some(outcome) = &import.outcome else {
        let why = import.failure.as_ref().map_or_else(String::new, failure);
        bail!("{} : {why}", path.display());
    };
    say(&if options.json {
        serde_json::to_string_pretty(&json!({
            "import": import.id,
            "list": import.list,
            "columns": import.mapping,
            "published_on": import.published_on,
            "sha256": import.sha256,
            "dry_run": options.dry_run,
            "outcome": outcome,
        }))?
    } else {
        told_outcome(&import, outcome)?
    })?;
    if options.dry_run {
        return Ok(false);
    }
    match lists::put_in_force(state, id, options.confirm_shrink, By::Command).await? {
        Put::Done => {
            if !options.json {
                say("La liste est en vigueur.")?;
            }
            Ok(true)
        }
        Put::Shrinks => bail!(
            "la liste perdrait plus de {} % de ses lignes : vérifiez le fichier, puis ajoutez --confirm-shrink",
            state.config.lists.shrink_percent
        ),
        Put::Not(not) => bail!("{}", not_put(not)),
    }
}

/// `field=heading`.
fn told(columns: &[String]) -> anyhow::Result<Mapping> {
    let mut mapping = Mapping::new();
    for one in columns {
        let (code, heading) = one
            .split_once('=')
            .with_context(|| format!("« {one} » : champ=colonne attendu"))?;
        let field = Field::from_code(code.trim())
            .with_context(|| format!("« {code} » n’est pas un champ"))?;
        mapping.insert(field, heading.trim().to_owned());
    }
    Ok(mapping)
}

fn told_outcome(import: &Import, outcome: &Outcome) -> anyhow::Result<String> {
    let mut out = format!("{} : {}\n", import.list.label().fr, import.file_name);
    let difference = &outcome.difference;
    let before = difference
        .before
        .map_or("aucune".to_owned(), |n| n.to_string());
    writeln!(
        out,
        "lignes {}, en vigueur aujourd’hui {before}",
        outcome.rows
    )?;
    writeln!(
        out,
        "ajoutées {}, retirées {}, modifiées {}",
        difference.added, difference.removed, difference.changed
    )?;
    writeln!(
        out,
        "refusées {}, en double {}, contradictions {}, dates laissées de côté {}",
        outcome.refused, outcome.duplicates, outcome.contradicted, outcome.left_out
    )?;
    for (mark, examples) in [
        ('-', &difference.removed_examples),
        ('~', &difference.changed_examples),
        ('+', &difference.added_examples),
    ] {
        for example in examples {
            let name = example.name.as_deref().unwrap_or_default();
            writeln!(out, "  {mark} {} {name}", example.key)?;
        }
    }
    for problem in &outcome.problems {
        writeln!(
            out,
            "  ligne {}, {} : {} ({})",
            problem.line,
            problem.field.label().fr,
            problem.kind.words().fr,
            problem.value
        )?;
    }
    for one in &outcome.contradictions {
        let lines: Vec<String> = one.lines.iter().map(u64::to_string).collect();
        let fields: Vec<&str> = one.fields.iter().map(|field| field.label().fr).collect();
        writeln!(
            out,
            "  {} : lignes {} contradictoires sur {}",
            one.number,
            lines.join(", "),
            fields.join(", ")
        )?;
    }
    Ok(out.trim_end().to_owned())
}

fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Mapping(wrong) => format!("{wrong} ; indiquez-la par --map champ=colonne"),
        Failure::TooManyRows => "plus d’un million de lignes".to_owned(),
        Failure::NoRows => "aucune ligne ne donne un SIREN ou un SIRET lisible".to_owned(),
        Failure::NotATable => "ni un CSV, ni un classeur XLSX lisible".to_owned(),
        Failure::Gone => "le fichier n’est plus là".to_owned(),
        Failure::Interrupted => "le disque ou la base n’a pas répondu".to_owned(),
    }
}

const fn not_put(not: NotPut) -> &'static str {
    match not {
        NotPut::NotRead => "ce fichier est déjà décidé",
        NotPut::Outdated => "une autre version est entrée en vigueur entre-temps : recommencez",
        NotPut::NothingBefore => "les lignes de la version précédente ne sont plus gardées",
    }
}

async fn status(state: &AppState, as_json: bool) -> anyhow::Result<()> {
    let db = state.store.read();
    let in_force = kept::in_force(db).await?;
    let pending = kept::pending(db, 200).await?;
    let today = state.clock.today();
    let mut answer = Vec::new();
    for list in ListKind::ALL {
        let force = in_force.iter().find(|(import, _)| import.list == list);
        let waiting = pending.iter().filter(|import| import.list == list);
        let reading = waiting
            .clone()
            .filter(|import| import.state == State::Reading);
        let old =
            force.map(|(import, _)| (today - import.published_on).num_days() > list.fresh_days());
        answer.push(json!({
            "list": list,
            "in_force": force.map(|(import, since)| json!({
                "import": import.id,
                "published_on": import.published_on,
                "since": since,
                "rows": import.rows,
                "file": import.file_name,
                "sha256": import.sha256,
                "old": old,
            })),
            "pending": waiting.count(),
            "reading": reading.count(),
        }));
    }
    if as_json {
        return say(&serde_json::to_string_pretty(&answer)?);
    }
    for list in ListKind::ALL {
        let label = list.label().get(Lang::Fr);
        let line = match in_force.iter().find(|(import, _)| import.list == list) {
            None => format!("{list} : {label}, jamais importée"),
            Some((import, since)) => {
                let age = (today - import.published_on).num_days();
                let old = if age > list.fresh_days() {
                    ", à mettre à jour"
                } else {
                    ""
                };
                format!(
                    "{list} : {label} du {}, {} lignes, en vigueur depuis le {}{old}",
                    import.published_on,
                    import.rows,
                    since.date_naive()
                )
            }
        };
        say(&line)?;
    }
    Ok(())
}

async fn show(state: &AppState, siren: &str) -> anyhow::Result<()> {
    let siren =
        Siren::parse(siren).map_err(|_| anyhow::anyhow!("« {siren} » n’est pas un SIREN"))?;
    let listed = kept::proofs(state.store.read(), &[siren]).await?;
    say(&serde_json::to_string_pretty(&listed)?)
}

async fn roll_back(state: &AppState, list: ListKind, reason: &str) -> anyhow::Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        bail!("--reason : donnez le motif, il reste dans l’historique");
    }
    let in_force = kept::in_force(state.store.read()).await?;
    let current = in_force.into_iter().find(|(import, _)| import.list == list);
    let (import, _) = current.context("aucune version de cette liste n’est en vigueur")?;
    match lists::roll_back(state, import.id, reason, By::Command).await? {
        Ok(()) => say(&match import.base {
            Some(base) => format!("Le fichier n° {base} est de nouveau en vigueur."),
            None => "Plus aucune version de cette liste n’est en vigueur.".to_owned(),
        }),
        Err(not) => bail!("{}", not_put(not)),
    }
}
