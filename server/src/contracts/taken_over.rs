//! Statuses that the buyer validated elsewhere, read from a table or from JSON, each line checked before any is written.

use std::path::Path;

use chrono::NaiveDate;
use domain::claims::Kind;
use domain::identifiers::{Siren, Siret};
use serde::Serialize;
use serde_json::Value;
use store::buyer::contracts::TakenOver;

use super::sheet::{Line, NotATable, Sheet};

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

/// A line that is refused, and the first thing wrong in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    pub line: u64,
    pub field: &'static str,
    pub code: &'static str,
}

/// Reads a file of any of the three forms. Lines are numbered as a person sees them: the header is line 1.
pub fn lines(path: &Path) -> Result<Vec<Line>, NotATable> {
    let sheet = Sheet::open(path)?;
    // What begins as JSON is read by the table as its headings.
    let first = sheet.headings.first().map_or("", String::as_str);
    if first.starts_with(['[', '{']) {
        let text = crate::contracts::source::text(&std::fs::read(path)?);
        let value: Value =
            serde_json::from_str(&text).map_err(|error| NotATable::Format(error.to_string()))?;
        return json(value.get("declarations").unwrap_or(&value));
    }
    known(&sheet.headings)?;
    sheet.lines().collect()
}

/// The items of a JSON list, numbered from 1.
pub fn json(list: &Value) -> Result<Vec<Line>, NotATable> {
    let list = list
        .as_array()
        .ok_or_else(|| NotATable::Format("liste attendue".to_owned()))?;
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

fn known(headings: &[String]) -> Result<(), NotATable> {
    ["siren", "kind", "valid_from", "status"]
        .into_iter()
        .find(|wanted| !headings.iter().any(|name| name == wanted))
        .map_or(Ok(()), |missing| Err(NotATable::Column(missing)))
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
