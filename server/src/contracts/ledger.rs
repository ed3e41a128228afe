//! Imports payments from an export of the accounts, CSV or workbook: which column gives what is guessed from the headings, told
//! by hand, or remembered from the last file with the same ones.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow};
use domain::indicators::{Payment, PaymentLine};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::buyer::BuyerStore;
use store::buyer::contracts::{Import, ImportRefused};
use store::buyer::payments::PaymentBatch;

use super::import::{ImportError, stopped};
use super::sheet::{Line, Sheet};
use super::taken_over::Refused;
use crate::clock::Clock;

/// Lines of one transaction.
const BATCH: usize = 1000;

/// What a line of a ledger says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// SIREN, SIRET or VAT number.
    Supplier,
    Date,
    Amount,
    Direction,
    Reference,
}

impl Field {
    pub const ALL: [Self; 5] = [
        Self::Supplier,
        Self::Date,
        Self::Amount,
        Self::Direction,
        Self::Reference,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Date => "date",
            Self::Amount => "amount",
            Self::Direction => "direction",
            Self::Reference => "reference",
        }
    }

    /// A line without it says nothing.
    const fn is_required(self) -> bool {
        matches!(self, Self::Supplier | Self::Date | Self::Amount)
    }

    /// Words of the headings of usual exports, the surest first.
    const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Supplier => &["siret", "siren", "tiers", "fournisseur", "supplier"],
            Self::Date => &["date", "jour"],
            Self::Amount => &["montant ht", "montant_ht", "montant", "amount"],
            Self::Direction => &["direction", "service", "department"],
            Self::Reference => &["reference", "référence", "mandat", "piece", "pièce"],
        }
    }
}

/// Which column gives each field.
pub type Mapping = BTreeMap<Field, String>;

/// Why a mapping cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum WrongMapping {
    #[error("aucune colonne pour « {0} » ; indiquez-la par --columns {0}=…")]
    Missing(&'static str),
    #[error("colonne absente du fichier : {0}")]
    Unknown(String),
    #[error(
        "« {0} » : champ=colonne attendu, champs : supplier, date, amount, direction, reference"
    )]
    Malformed(String),
}

/// What an import of payments did, or would do.
#[derive(Clone, Debug, Serialize)]
pub struct Imported {
    pub dry_run: bool,
    pub mapping: Mapping,
    pub read: u64,
    pub created: u64,
    pub unchanged: u64,
    pub rejected: Vec<Refused>,
}

/// How an import is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `field=heading`.
    pub columns: Vec<String>,
    /// Reads and checks, writes nothing.
    pub dry_run: bool,
    /// Writes the good lines even if others are refused.
    pub partial: bool,
}

/// The mapping for these headings: what was told, then what was remembered, then what the headings say.
pub fn mapping(
    headings: &[String],
    told: &[String],
    remembered: Option<Mapping>,
) -> Result<Mapping, WrongMapping> {
    let mut mapping = remembered.unwrap_or_default();
    for field in Field::ALL {
        if mapping.contains_key(&field) {
            continue;
        }
        let guess = field.headings().iter().find_map(|word| {
            let exact = headings.iter().find(|heading| heading == word);
            exact.or_else(|| headings.iter().find(|heading| heading.contains(word)))
        });
        if let Some(heading) = guess {
            mapping.insert(field, heading.clone());
        }
    }
    for one in told {
        let (name, heading) = one
            .split_once('=')
            .ok_or_else(|| WrongMapping::Malformed(one.clone()))?;
        let field = Field::ALL
            .into_iter()
            .find(|field| field.code() == name.trim())
            .ok_or_else(|| WrongMapping::Malformed(one.clone()))?;
        mapping.insert(field, heading.trim().to_lowercase());
    }
    for heading in mapping.values() {
        if !headings.contains(heading) {
            return Err(WrongMapping::Unknown(heading.clone()));
        }
    }
    let missing = |field: &Field| field.is_required() && !mapping.contains_key(field);
    match Field::ALL.into_iter().find(missing) {
        Some(field) => Err(WrongMapping::Missing(field.code())),
        None => Ok(mapping),
    }
}

