//! A table as an XLSX file: rows go to the workbook as they come, and the workbook, compressed, to whoever takes it.

use std::io::{self, Write};

use app::i18n::Lang;
use axum::body::Bytes;
use futures::{StreamExt, TryStreamExt, future, stream};
use tokio::sync::mpsc;

use super::workbook::Book;
use super::{Column, ExportError, Parts, Row, Table};

/// Rows of a sheet, its headings included; the others go to the next sheet.
const MOST_ROWS: u32 = 1_048_576;
/// Groups of rows, and parts of the file, that may wait for each other.
const WAITING: usize = 2;
const PART: usize = 64 * 1024;

/// The writer works on a thread of its own, and stops when nobody gives it rows, or takes what it wrote.
pub(super) fn parts(table: Table) -> Parts {
    let Table {
        title,
        lang,
        columns,
        rows,
    } = table;
    let (give, given) = mpsc::channel(WAITING);
    let (send, sent) = mpsc::channel(WAITING);
    // First all rows, then the file as it is compressed, then what went wrong if anything did.
    stream::once(async move {
        let writing =
            tokio::task::spawn_blocking(move || write(&title, lang, &columns, given, send));
        let mut rows = rows;
        while let Some(some) = rows.try_next().await? {
            if give.send(Some(some)).await.is_err() {
                break;
            }
        }
        let _stopped = give.send(None).await;
        let file = stream::unfold(sent, |mut sent| async move {
            let part: Option<Bytes> = sent.recv().await;
            part.map(|part| (Ok(part), sent))
        });
        let end = stream::once(async move { writing.await.map_err(|_| ExportError::Stopped)? })
            .try_filter_map(|()| future::ready(Ok(None)));
        Ok::<_, ExportError>(file.chain(end))
    })
    .try_flatten()
    .boxed()
}

/// `None` ends the rows; rows that stop without it were given up.
fn write(
    title: &str,
    lang: Lang,
    columns: &[Column],
    mut given: mpsc::Receiver<Option<Vec<Row>>>,
    send: mpsc::Sender<Bytes>,
) -> Result<(), ExportError> {
    let mut book = Book::new(title, lang, columns, MOST_ROWS)?;
    loop {
        match given.blocking_recv() {
            Some(Some(rows)) => book.add(&rows)?,
            Some(None) => return Ok(book.save(Sender::new(send))?),
            None => return Err(ExportError::Stopped),
        }
    }
}

/// Sends a file in parts to whoever takes it; a blocking write.
struct Sender {
    to: mpsc::Sender<Bytes>,
    part: Vec<u8>,
}

impl Sender {
    fn new(to: mpsc::Sender<Bytes>) -> Self {
        Self {
            to,
            part: Vec::with_capacity(PART),
        }
    }
}

impl Write for Sender {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.part.is_empty() {
            return Ok(());
        }
        let part = std::mem::replace(&mut self.part, Vec::with_capacity(PART));
        let sent = self.to.blocking_send(part.into());
        sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
