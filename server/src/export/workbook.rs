//! A workbook written row after row: texts are texts, never formulas; amounts, rates and dates are numbers that one can compute
//! with. Its cells wait in a temporary file without a name.

use std::io::Write;

use app::i18n::Lang;
use chrono::{Datelike, NaiveDate};
use domain::decimal::Hundredths;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Column, Row};

/// What a cell may hold, in UTF-16 units.
const MOST_TEXT: usize = 32_767;

pub(super) struct Book<'t> {
    workbook: Workbook,
    title: &'t str,
    lang: Lang,
    columns: &'t [Column],
    formats: Formats,
    most_rows: u32,
    sheets: usize,
    /// The next row of the last sheet.
    row: u32,
}

struct Formats {
    heading: Format,
    integer: Format,
    number: Format,
    amount: Format,
    rate: Format,
    date: Format,
}

impl<'t> Book<'t> {
    pub(super) fn new(
        title: &'t str,
        lang: Lang,
        columns: &'t [Column],
        most_rows: u32,
    ) -> Result<Self, XlsxError> {
        let format = |code: &str| Format::new().set_num_format(code);
        let mut book = Self {
            workbook: Workbook::new(),
            title,
            lang,
            columns,
            formats: Formats {
                heading: Format::new().set_bold(),
                integer: format("#,##0"),
                number: format("#,##0.00"),
                amount: format(lang.pick("#,##0.00\\ \"€\"", "\"€\"#,##0.00")),
                rate: format(lang.pick("0.00\\ %", "0.00%")),
                date: format(lang.pick("dd/mm/yyyy", "yyyy-mm-dd")),
            },
            most_rows,
            sheets: 0,
            row: 0,
        };
        book.open()?;
        Ok(book)
    }

