//! What the pages of the catalogue show and ask.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::{Catalogues, Change};

/// Every version, with who recorded each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueView {
    pub catalogues: Arc<Catalogues>,
    /// Newest first.
    pub history: Vec<CatalogueVersion>,
    pub today: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueVersion {
    pub version: u32,
    pub from: NaiveDate,
    pub reason: String,
    /// The name of the administrator.
    pub by: String,
    pub at: DateTime<Utc>,
}

/// A change to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueChange {
    /// The version that the administrator read.
    pub version: u32,
    pub change: Change,
    pub from: NaiveDate,
    pub reason: String,
}
