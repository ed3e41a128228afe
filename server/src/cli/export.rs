//! `spaser contracts export`: the contracts of a year as a file, written as they are read.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use app::i18n::Lang;
use app::views::FileFormat;
use clap::{Args, ValueEnum};
use domain::claims::KindSet;
use domain::indicators::{Asked, Measure, Narrowing};
use futures::TryStreamExt;
use store::buyer::BuyerStore;

use super::contracts::{ModeName, buyer_siren};
use crate::contracts::export::{AT_A_TIME, Wanted, table};
use crate::export::parts;
use crate::state::AppState;

#[derive(Debug, Args)]
pub(super) struct ExportOptions {
    /// Année civile de notification.
    #[arg(long)]
    year: i32,
    /// Marchés tels que notifiés, ou modifications comprises.
    #[arg(long, value_enum, default_value = "initial")]
    mode: ModeName,
    #[arg(long, value_enum, default_value = "csv")]
    format: FormatName,
    /// Langue des en-têtes et des nombres.
    #[arg(long, value_enum, default_value = "fr")]
    lang: LangName,
    /// Fichier à écrire ; « - » pour la sortie standard.
    #[arg(long, default_value = "-")]
    out: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    Csv,
    Xlsx,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LangName {
    Fr,
    En,
}

pub(super) async fn run(
    state: &AppState,
    buyer: &BuyerStore,
    options: ExportOptions,
) -> anyhow::Result<()> {
    let today = state.clock.today();
    buyer.release(today).await?;
    let wanted = Wanted {
        asked: Asked {
            buyer: buyer_siren(state)?,
            year: options.year,
            mode: options.mode.into(),
            kinds: KindSet::solidarity_default(),
            narrowing: Narrowing::default(),
        },
        today,
        measure: Measure::All,
        supplier: None,
    };
    let lang = match options.lang {
        LangName::Fr => Lang::Fr,
        LangName::En => Lang::En,
    };
    let format = match options.format {
        FormatName::Csv => FileFormat::Csv,
        FormatName::Xlsx => FileFormat::Xlsx,
    };
    let mut out = open(&options.out).with_context(|| options.out.display().to_string())?;
    let mut parts = parts(table(buyer, wanted, lang, AT_A_TIME), format);
    while let Some(part) = parts.try_next().await? {
        out.write_all(&part)?;
    }
    Ok(out.flush()?)
}

fn open(path: &Path) -> io::Result<Box<dyn Write>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdout().lock()));
    }
    Ok(Box::new(BufWriter::new(File::create(path)?)))
}