/// Imports a ledger; `by` is who asked for it. Nothing is written when a line is refused, unless told otherwise.
pub async fn import(
    buyer: &BuyerStore,
    path: &Path,
    options: &Options,
    by: &str,
    clock: &Clock,
) -> Result<Imported, ImportError> {
    let now = clock.now();
    let today = domain::civil::paris_day(now);
    let sheet = Sheet::open(path).context("reading the ledger")?;
    let (headings, format) = (sheet.headings.join("\u{1f}"), sheet.format);
    let saved = buyer.ledger_mapping(&headings).await;
    let saved = saved.context("reading the mapping")?;
    let remembered = saved.and_then(|json| serde_json::from_str(&json).ok());
    let mapping = mapping(&sheet.headings, &options.columns, remembered)
        .context("the columns of the ledger")?;
    // A first reading checks every line, so that a bad one is known before anything is written.
    let (mut read, mut rejected) = (0, Vec::new());
    for line in sheet.lines() {
        read += 1;
        if let Err(refused) = payment(&line.context("reading the ledger")?, &mapping, today) {
            rejected.push(refused);
        }
    }
    let mut imported = Imported {
        dry_run: options.dry_run,
        mapping,
        read,
        created: 0,
        unchanged: 0,
        rejected,
    };
    if options.dry_run || (!imported.rejected.is_empty() && !options.partial) {
        return Ok(imported);
    }
    let json = serde_json::to_string(&imported.mapping).context("the mapping")?;
    buyer
        .save_ledger_mapping(&headings, &json, by, now)
        .await
        .context("saving the mapping")?;
    let wanted = Import {
        id: uuid::Uuid::now_v7().to_string(),
        subject: "payments",
        file_name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        sha256: Some(checksum(path).context("reading the ledger")?),
        format,
        size_bytes: None,
        schema: None,
        by: by.to_owned(),
    };
    let begun = match buyer.begin_import(&wanted, now).await {
        Ok(begun) => begun,
        Err(ImportRefused::Busy { file_name }) => return Err(ImportError::Busy { file_name }),
        Err(ImportRefused::Store(error)) => return Err(anyhow!(error).into()),
    };
    let session = buyer
        .session()
        .await
        .context("opening the buyer database")?;
    let skip = usize::try_from(begun.read).unwrap_or(usize::MAX);
    let sheet = Sheet::open(path).context("reading the ledger")?;
    let mut lines = sheet.lines().skip(skip).peekable();
    while lines.peek().is_some() {
        let mut batch = PaymentBatch::default();
        for line in lines.by_ref().take(BATCH) {
            batch.read += 1;
            match payment(
                &line.context("reading the ledger")?,
                &imported.mapping,
                today,
            ) {
                Ok(payment) => batch.payments.push(payment),
                Err(_) => batch.refused += 1,
            }
        }
        let added = session.add_payments(&begun.running, &batch, clock.now());
        added.await.map_err(stopped)?;
    }
    session.close().await;
    let ended = buyer.end_import(&begun.running, None, clock.now()).await;
    let counts = ended.map_err(stopped)?;
    imported.unchanged = counts.known;
    imported.created = counts.kept.saturating_sub(counts.known);
    Ok(imported)
}

fn payment(
    (line, cells): &Line,
    mapping: &Mapping,
    today: chrono::NaiveDate,
) -> Result<Payment, Refused> {
    let cell = |field: Field| {
        let heading = mapping.get(&field)?;
        cells.get(heading).map(String::as_str)
    };
    let read = PaymentLine {
        supplier: cell(Field::Supplier),
        date: cell(Field::Date),
        amount: cell(Field::Amount),
        direction: cell(Field::Direction),
        reference: cell(Field::Reference),
    };
    Payment::read(read, today).map_err(|(field, code)| Refused {
        line: *line,
        field,
        code,
    })
}

fn checksum(path: &Path) -> std::io::Result<String> {
    let mut digest = Sha256::new();
    std::io::copy(&mut std::fs::File::open(path)?, &mut digest)?;
    Ok(hex::encode(digest.finalize()))
}
