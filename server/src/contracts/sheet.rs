//! The lines of a table that people fill in or export from their tools, CSV or workbook, as text by column.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use calamine::{Data, Reader as _};

use super::source::Source;

/// One line as text, by column, with its number in the file: the headings are line 1.
pub(super) type Line = (u64, BTreeMap<String, String>);

/// A file that is no table.
#[derive(Debug, thiserror::Error)]
pub enum NotATable {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("le fichier est vide")]
    Empty,
    #[error("ni un CSV, ni un classeur : {0}")]
    Format(String),
    #[error("colonne absente : {0}")]
    Column(&'static str),
}

/// A table, with its headings in lower case.
pub(super) struct Sheet {
    pub(super) headings: Vec<String>,
    pub(super) format: &'static str,
    lines: Box<dyn Iterator<Item = Result<Vec<String>, NotATable>> + Send>,
}

impl Sheet {
    pub(super) fn open(path: &Path) -> Result<Self, NotATable> {
        let mut mark = [0; 2];
        // A file of one byte is no workbook.
        let read = File::open(path)?.read(&mut mark)?;
        if mark.get(..read) == Some(b"PK") {
            workbook(path)
        } else {
            csv(path)
        }
    }

    /// The lines that hold something, each cell without the blanks around it.
    pub(super) fn lines(self) -> impl Iterator<Item = Result<Line, NotATable>> + Send {
        let headings = self.headings;
        (2_u64..)
            .zip(self.lines)
            .map(move |(number, cells)| Ok((number, named(&headings, cells?))))
            .filter(|line| line.as_ref().map_or(true, |(_, cells)| !cells.is_empty()))
    }
}

fn csv(path: &Path) -> Result<Sheet, NotATable> {
    let source = Source::open(path).map_err(|error| match error {
        super::source::Unreadable::Io(error) => NotATable::Io(error),
        super::source::Unreadable::Empty => NotATable::Empty,
    })?;
    let wrong = |error: csv::Error| NotATable::Format(error.to_string());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(source.delimiter())
        .flexible(true)
        .from_reader(source.decoded()?);
    let headings = reader.headers().map_err(wrong)?.iter().map(heading);
    Ok(Sheet {
        headings: headings.collect(),
        format: "csv",
        lines: Box::new(reader.into_records().map(move |record| {
            let record = record.map_err(wrong)?;
            Ok(record.iter().map(str::to_owned).collect())
        })),
    })
}

/// A workbook is unpacked whole: its sheet is one compressed stream.
fn workbook(path: &Path) -> Result<Sheet, NotATable> {
    let wrong = |error: calamine::XlsxError| NotATable::Format(error.to_string());
    let file = BufReader::new(File::open(path)?);
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(file).map_err(wrong)?;
    let sheet = book
        .worksheet_range_at(0)
        .ok_or(NotATable::Empty)?
        .map_err(wrong)?;
    let mut rows = sheet.rows().map(|row| row.iter().map(text_of).collect());
    let headings: Vec<String> = rows.next().unwrap_or_default();
    let lines: Vec<Vec<String>> = rows.collect();
    Ok(Sheet {
        headings: headings.iter().map(|name| heading(name)).collect(),
        format: "xlsx",
        lines: Box::new(lines.into_iter().map(Ok)),
    })
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

fn heading(name: &str) -> String {
    name.trim().trim_start_matches('\u{FEFF}').to_lowercase()
}

fn named(headings: &[String], cells: Vec<String>) -> BTreeMap<String, String> {
    headings
        .iter()
        .cloned()
        .zip(cells.into_iter().map(|cell| cell.trim().to_owned()))
        .filter(|(_, cell)| !cell.is_empty())
        .collect()
}
