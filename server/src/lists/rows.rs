//! The rows of a file: what its first lines are, then both readings, in a thread that may wait for the disk.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use domain::lists::{
    Field, LineProblem, ListKind, MOST_ROWS, Mapping, Outcome, Row, RowRead, SHOWN, Tally, guess,
    heading_line, mapping, read_row,
};
use store::lists::Failure;

use super::table::{NotATable, Table};

/// Lines in which the headings are looked for, and those that are shown under them.
const HEAD: usize = 26;
const SAMPLE: usize = 5;
/// Columns and characters of a cell that are shown.
const COLUMNS: usize = 100;
const CELL: usize = 120;
/// Rows of one transaction.
const BATCH: usize = 5000;
/// Lines that may be there for each row of a list at most, all empty or repeated but one.
const LINES_PER_ROW: u64 = 4;

/// What the first lines of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub format: &'static str,
    pub sha256: String,
    pub size_bytes: u64,
    pub headings: Vec<String>,
    pub sample: Vec<Vec<String>>,
}

fn table(path: &Path, list: ListKind) -> Result<Table, NotATable> {
    Table::open(path, |head| {
        let at = heading_line(list, head);
        let headings = at.and_then(|at| head.get(at));
        headings.is_some_and(|headings| {
            let found = guess(list, headings);
            found.contains_key(&Field::Siren) || found.contains_key(&Field::Siret)
        })
    })
}

/// The number of the line of the headings, the headings, and the lines below them.
type Head = (u64, Vec<String>, Vec<Vec<String>>);

fn headings(table: &Table, list: ListKind) -> Result<Head, NotATable> {
    let short = |line: Vec<String>| -> Vec<String> {
        let cells = line.into_iter().take(COLUMNS);
        cells
            .map(|cell| {
                let shown = cell.trim().chars().filter(|c| !c.is_control());
                shown.take(CELL).collect()
            })
            .collect()
    };
    let mut head: Vec<Vec<String>> = table.head(HEAD)?.into_iter().map(short).collect();
    let at = heading_line(list, &head).ok_or(NotATable::Empty)?;
    let sample = head.iter().skip(at + 1);
    let sample = sample
        .filter(|line| line.iter().any(|cell| !cell.is_empty()))
        .take(SAMPLE)
        .cloned()
        .collect();
    let headings = head.swap_remove(at);
    Ok((at as u64 + 1, headings, sample))
}

/// Opens a file and reads its first lines.
pub fn open(path: &Path, list: ListKind) -> Result<Opened, NotATable> {
    let table = table(path, list)?;
    let (_, headings, sample) = headings(&table, list)?;
    Ok(Opened {
        format: table.format(),
        sha256: table.sha256().to_owned(),
        size_bytes: table.size_bytes(),
        headings,
        sample,
    })
}

fn unreadable(error: NotATable) -> Failure {
    match error {
        NotATable::Io(error) if error.kind() == std::io::ErrorKind::NotFound => Failure::Gone,
        NotATable::Io(error) => {
            tracing::error!(event = "list_not_read", error = %error.kind());
            Failure::Interrupted
        }
        NotATable::Empty => Failure::NoRows,
        NotATable::Format(_) | NotATable::TooLarge => Failure::NotATable,
    }
}

/// Reads a file twice: what is in it, then each row once, given away in batches. The difference is not known here.
pub(super) fn read(
    path: &Path,
    list: ListKind,
    wanted: &Mapping,
    give: &mut dyn FnMut(Vec<Row>) -> ControlFlow<()>,
) -> Result<Outcome, Failure> {
    let table = table(path, list).map_err(unreadable)?;
    let (below, headings, _) = headings(&table, list).map_err(unreadable)?;
    let columns = mapping(list, &headings, wanted).map_err(Failure::Mapping)?;
    let tally = first(&table, list, below, &columns)?;
    if tally.rows() == 0 {
        return Err(Failure::NoRows);
    }
    second(&table, list, below, &columns, tally, give)
}

