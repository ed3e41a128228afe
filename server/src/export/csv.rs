//! A table as CSV that a spreadsheet opens with a double click: UTF-8 with its mark, the separator and the decimal sign of the
//! language, and no text that a spreadsheet would take for a formula.

use std::borrow::Cow;

use app::i18n::Lang;
use axum::body::Bytes;
use csv::{ByteRecord, Terminator, WriterBuilder};
use domain::decimal::Hundredths;
use futures::{StreamExt, future, stream};

use super::{Cell, ExportError, Parts, Table};

const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// The headings, then the rows as they come.
pub(super) fn parts(table: Table) -> Parts {
    let Table {
        lang,
        columns,
        rows,
        ..
    } = table;
    let headings: Vec<Cell> = columns
        .iter()
        .map(|column| Cell::text(column.heading.get(lang)))
        .collect();
    let head = encode(lang, MARK.to_vec(), &[headings]);
    stream::once(future::ready(head))
        .chain(rows.map(move |rows| encode(lang, Vec::new(), &rows?)))
        .boxed()
}

fn encode(lang: Lang, buffer: Vec<u8>, rows: &[Vec<Cell>]) -> Result<Bytes, ExportError> {
    let mut writer = WriterBuilder::new()
        .delimiter(lang.pick(b';', b','))
        .terminator(Terminator::CRLF)
        .from_writer(buffer);
    let mut record = ByteRecord::new();
    for row in rows {
        record.clear();
        for cell in row {
            record.push_field(written(lang, cell).as_bytes());
        }
        writer.write_byte_record(&record)?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error);
    Ok(bytes.map_err(csv::Error::from)?.into())
}

fn written(lang: Lang, cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => harmless(text),
        Cell::Integer(number) => number.to_string().into(),
        Cell::Number(number) | Cell::Amount(number) | Cell::Rate(number) => {
            decimal(lang, *number).into()
        }
        Cell::Date(day) => day.to_string().into(),
    }
}

/// Two decimals, without the spaces between thousands that programs do not read.
fn decimal(lang: Lang, number: Hundredths) -> String {
    let value = number.hundredths();
    let (sign, value) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    let mark = lang.pick(',', '.');
    format!("{sign}{}{mark}{:02}", value / 100, value % 100)
}

/// Text that begins like a formula, behind whatever a spreadsheet leaves out, gets an apostrophe before it. What comes from a
/// person or a publication is never run.
fn harmless(text: &str) -> Cow<'_, str> {
    let ignored = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
    };
    let first = text.trim_start_matches(ignored).chars().next();
    let formula = first.is_some_and(|first| {
        matches!(
            first,
            '=' | '+'
                | '-'
                | '@'
                | '＝'
                | '＋'
                | '－'
                | '＠'
                | '﹢'
                | '﹣'
                | '﹦'
                | '﹫'
                | '−'
                | '\u{207A}'
        )
    });
    if formula || text.starts_with(['\t', '\r', '\n']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for hostile in [
            "=1+1",
            "+33 4 91",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =cmd|' /C calc'!A0",
            "\u{A0}=1",
            "\u{200B}=1",
            "\u{FEFF}+1",
            "\u{1}=1",
            "＝1+1",
            " ＋1",
            "－1",
            "＠x",
            "\ttext",
        ] {
            assert_eq!(harmless(hostile), format!("'{hostile}"), "{hostile:?}");
        }
        for plain in ["", "A=B", "Société « Été » ", "'déjà", "1-2", " Marché"] {
            assert_eq!(harmless(plain), plain);
        }
    }

    #[test]
    fn a_line_follows_the_language() {
        let row = vec![
            Cell::text("Été ; \"x\""),
            Cell::Amount(Hundredths::from_hundredths(-123_405)),
            Cell::Rate(Hundredths::from_hundredths(5)),
            Cell::Integer(1_234_567),
            Cell::Empty,
            Cell::Date("2025-03-01".parse().unwrap()),
            Cell::text("=1"),
            Cell::text("a, b\nc"),
        ];
        let line = |lang| {
            let bytes = encode(lang, Vec::new(), std::slice::from_ref(&row)).unwrap();
            String::from_utf8(bytes.to_vec()).unwrap()
        };
        assert_eq!(
            line(Lang::Fr),
            "\"Été ; \"\"x\"\"\";-1234,05;0,05;1234567;;2025-03-01;'=1;\"a, b\nc\"\r\n"
        );
        assert_eq!(
            line(Lang::En),
            "\"Été ; \"\"x\"\"\",-1234.05,0.05,1234567,,2025-03-01,'=1,\"a, b\nc\"\r\n"
        );
    }
}
