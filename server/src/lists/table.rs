//! A file of a list as lines of cells, CSV or workbook, line after line and never whole.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use calamine::{DataRef, Reader as _};

use crate::contracts::{Source, Unreadable};

/// Bytes that a workbook may have once unpacked: a small file may unpack to anything.
const UNPACKED: u64 = 1 << 30;
/// The same for its texts, which are held in memory.
const TEXTS: u64 = 256 << 20;
/// Cells read of a line.
const COLUMNS: usize = 256;
/// Sheets in which the table is looked for.
const SHEETS: usize = 10;
/// Bytes by which a text is told from something else.
const HEAD: u64 = 1 << 14;
const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];

/// A file that is no table.
#[derive(Debug, thiserror::Error)]
pub enum NotATable {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("le fichier est vide")]
    Empty,
    #[error("ni un CSV, ni un classeur XLSX : {0}")]
    Format(String),
    #[error("le classeur est trop grand une fois décompressé")]
    TooLarge,
}

/// What is done with a line: its number in the file, from 1, and its cells.
pub(super) type EachLine<'e> = &'e mut dyn FnMut(u64, Vec<String>) -> ControlFlow<()>;

#[derive(Debug)]
pub(super) struct Table {
    path: PathBuf,
    source: Source,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Csv {
        delimiter: u8,
        carriage_returns: bool,
    },
    Workbook {
        sheet: String,
    },
}

impl Table {
    /// Opens a file; `is_table` tells the sheet of a workbook that holds the table by its first lines.
    pub(super) fn open(
        path: &Path,
        is_table: impl Fn(&[Vec<String>]) -> bool,
    ) -> Result<Self, NotATable> {
        let mut mark = [0; 2];
        let read = File::open(path)?.read(&mut mark)?;
        let source = Source::open(path).map_err(|error| match error {
            Unreadable::Io(error) => NotATable::Io(error),
            Unreadable::Empty => NotATable::Empty,
        })?;
        let mut table = Self {
            path: path.to_owned(),
            source,
            kind: Kind::Csv {
                delimiter: b';',
                carriage_returns: false,
            },
        };
        if mark.get(..read) == Some(b"PK") {
            check_unpacked(path)?;
            table.kind = Kind::Workbook {
                sheet: String::new(),
            };
            let sheets = workbook(path)?.sheet_names();
            let first = sheets.first().cloned().ok_or(NotATable::Empty)?;
            let mut found = None;
            for sheet in sheets.into_iter().take(SHEETS) {
                table.kind = Kind::Workbook {
                    sheet: sheet.clone(),
                };
                if is_table(&table.head(20)?) {
                    found = Some(sheet);
                    break;
                }
            }
            table.kind = Kind::Workbook {
                sheet: found.unwrap_or(first),
            };
        } else {
            let mut head = Vec::new();
            table.source.decoded()?.take(HEAD).read_to_end(&mut head)?;
            let head = String::from_utf8_lossy(&head);
            if head.contains('\0') || head.starts_with("%PDF") {
                return Err(NotATable::Format("ce n’est pas du texte".to_owned()));
            }
            table.kind = Kind::Csv {
                delimiter: delimiter(&head),
                carriage_returns: head.contains("\r\n"),
            };
        }
        Ok(table)
    }

