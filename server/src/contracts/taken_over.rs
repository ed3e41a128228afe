//! Statuses that the buyer validated elsewhere, read from a table or from JSON, each line checked before any is written.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader as _};
use chrono::NaiveDate;
use domain::claims::Kind;
use domain::identifiers::{Siren, Siret};
use serde::Serialize;
use serde_json::Value;
use store::buyer::contracts::TakenOver;

/// Statuses that a file may hold; only `validated` ever counts.
const STATUSES: [&str; 5] = ["validated", "submitted", "rejected", "revoked", "withdrawn"];
const COLUMNS: [&str; 10] = [
    "siren",
    "siret",
    "kind",
    "valid_from",
    "valid_to",
    "status",
    "reference",
    "authority",
    "validated_on",
    "note",
];

/// One line as text, by column, with its number in the file.
pub type Line = (u64, BTreeMap<String, String>);

/// A line that is refused, and the first thing wrong in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    pub line: u64,
    pub field: &'static str,
    pub code: &'static str,
}

/// A file that is no table of statuses.
#[derive(Debug, thiserror::Error)]
pub enum NotStatuses {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("ni un tableau JSON, ni un CSV, ni un classeur : {0}")]
    Format(String),
    #[error("colonne absente : {0}")]
    Column(&'static str),
}

/// Reads a file of any of the three forms. Lines are numbered as a person sees them: the header is line 1.
pub fn lines(path: &Path) -> Result<Vec<Line>, NotStatuses> {
    let bytes = std::fs::read(path)?;
    let lines = if bytes.starts_with(b"PK") {
        workbook(&bytes)?
    } else {
        let text = crate::contracts::source::text(&bytes);
        match text.trim_start().chars().next() {
            Some('[' | '{') => {
                let value: Value = serde_json::from_str(&text)
                    .map_err(|error| NotStatuses::Format(error.to_string()))?;
                json(value.get("declarations").unwrap_or(&value))?
            }
            _ => table(&text)?,
        }
    };
    Ok(lines)
}

/// The items of a JSON list, numbered from 1.
pub fn json(list: &Value) -> Result<Vec<Line>, NotStatuses> {
    let list = list
        .as_array()
        .ok_or_else(|| NotStatuses::Format("liste attendue".to_owned()))?;
    let line = |(number, item): (u64, &Value)| {
        let fields = item.as_object().into_iter().flatten();
        let cells = fields.filter_map(|(name, value)| {
            let text = match value {
                Value::String(text) => text.trim().to_owned(),
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            (!text.is_empty()).then(|| (name.clone(), text))
        });
        (number, cells.collect())
    };
    Ok((1..).zip(list).map(line).collect())
}

fn table(text: &str) -> Result<Vec<Line>, NotStatuses> {
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.matches(';').count() > header.matches(',').count() {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let wrong = |error: csv::Error| NotStatuses::Format(error.to_string());
    let names: Vec<String> = reader
        .headers()
        .map_err(wrong)?
        .iter()
        .map(column)
        .collect();
    let mut lines = Vec::new();
    for (number, record) in (2..).zip(reader.records()) {
        let record = record.map_err(wrong)?;
        lines.push((number, named(&names, record.iter().map(str::to_owned))));
    }
    known(&names)?;
    Ok(lines)
}

fn workbook(bytes: &[u8]) -> Result<Vec<Line>, NotStatuses> {
    let wrong = |error: calamine::XlsxError| NotStatuses::Format(error.to_string());
    let mut book: calamine::Xlsx<_> =
        calamine::Xlsx::new(std::io::Cursor::new(bytes)).map_err(wrong)?;
    let sheet = book
        .worksheet_range_at(0)
        .ok_or_else(|| NotStatuses::Format("classeur vide".to_owned()))?
        .map_err(wrong)?;
    let mut rows = sheet.rows();
    let names: Vec<String> = rows
        .next()
        .unwrap_or_default()
        .iter()
        .map(|cell| column(&text_of(cell)))
        .collect();
    known(&names)?;
    Ok((2..)
        .zip(rows)
        .map(|(number, row)| (number, named(&names, row.iter().map(text_of))))
        .filter(|(_, cells)| !cells.is_empty())
        .collect())
}

/// What a cell holds: the value of a formula, a date as a day, a number without decimals it does not need.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) => at
            .as_datetime()
            .map(|at| at.date().to_string())
            .unwrap_or_default(),
        Data::DateTimeIso(text) => text.chars().take(10).collect(),
        other => other.to_string(),
    }
}

fn column(name: &str) -> String {
    name.trim().trim_start_matches('\u{FEFF}').to_lowercase()
}

fn named(names: &[String], cells: impl Iterator<Item = String>) -> BTreeMap<String, String> {
    names
        .iter()
        .cloned()
        .zip(cells.map(|cell| cell.trim().to_owned()))
        .filter(|(_, cell)| !cell.is_empty())
        .collect()
}

fn known(names: &[String]) -> Result<(), NotStatuses> {
    ["siren", "kind", "valid_from", "status"]
        .into_iter()
        .find(|wanted| !names.iter().any(|name| name == wanted))
        .map_or(Ok(()), |missing| Err(NotStatuses::Column(missing)))
}

/// Checks a line.
pub fn check((line, cells): &Line) -> Result<TakenOver, Refused> {
    let refuse = |field, code| Refused {
        line: *line,
        field,
        code,
    };
    if let Some(unknown) = cells.keys().find(|name| !COLUMNS.contains(&name.as_str())) {
        tracing::debug!(event = "column_ignored", column = unknown);
    }
    let cell = |name: &str| cells.get(name).map(String::as_str);
    let must = |name: &'static str| cell(name).ok_or_else(|| refuse(name, "missing"));
    let day = |name: &'static str, text: &str| -> Result<NaiveDate, Refused> {
        let french = NaiveDate::parse_from_str(text, "%d/%m/%Y");
        text.parse()
            .or(french)
            .map_err(|_| refuse(name, "invalid_date"))
    };
    let optional_day = |name: &'static str| cell(name).map(|text| day(name, text)).transpose();
    let siren = Siren::parse(must("siren")?).map_err(|_| refuse("siren", "invalid"))?;
    let siret = cell("siret")
        .map(|text| Siret::parse(text).map_err(|_| refuse("siret", "invalid")))
        .transpose()?;
    if siret
        .as_ref()
        .is_some_and(|siret| !siret.belongs_to(&siren))
    {
        return Err(refuse("siret", "other_company"));
    }
    let kind: Kind = must("kind")?
        .to_uppercase()
        .parse()
        .map_err(|_| refuse("kind", "unknown"))?;
    let valid_from = day("valid_from", must("valid_from")?)?;
    let valid_to = optional_day("valid_to")?;
    if valid_to.is_some_and(|end| end < valid_from) {
        return Err(refuse("valid_to", "before_start"));
    }
    let status = must("status")?.to_lowercase();
    if !STATUSES.contains(&status.as_str()) {
        return Err(refuse("status", "unknown"));
    }
    Ok(TakenOver {
        siren,
        siret,
        kind: kind.code().to_owned(),
        valid_from,
        valid_to,
        status,
        reference: cell("reference").map(str::to_owned),
        authority: cell("authority").map(str::to_owned),
        validated_on: optional_day("validated_on")?,
        note: cell("note").map(str::to_owned),
    })
}
