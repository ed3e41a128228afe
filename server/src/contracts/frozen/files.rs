//! The two files of a frozen state: their names, their bytes, and whether they are still those that were frozen.
//!
//! Nothing of a file is given before all its lines were read once and found to be those of its hash.

use std::io::Write;
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use domain::contracts::Mode;
use futures::{Stream, StreamExt, TryStreamExt, future, pin_mut, stream};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::buyer::BuyerStore;
use store::buyer::frozen::{FrozenYear, columns};

use super::{Cells, FrozenError};

/// The script that computes the figures again from both files.
pub const RECOMPUTE: &str = include_str!("../../../../end2end/tools/recompute.mjs");

/// One of the files of a frozen state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Figures,
    Contracts,
}

impl Part {
    const ALL: [Self; 2] = [Self::Figures, Self::Contracts];

    const fn ending(self) -> &'static str {
        match self {
            Self::Figures => "indicateurs.json",
            Self::Contracts => "marches.csv",
        }
    }
}

/// `spaser-2025-1-initial-marches.csv`.
pub fn file_name(year: i32, edition: u32, mode: Mode, part: Part) -> String {
    format!("spaser-{year}-{edition}-{}-{}", mode.code(), part.ending())
}

/// The state and the file that a name says, written as [`file_name`] writes it.
pub fn part(name: &str) -> Option<(i32, u32, Mode, Part)> {
    let mut words = name.splitn(5, '-');
    let year = words.nth(1)?.parse().ok()?;
    let edition = words.next()?.parse().ok()?;
    let mode = words.next()?;
    let mode = Mode::ALL.into_iter().find(|one| one.code() == mode)?;
    let ending = words.next()?;
    let part = Part::ALL.into_iter().find(|one| one.ending() == ending)?;
    (file_name(year, edition, mode, part) == name).then_some((year, edition, mode, part))
}

/// Lines as CSV (RFC 4180, UTF-8).
pub(super) fn csv(lines: &[Cells], with_headings: bool) -> Result<Vec<u8>, FrozenError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if with_headings {
        writer.write_record(columns().map(|(name, _)| name))?;
    }
    for line in lines {
        writer.write_record(
            line.iter()
                .map(|cell| safe(cell.as_deref().unwrap_or_default())),
        )?;
    }
    Ok(writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?)
}

/// No spreadsheet takes a number of contract for a formula.
fn safe(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The file of figures: what describes a frozen state, its definitions, the hash of its file of contracts, its figures.
pub fn description(frozen: &FrozenYear) -> Result<String, FrozenError> {
    let figures: Value = serde_json::from_str(&frozen.figures)?;
    let described = json!({
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
    });
    Ok(serde_json::to_string_pretty(&described)? + "\n")
}

/// The file of contracts, one page of lines after the other.
pub fn lines(
    buyer: BuyerStore,
    frozen: FrozenYear,
) -> impl Stream<Item = Result<Bytes, FrozenError>> + Send {
    let head = stream::once(future::ready(csv(&[], true)));
    let pages = stream::try_unfold(0, move |after| {
        let (buyer, frozen) = (buyer.clone(), frozen.clone());
        async move {
            let page = buyer.frozen_lines(&frozen, after).await?;
            let next = after + page.len();
            Ok((!page.is_empty()).then_some((csv(&page, false)?, next)))
        }
    });
    head.chain(pages).map_ok(Bytes::from)
}

/// An error when the lines are no longer those that were frozen.
pub async fn intact(buyer: &BuyerStore, frozen: &FrozenYear) -> Result<(), FrozenError> {
    let mut hash = Sha256::new();
    let file = lines(buyer.clone(), frozen.clone());
    pin_mut!(file);
    while let Some(bytes) = file.try_next().await? {
        hash.update(&bytes);
    }
    if hex::encode(hash.finalize()) == frozen.sha256 {
        Ok(())
    } else {
        Err(FrozenError::Altered(frozen.edition))
    }
}

/// Writes the files of an edition into a folder, of the latest when none is given; their paths.
pub async fn export(
    buyer: &BuyerStore,
    year: i32,
    edition: Option<u32>,
    folder: &Path,
) -> Result<Vec<PathBuf>, FrozenError> {
    let mut years = buyer.frozen_years().await?;
    years.retain(|frozen| frozen.year == year);
    let latest = years.first().map(|latest| latest.edition);
    let edition = edition
        .or(latest)
        .filter(|_| latest.is_some())
        .ok_or(FrozenError::NotFrozen(year))?;
    years.retain(|frozen| frozen.edition == edition);
    if years.is_empty() {
        return Err(FrozenError::NoEdition(year, edition));
    }
    std::fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    for frozen in years {
        intact(buyer, &frozen).await?;
        let path = |part| folder.join(file_name(year, edition, frozen.mode, part));
        let [figures, contracts] = Part::ALL.map(path);
        std::fs::write(&figures, description(&frozen)?)?;
        let mut file = std::fs::File::create(&contracts)?;
        let bytes = lines(buyer.clone(), frozen);
        pin_mut!(bytes);
        while let Some(bytes) = bytes.try_next().await? {
            file.write_all(&bytes)?;
        }
        written.extend([figures, contracts]);
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_file_and_back() {
        let file = (2025, 2, Mode::Current, Part::Contracts);
        assert_eq!(part("spaser-2025-2-current-marches.csv"), Some(file));
        for other in [
            "spaser-2025-02-current-marches.csv",
            "spaser-2025-2-current-marches.json",
            "autre-2025-2-current-marches.csv",
            "spaser-2025-2",
            "",
        ] {
            assert_eq!(part(other), None, "{other}");
        }
    }
}