    pub(super) const fn format(&self) -> &'static str {
        match self.kind {
            Kind::Csv { .. } => "csv",
            Kind::Workbook { .. } => "xlsx",
        }
    }

    pub(super) fn sha256(&self) -> &str {
        &self.source.sha256
    }

    pub(super) const fn size_bytes(&self) -> u64 {
        self.source.size_bytes
    }

    /// The first lines, empty ones among them.
    pub(super) fn head(&self, lines: usize) -> Result<Vec<Vec<String>>, NotATable> {
        let mut head: Vec<Vec<String>> = Vec::new();
        self.each(&mut |number, cells| {
            // Lines that a workbook leaves out.
            while (head.len() as u64) + 1 < number && head.len() < lines {
                head.push(Vec::new());
            }
            if head.len() >= lines {
                return ControlFlow::Break(());
            }
            head.push(cells);
            ControlFlow::Continue(())
        })?;
        Ok(head)
    }

    /// Does something with each line until it is told to stop.
    pub(super) fn each(&self, line: EachLine<'_>) -> Result<(), NotATable> {
        match &self.kind {
            Kind::Csv {
                delimiter,
                carriage_returns,
            } => self.each_record(*delimiter, *carriage_returns, line),
            Kind::Workbook { sheet } => self.each_row(sheet, line),
        }
    }

    fn each_record(
        &self,
        delimiter: u8,
        carriage_returns: bool,
        line: EachLine<'_>,
    ) -> Result<(), NotATable> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(self.source.decoded()?);
        let mut record = csv::StringRecord::new();
        let wrong = |error: csv::Error| NotATable::Format(error.to_string());
        let mut number = 0;
        while reader.read_record(&mut record).map_err(wrong)? {
            // With the line ends of Windows, the library counts a line only once the next one has begun.
            let told = record.position().map_or(0, csv::Position::line);
            let told = told + u64::from(carriage_returns && number > 0);
            number = told.max(number + 1);
            let cells = record.iter().take(COLUMNS).map(str::to_owned).collect();
            if line(number, cells).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn each_row(&self, sheet: &str, line: EachLine<'_>) -> Result<(), NotATable> {
        let mut book = workbook(&self.path)?;
        let mut cells = book.worksheet_cells_reader(sheet).map_err(wrong)?;
        let (mut row, mut gathered): (u32, Vec<String>) = (0, Vec::new());
        while let Some(cell) = cells.next_cell().map_err(wrong)? {
            let (at, column) = cell.get_position();
            if at != row && !gathered.is_empty() {
                let gathered = std::mem::take(&mut gathered);
                if line(u64::from(row) + 1, gathered).is_break() {
                    return Ok(());
                }
            }
            row = at;
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if column >= COLUMNS {
                continue;
            }
            if gathered.len() <= column {
                gathered.resize(column + 1, String::new());
            }
            if let Some(kept) = gathered.get_mut(column) {
                *kept = text_of(cell.get_value());
            }
        }
        if !gathered.is_empty() {
            let _last = line(u64::from(row) + 1, gathered);
        }
        Ok(())
    }
}

/// What separates the cells: of the usual characters, the one that most lines have most of.
fn delimiter(head: &str) -> u8 {
    let mut best = (0, ';');
    for delimiter in DELIMITERS {
        let counts = head
            .lines()
            .take(20)
            .map(|line| line.matches(delimiter).count());
        let total: usize = counts.sum();
        if total > best.0 {
            best = (total, delimiter);
        }
    }
    u8::try_from(best.1).unwrap_or(b';')
}

type Workbook = calamine::Xlsx<BufReader<File>>;

fn workbook(path: &Path) -> Result<Workbook, NotATable> {
    Workbook::new(BufReader::new(File::open(path)?)).map_err(wrong)
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
fn wrong(error: calamine::XlsxError) -> NotATable {
    NotATable::Format(error.to_string())
}

/// What a cell holds: a date as a day, a number without decimals that it does not need.
fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::DateTime(at) => at
            .as_datetime()
            .map(|at| at.date().to_string())
            .unwrap_or_default(),
        DataRef::DateTimeIso(text) => text.chars().take(10).collect(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(_) | DataRef::DurationIso(_) | DataRef::Error(_) | DataRef::Empty => {
            String::new()
        }
    }
}

/// Unpacks a workbook into nothing, to know how large it becomes.
fn check_unpacked(path: &Path) -> Result<(), NotATable> {
    let format = |error: zip::result::ZipError| NotATable::Format(error.to_string());
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path)?)).map_err(format)?;
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(format)?;
        let texts = matches!(entry.name(), Ok(name) if name.ends_with("sharedStrings.xml"));
        let most = if texts { left.min(TEXTS) } else { left };
        let unpacked = io::copy(&mut entry.take(most + 1), &mut io::sink())
            .map_err(|error| NotATable::Format(error.to_string()))?;
        if unpacked > most {
            return Err(NotATable::TooLarge);
        }
        left -= unpacked;
    }
    Ok(())
}
