//! A list to write: its headings, and its rows some at a time.

use app::i18n::{Lang, Text};
use chrono::NaiveDate;
use domain::decimal::Hundredths;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use store::StoreError;

/// The content of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Integer(u64),
    /// A number with two decimals.
    Number(Hundredths),
    /// In euros.
    Amount(Hundredths),
    /// In percent.
    Rate(Hundredths),
    Date(NaiveDate),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn amount(amount: Option<Hundredths>) -> Self {
        amount.map_or(Self::Empty, Self::Amount)
    }

    /// A rate that is not computable is no rate: it is not zero.
    pub fn rate(rate: Option<Hundredths>) -> Self {
        rate.map_or(Self::Empty, Self::Rate)
    }

    pub fn date(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }

    pub fn yes_no(yes: bool, lang: Lang) -> Self {
        Self::text(if yes {
            lang.pick("oui", "yes")
        } else {
            lang.pick("non", "no")
        })
    }
}

pub type Row = Vec<Cell>;
/// Rows as they are read: some at a time.
pub type Rows = BoxStream<'static, Result<Vec<Row>, StoreError>>;

/// Rows read stretch after stretch: `next` gives the rows after a place, and the place where they end; `None`: that was all.
pub fn stretches<K, F, R>(next: F) -> Rows
where
    K: Send + 'static,
    F: Fn(Option<K>) -> R + Send + 'static,
    R: Future<Output = Result<(Vec<Row>, Option<K>), StoreError>> + Send + 'static,
{
    stream::try_unfold(Some(None), move |from: Option<Option<K>>| {
        let read = from.map(&next);
        async move {
            let Some(read) = read else {
                return Ok(None);
            };
            let (rows, last) = read.await?;
            Ok(Some((rows, last.map(Some))))
        }
    })
    .boxed()
}

/// The last of the rows found, unless they are fewer than were asked for: then nothing follows.
pub fn last_of<T>(found: &[T], asked: u64) -> Option<&T> {
    let full = u64::try_from(found.len()).is_ok_and(|rows| rows >= asked);
    found.last().filter(|_| full)
}

#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub heading: Text,
    /// In characters.
    pub width: u8,
}

impl Column {
    pub const fn new(heading: Text, width: u8) -> Self {
        Self { heading, width }
    }
}

/// A list to write, in the language of who takes it.
pub struct Table {
    pub title: String,
    pub lang: Lang,
    pub columns: Vec<Column>,
    pub rows: Rows,
}

impl Table {
    /// A list that is at hand.
    pub fn of(title: Text, lang: Lang, columns: Vec<Column>, rows: Vec<Row>) -> Self {
        Self {
            title: title.get(lang).to_owned(),
            lang,
            columns,
            rows: stream::iter([Ok(rows)]).boxed(),
        }
    }

    /// Reads the first rows: what fails from the start can still be told.
    pub async fn begun(self) -> Result<Self, StoreError> {
        let mut rows = self.rows;
        let first = rows.try_next().await?;
        Ok(Self {
            rows: stream::iter(first.map(Ok)).chain(rows).boxed(),
            ..self
        })
    }
}
