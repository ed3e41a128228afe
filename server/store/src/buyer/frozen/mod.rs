//! Frozen years: the data set behind the figures of a year, read once as it stands, kept with them and never altered.

mod kept;
mod lines;

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::Mode;
use domain::indicators::Asked;
use domain::text::Text;

use super::{BuyerStore, rows::Row, schema::FROZEN_LINES};
use crate::{error::StoreError, store};
pub use kept::Kept;

/// The columns of a line before those of the published file.
const OWN: usize = 4;

/// The columns of the published file of contracts, and what each holds.
pub fn columns() -> impl Iterator<Item = (&'static str, Text)> {
    FROZEN_LINES
        .columns
        .iter()
        .skip(OWN)
        .map(|column| (column.name, column.about))
}

/// One state of a frozen year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenYear {
    pub year: i32,
    /// From 1; one more each time the year is frozen again.
    pub edition: u32,
    pub mode: Mode,
    pub buyer_siren: String,
    /// Codes of the kinds that make a solidarity enterprise, separated by spaces.
    pub kinds: String,
    pub rule_version: String,
    pub data_date: Option<String>,
    /// SHA-256 of the file of contracts.
    pub sha256: String,
    /// The figures, as JSON.
    pub figures: String,
    pub note: String,
    pub frozen_by: String,
    pub frozen_at: DateTime<Utc>,
}

impl BuyerStore {
    /// The contracts of a year with their holders, as the published file has them: one line per contract and holder.
    pub async fn year_lines(
        &self,
        asked: &Asked,
        today: NaiveDate,
    ) -> Result<Vec<Row>, StoreError> {
        let connection = self.connection(false).await?;
        let done = lines::lines(&connection, asked, today).await;
        self.give_back(connection).await;
        done
    }

    /// Keeps the states of a year with their lines, all or nothing. The same figures frozen by the same person with the same
    /// note less than a minute before `begun` are the same edition: the button was pressed twice.
    pub async fn keep_frozen(
        &self,
        states: &[(FrozenYear, Vec<Row>)],
        begun: DateTime<Utc>,
    ) -> Result<Kept, StoreError> {
        let connection = self.connection(false).await?;
        let done = store::write(&connection, |txn| kept::keep(txn, states, begun)).await;
        self.give_back(connection).await;
        done
    }

    /// Every frozen state, the latest year and edition first.
    pub async fn frozen_years(&self) -> Result<Vec<FrozenYear>, StoreError> {
        let connection = self.connection(false).await?;
        let done = kept::years(&connection, "").await;
        self.give_back(connection).await;
        done
    }

    /// A page of editions with their states, from 1, the latest year and edition first; and how many editions there are.
    pub async fn frozen_page(&self, page: u64) -> Result<(Vec<FrozenYear>, u64), StoreError> {
        let connection = self.connection(false).await?;
        let done = kept::page(&connection, page).await;
        self.give_back(connection).await;
        done
    }

    /// The states of one edition.
    pub async fn frozen_edition(
        &self,
        year: i32,
        edition: u32,
    ) -> Result<Vec<FrozenYear>, StoreError> {
        let connection = self.connection(false).await?;
        let which = format!("WHERE year = {year} AND edition = {edition}");
        let done = kept::years(&connection, &which).await;
        self.give_back(connection).await;
        done
    }

    /// All lines of a frozen state.
    pub async fn frozen_whole(&self, of: &FrozenYear) -> Result<Vec<Row>, StoreError> {
        let connection = self.connection(false).await?;
        let done = kept::whole(&connection, of).await;
        self.give_back(connection).await;
        done
    }

    /// Lines of a frozen state, from after a position on: a page, empty at the end.
    pub async fn frozen_lines(
        &self,
        of: &FrozenYear,
        after: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let connection = self.connection(false).await?;
        let done = kept::lines(&connection, of, after).await;
        self.give_back(connection).await;
        done
    }
}
