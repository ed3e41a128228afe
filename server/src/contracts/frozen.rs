//! Freezes a year and gives it back as files: the figures in JSON, and the contracts behind them in CSV, from which anyone can
//! compute the figures again.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use domain::contracts::{Mode, RULE_VERSION};
use domain::indicators::{Asked, report};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::buyer::BuyerStore;
use store::buyer::frozen::{FrozenYear, columns};

use crate::clock::Clock;

/// How often the data may change while they are read.
const ATTEMPTS: u32 = 3;

/// A line of the published file.
type Cells = Vec<Option<String>>;

/// Freezes both states of a year; the number of the edition.
pub async fn freeze(
    buyer: &BuyerStore,
    asked: &Asked,
    note: &str,
    by: &str,
    clock: &Clock,
) -> anyhow::Result<u32> {
    let mut states = Vec::new();
    for mode in Mode::ALL {
        let asked = Asked {
            mode,
            ..asked.clone()
        };
        states.push(read(buyer, &asked, note, by, clock).await?);
    }
    Ok(buyer.keep_frozen(&states, clock.now()).await?)
}

/// The figures and the lines of one moment: read again when something changed in between.
async fn read(
    buyer: &BuyerStore,
    asked: &Asked,
    note: &str,
    by: &str,
    clock: &Clock,
) -> anyhow::Result<(FrozenYear, Vec<Cells>)> {
    let today = clock.today();
    for _ in 0..ATTEMPTS {
        let facts = buyer.year_facts(asked, today).await?;
        let lines = buyer.year_lines(asked, today).await?;
        if buyer.year_facts(asked, today).await? != facts {
            continue;
        }
        let kinds: Vec<&str> = asked.kinds.0.iter().map(|kind| kind.code()).collect();
        let frozen = FrozenYear {
            year: asked.year,
            edition: 0,
            mode: asked.mode,
            buyer_siren: asked.buyer.to_string(),
            kinds: kinds.join(" "),
            rule_version: RULE_VERSION.to_owned(),
            data_date: facts.data_date.clone(),
            sha256: hex::encode(Sha256::digest(csv(&lines, true)?)),
            figures: serde_json::to_string(&report(asked, &facts))?,
            note: note.to_owned(),
            frozen_by: by.to_owned(),
        };
        return Ok((frozen, lines));
    }
    bail!("les données changent pendant la lecture : réessayez après l’import en cours")
}

/// Lines as CSV (RFC 4180, UTF-8).
fn csv(lines: &[Cells], with_headings: bool) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if with_headings {
        writer.write_record(columns())?;
    }
    for line in lines {
        writer.write_record(
            line.iter()
                .map(|cell| safe(cell.as_deref().unwrap_or_default())),
        )?;
    }
    writer.into_inner().context("a file in memory")
}

/// No spreadsheet takes a number of contract for a formula.
fn safe(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// What describes a frozen state: its definitions, the hash of its file, its figures.
fn description(frozen: &FrozenYear) -> anyhow::Result<Value> {
    let figures: Value = serde_json::from_str(&frozen.figures)?;
    Ok(json!({
        "year": frozen.year,
        "edition": frozen.edition,
        "mode": frozen.mode.code(),
        "buyer_siren": frozen.buyer_siren,
        "kinds": frozen.kinds.split(' ').collect::<Vec<_>>(),
        "rule_version": frozen.rule_version,
        "data_date": frozen.data_date,
        "sha256": frozen.sha256,
        "note": frozen.note,
        "figures": figures,
    }))
}

/// What was frozen, without the data.
pub async fn list(buyer: &BuyerStore) -> anyhow::Result<Vec<Value>> {
    let years = buyer.frozen_years().await?;
    let heads = years.iter().map(|frozen| {
        json!({
            "year": frozen.year,
            "edition": frozen.edition,
            "mode": frozen.mode.code(),
            "sha256": frozen.sha256,
            "note": frozen.note,
            "frozen_by": frozen.frozen_by,
        })
    });
    Ok(heads.collect())
}

/// Writes the files of an edition into a folder, of the latest when none is given; their paths.
pub async fn export(
    buyer: &BuyerStore,
    year: i32,
    edition: Option<u32>,
    folder: &Path,
) -> anyhow::Result<Vec<PathBuf>> {
    let mut years = buyer.frozen_years().await?;
    years.retain(|frozen| frozen.year == year);
    let Some(edition) = edition.or_else(|| years.first().map(|latest| latest.edition)) else {
        bail!("l’année {year} n’est pas arrêtée");
    };
    years.retain(|frozen| frozen.edition == edition);
    if years.is_empty() {
        bail!("l’année {year} n’a pas d’édition {edition}");
    }
    std::fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    for frozen in &years {
        let name = |what: &str, extension: &str| {
            let mode = frozen.mode.code();
            folder.join(format!("spaser-{year}-{edition}-{mode}-{what}.{extension}"))
        };
        let mut file = csv(&[], true)?;
        let mut after = 0;
        loop {
            let page = buyer.frozen_lines(frozen, after).await?;
            if page.is_empty() {
                break;
            }
            after += page.len();
            file.extend(csv(&page, false)?);
        }
        if hex::encode(Sha256::digest(&file)) != frozen.sha256 {
            bail!("les marchés de l’édition {edition} ne sont plus ceux qui ont été arrêtés");
        }
        let (contracts, figures) = (name("marches", "csv"), name("indicateurs", "json"));
        std::fs::write(&contracts, file)?;
        let text = serde_json::to_string_pretty(&description(frozen)?)?;
        std::fs::write(&figures, text + "\n")?;
        written.extend([figures, contracts]);
    }
    Ok(written)
}
