//! Lists as files: a [`Table`] gives its headings and its rows as they are read, and two writers know nothing of the lists.
//!
//! Nothing is read before somebody takes it, and no list is held whole: a file that nobody takes any more is not read further.

mod csv;
mod table;
mod workbook;
mod xlsx;

use app::views::FileFormat;
use axum::body::Bytes;
use futures::stream::BoxStream;
use store::StoreError;

pub use table::{Cell, Column, Row, Rows, Table, last_of, stretches};

/// What cuts a file short.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("the list could not be read: {0}")]
    Store(#[from] StoreError),
    #[error("the file could not be written: {0}")]
    Csv(#[from] ::csv::Error),
    #[error("the sheet could not be written: {0}")]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
    #[error("the writer of the sheet stopped")]
    Stopped,
}

/// A file, part after part.
pub type Parts = BoxStream<'static, Result<Bytes, ExportError>>;

/// The table in this format.
pub fn parts(table: Table, format: FileFormat) -> Parts {
    match format {
        FileFormat::Csv => csv::parts(table),
        FileFormat::Xlsx => xlsx::parts(table),
    }
}

/// The media type of the format.
pub const fn media_type(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Csv => "text/csv; charset=utf-8",
        FileFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
}