    /// The next sheet, with its headings.
    fn open(&mut self) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        self.sheets += 1;
        if self.sheets == 1 {
            sheet.set_name(self.title)?;
        } else {
            sheet.set_name(format!("{} {}", self.title, self.sheets))?;
        }
        sheet.set_freeze_panes(1, 0)?;
        for (at, column) in (0..).zip(self.columns) {
            sheet.set_column_width(at, column.width)?;
            let heading = column.heading.get(self.lang);
            sheet.write_string_with_format(0, at, heading, &self.formats.heading)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Lets one filter the rows of the last sheet.
    fn close(&mut self) -> Result<(), XlsxError> {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(0);
        let rows = self.row.saturating_sub(1);
        let sheet = self.sheet()?;
        sheet.autofilter(0, 0, rows, last)?;
        Ok(())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, XlsxError> {
        let last = self.sheets.saturating_sub(1);
        self.workbook.worksheet_from_index(last)
    }

    pub(super) fn add(&mut self, rows: &[Row]) -> Result<(), XlsxError> {
        for row in rows {
            if self.row == self.most_rows {
                self.close()?;
                self.open()?;
            }
            let at = self.row;
            let last = self.sheets.saturating_sub(1);
            let sheet = self.workbook.worksheet_from_index(last)?;
            for (column, cell) in (0..).zip(row) {
                self.formats.put(sheet, at, column, cell)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    pub(super) fn save(mut self, mut to: impl Write + Send) -> Result<(), XlsxError> {
        self.close()?;
        self.workbook.save_to_writer(&mut to)?;
        Ok(to.flush()?)
    }
}

impl Formats {
    fn put(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        cell: &Cell,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                sheet.write_string(row, column, short(text))?;
            }
            Cell::Integer(number) => {
                let number = decimal(i128::from(*number), 1);
                sheet.write_number_with_format(row, column, number, &self.integer)?;
            }
            Cell::Number(number) => {
                let number = hundredths(*number);
                sheet.write_number_with_format(row, column, number, &self.number)?;
            }
            Cell::Amount(amount) => {
                let amount = hundredths(*amount);
                sheet.write_number_with_format(row, column, amount, &self.amount)?;
            }
            Cell::Rate(rate) => {
                let rate = decimal(rate.hundredths(), 10_000);
                sheet.write_number_with_format(row, column, rate, &self.rate)?;
            }
            Cell::Date(day) => match serial(*day) {
                Some(date) => {
                    sheet.write_datetime_with_format(row, column, &date, &self.date)?;
                }
                // Before the calendar of spreadsheets, or after it.
                None => {
                    sheet.write_string(row, column, day.to_string())?;
                }
            },
        }
        Ok(())
    }
}

fn hundredths(number: Hundredths) -> f64 {
    decimal(number.hundredths(), 100)
}

/// The number nearest to the quotient: exact to the cent below ten thousand billion euros, for spreadsheets keep fifteen digits.
#[expect(
    clippy::cast_precision_loss,
    reason = "a spreadsheet knows no other numbers"
)]
fn decimal(value: i128, unit: u32) -> f64 {
    value as f64 / f64::from(unit)
}

fn serial(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    let (month, day) = (
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    );
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// No more than a cell may hold, cut between two letters.
fn short(text: &str) -> &str {
    // A letter is never longer in UTF-16 units than in bytes.
    if text.len() <= MOST_TEXT {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > MOST_TEXT
    });
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::io::Cursor;

    use app::i18n::text;
    use calamine::{Data, DataType, Reader, Xlsx};

    use super::*;

    /// A workbook of these rows, read back by another program.
    fn read(most_rows: u32, rows: &[Row]) -> Xlsx<Cursor<Vec<u8>>> {
        let columns = [
            Column::new(text("Nom", "Name"), 20),
            Column::new(text("Montant", "Amount"), 12),
        ];
        let mut book = Book::new("Marchés", Lang::Fr, &columns, most_rows).unwrap();
        book.add(rows).unwrap();
        let mut bytes = Vec::new();
        book.save(&mut bytes).unwrap();
        Xlsx::new(Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn cells_keep_their_types() {
        let hostile = [
            "=1+1",
            "@x",
            "http://a.example",
            "0612",
            "",
            "\u{1}=x",
            "'=",
        ];
        let mut rows: Vec<Row> = hostile
            .iter()
            .map(|name| vec![Cell::text(*name), Cell::Empty])
            .collect();
        let amount = Hundredths::from_hundredths(999_999_999_999_999);
        rows.push(vec![
            Cell::Date("2025-03-01".parse().unwrap()),
            Cell::Amount(amount),
        ]);
        rows.push(vec![
            Cell::Rate(Hundredths::from_hundredths(5294)),
            Cell::Date("0005-03-01".parse().unwrap()),
        ]);
        rows.push(vec![Cell::text("é".repeat(40_000)), Cell::Integer(12)]);
        let mut book = read(20, &rows);
        assert_eq!(book.sheet_names(), ["Marchés"]);
        assert!(book.worksheet_formula("Marchés").unwrap().is_empty());
        let sheet = book.worksheet_range("Marchés").unwrap();
        for (row, name) in (1..).zip(hostile) {
            let found = sheet.get((row, 0)).cloned().unwrap_or_default();
            let found = if found == Data::Empty {
                String::new()
            } else {
                found.to_string()
            };
            assert_eq!(found, *name);
        }
        let cell = |at| sheet.get(at).unwrap();
        assert!(matches!(cell((8, 0)), Data::DateTime(_)));
        assert_eq!(cell((8, 0)).as_date(), "2025-03-01".parse().ok());
        assert_eq!(cell((8, 1)).to_string(), "9999999999999.99");
        assert_eq!(cell((9, 0)), &Data::Float(0.5294));
        assert_eq!(cell((9, 1)), &Data::String("0005-03-01".to_owned()));
        assert_eq!(cell((10, 0)).to_string().chars().count(), MOST_TEXT);
        assert_eq!(cell((10, 1)), &Data::Float(12.0));
    }

    #[test]
    fn what_a_sheet_does_not_hold_goes_to_the_next() {
        let rows: Vec<Row> = (0..7)
            .map(|n| vec![Cell::Integer(n), Cell::Empty])
            .collect();
        let mut book = read(4, &rows);
        assert_eq!(book.sheet_names(), ["Marchés", "Marchés 2", "Marchés 3"]);
        let mut found = Vec::new();
        for name in book.sheet_names() {
            let sheet = book.worksheet_range(&name).unwrap();
            assert_eq!(sheet.get((0, 0)), Some(&Data::String("Nom".to_owned())));
            found.extend(
                sheet
                    .rows()
                    .skip(1)
                    .filter_map(|row| row.first())
                    .map(ToString::to_string),
            );
        }
        assert_eq!(found, ["0", "1", "2", "3", "4", "5", "6"]);
    }
}
