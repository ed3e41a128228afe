//! Figures kept in memory: what was computed holds until anything is written to the buyer database, by whatever process.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use domain::indicators::{Asked, Dimension, Facts, Group};
use moka::future::Cache;
use sea_orm::DbErr;

use crate::error::StoreError;

/// Questions whose answers are kept.
const MOST: u64 = 128;

pub(in crate::buyer) type Years = BTreeMap<i32, Facts>;
pub(in crate::buyer) type Parts = Vec<(String, Group)>;

/// A question, asked of the database as it was after one change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) mark: String,
    pub(super) asked: Asked,
    pub(super) today: NaiveDate,
    pub(super) first: i32,
    pub(super) by: Option<Dimension>,
}

/// Whoever asks what is being computed waits for it: a question is answered once, whatever the number of visitors.
#[derive(Clone, Debug)]
pub(in crate::buyer) struct Remembered {
    years: Cache<Question, Arc<Years>>,
    parts: Cache<Question, Arc<Parts>>,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            years: Cache::new(MOST),
            parts: Cache::new(MOST),
        }
    }
}

impl Remembered {
    pub(super) async fn years(
        &self,
        question: Question,
        compute: impl Future<Output = Result<Years, StoreError>>,
    ) -> Result<Years, StoreError> {
        let compute = async { compute.await.map(Arc::new) };
        let known = self.years.try_get_with(question, compute).await;
        known.map(|known| Years::clone(&known)).map_err(shared)
    }

    pub(super) async fn parts(
        &self,
        question: Question,
        compute: impl Future<Output = Result<Parts, StoreError>>,
    ) -> Result<Parts, StoreError> {
        let compute = async { compute.await.map(Arc::new) };
        let known = self.parts.try_get_with(question, compute).await;
        known.map(|known| Parts::clone(&known)).map_err(shared)
    }
}

/// The failure of who computed, for all who waited.
fn shared(error: Arc<StoreError>) -> StoreError {
    Arc::try_unwrap(error).unwrap_or_else(|error| match &*error {
        StoreError::Unavailable(cause) => StoreError::Unavailable(DbErr::Custom(cause.to_string())),
        StoreError::Schema(cause) => StoreError::Schema(DbErr::Custom(cause.to_string())),
        error => StoreError::Other(DbErr::Custom(error.to_string())),
    })
}