fn first(
    table: &Table,
    list: ListKind,
    below: u64,
    columns: &BTreeMap<Field, usize>,
) -> Result<Tally, Failure> {
    let (mut tally, mut lines) = (Tally::default(), 0_u64);
    let read = table.each(&mut |number, cells| {
        if number <= below {
            return ControlFlow::Continue(());
        }
        lines += 1;
        if let RowRead::Read { row, .. } = read_row(list, columns, &cells) {
            tally.note(&row);
        }
        if tally.rows() > MOST_ROWS || lines > MOST_ROWS * LINES_PER_ROW {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    read.map_err(unreadable)?;
    if tally.rows() > MOST_ROWS || lines > MOST_ROWS * LINES_PER_ROW {
        return Err(Failure::TooManyRows);
    }
    Ok(tally)
}

fn second(
    table: &Table,
    list: ListKind,
    below: u64,
    columns: &BTreeMap<Field, usize>,
    tally: Tally,
    give: &mut dyn FnMut(Vec<Row>) -> ControlFlow<()>,
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome {
        rows: tally.rows(),
        ..Outcome::default()
    };
    let mut placing = tally.placing();
    let (mut batch, mut stopped) = (Vec::with_capacity(BATCH), false);
    let read = table.each(&mut |number, cells| {
        if number <= below {
            return ControlFlow::Continue(());
        }
        let problems = match read_row(list, columns, &cells) {
            RowRead::Empty => return ControlFlow::Continue(()),
            RowRead::Refused(problems) => {
                outcome.refused += 1;
                problems
            }
            RowRead::Read { row, problems } => {
                outcome.left_out += problems.len() as u64;
                batch.extend(placing.place(number, *row));
                problems
            }
        };
        outcome.lines += 1;
        let room = SHOWN.saturating_sub(outcome.problems.len());
        let told = problems.into_iter().take(room).map(|problem| LineProblem {
            line: number,
            field: problem.field,
            kind: problem.kind,
            value: problem.value,
        });
        outcome.problems.extend(told);
        if batch.len() >= BATCH && give(std::mem::take(&mut batch)).is_break() {
            stopped = true;
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    read.map_err(unreadable)?;
    let (merged, contradictions, duplicates) = placing.finish();
    outcome.contradicted = contradictions.len() as u64;
    outcome.contradictions = contradictions.into_iter().take(SHOWN).collect();
    outcome.duplicates = duplicates;
    batch.extend(merged);
    while !batch.is_empty() && !stopped {
        let rest = batch.split_off(batch.len().min(BATCH));
        stopped = give(std::mem::replace(&mut batch, rest)).is_break();
    }
    if stopped {
        return Err(Failure::Interrupted);
    }
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    /// Reads bytes as a file of a list; the rows that it gives.
    fn read_bytes(list: ListKind, bytes: &[u8]) -> Result<(Outcome, Vec<Row>), Failure> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("liste");
        std::fs::write(&path, bytes).unwrap();
        let opened = open(&path, list).map_err(unreadable)?;
        let mut rows = Vec::new();
        let mut give = |batch: Vec<Row>| {
            rows.extend(batch);
            ControlFlow::Continue(())
        };
        let outcome = read(&path, list, &guess(list, &opened.headings), &mut give)?;
        Ok((outcome, rows))
    }

    const TEXT: &str = "Liste des agréments;;\nRaison sociale;SIREN;Date de fin\nL’Établi;732 829 320;31/01/2029\n";

    #[test]
    fn one_list_in_every_encoding_and_with_every_separator() {
        let (windows, _, lossy) = encoding_rs::WINDOWS_1252.encode(TEXT);
        assert!(!lossy);
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(TEXT.encode_utf16().flat_map(u16::to_le_bytes));
        let files: [(&str, Vec<u8>); 7] = [
            ("UTF-8", TEXT.as_bytes().to_vec()),
            (
                "UTF-8 with mark",
                [b"\xef\xbb\xbf", TEXT.as_bytes()].concat(),
            ),
            ("Windows-1252", windows.into_owned()),
            ("UTF-16 with mark", utf16),
            ("tabs", TEXT.replace(';', "\t").into_bytes()),
            ("commas", TEXT.replace(';', ",").into_bytes()),
            (
                "end of line of Windows",
                TEXT.replace('\n', "\r\n").into_bytes(),
            ),
        ];
        for (encoding, bytes) in files {
            let (outcome, rows) = read_bytes(ListKind::Esus, &bytes)
                .unwrap_or_else(|failure| panic!("{encoding}: {failure:?}"));
            assert_eq!((outcome.lines, outcome.rows), (1, 1), "{encoding}");
            let row = rows.first().unwrap();
            assert_eq!(row.name.as_deref(), Some("L’Établi"), "{encoding}");
            assert_eq!(
                row.facts.valid_to.unwrap().to_string(),
                "2029-01-31",
                "{encoding}"
            );
        }
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_cause() {
        let failure = |bytes: &[u8]| read_bytes(ListKind::Esus, bytes).unwrap_err();
        assert_eq!(failure(b""), Failure::NoRows);
        assert_eq!(failure(b"\n\n  \n"), Failure::NoRows);
        assert_eq!(failure(b"SIREN;Fin\n"), Failure::NoRows);
        assert_eq!(
            failure(b"SIREN;Fin\n123;\n"),
            Failure::NoRows,
            "no line can be used"
        );
        assert_eq!(failure(b"PK\x03\x04 not a workbook"), Failure::NotATable);
        assert_eq!(failure(b"%PDF-1.7\n;;;"), Failure::NotATable);
        assert_eq!(
            failure(b"\xd0\xcf\x11\xe0\0\0old workbook"),
            Failure::NotATable
        );
        assert!(matches!(failure(b"Nom;Ville\nA;B\n"), Failure::Mapping(_)));
    }

    /// A workbook whose first sheet is a note, with a number in a cell that is none and a date that is one.
    fn workbook() -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let note = book.add_worksheet();
        note.write(0, 0, "À lire").unwrap();
        let sheet = book.add_worksheet();
        sheet.write(1, 0, "Entreprises agréées").unwrap();
        for (column, heading) in (0..).zip(["Raison sociale", "SIREN", "Date de fin"]) {
            sheet.write(3, column, heading).unwrap();
        }
        let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2029, 1, 31).unwrap();
        sheet.write(4, 0, "L’Établi").unwrap();
        sheet.write(4, 1, 732_829_320).unwrap();
        sheet.write_with_format(4, 2, &day, &date).unwrap();
        // An empty line, and one with a number that lost its zero.
        sheet.write(6, 1, 5_781_313).unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_workbook_is_read_sheet_and_headings_found() {
        let (outcome, rows) = read_bytes(ListKind::Esus, &workbook()).unwrap();
        assert_eq!((outcome.rows, outcome.refused), (1, 1));
        let row = rows.first().unwrap();
        assert_eq!(row.siren.as_str(), "732829320");
        assert_eq!(row.facts.valid_to.unwrap().to_string(), "2029-01-31");
        assert_eq!(outcome.problems.first().unwrap().line, 7);
    }

    /// A workbook of which one part unpacks to much more than it weighs.
    #[test]
    fn a_workbook_that_unpacks_to_too_much_is_refused() {
        use std::io::Write as _;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("xl/sharedStrings.xml", options).unwrap();
        let zeros = vec![b'0'; 1 << 20];
        for _ in 0..257 {
            zip.write_all(&zeros).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < 2 << 20);
        assert_eq!(
            read_bytes(ListKind::Esus, &bytes).unwrap_err(),
            Failure::NotATable
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn any_bytes_are_a_list_or_refused(
            list in prop::sample::select(ListKind::ALL.to_vec()),
            bytes in prop::collection::vec(any::<u8>(), 0..400),
            at in any::<prop::sample::Index>(),
        ) {
            let mut files = vec![bytes.clone(), [b"PK\x03\x04", bytes.as_slice()].concat()];
            files.push([TEXT.as_bytes(), &bytes].concat());
            // A real workbook, broken somewhere.
            let mut broken = workbook();
            let at = at.index(broken.len());
            let end = (at + bytes.len()).min(broken.len());
            broken.splice(at..end, bytes);
            files.push(broken);
            for file in files {
                if let Ok((outcome, rows)) = read_bytes(list, &file) {
                    prop_assert_eq!(outcome.rows, rows.len() as u64);
                    let keys: std::collections::HashSet<String> = rows.iter().map(Row::key).collect();
                    prop_assert_eq!(keys.len(), rows.len(), "each key once");
                }
            }
        }
    }
}
