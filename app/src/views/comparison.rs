//! Two versions that a company sent, one after the other.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::catalogue::Catalogue;
use domain::form::Snapshot;
use uuid::Uuid;

/// A version and the one before it; nothing before the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonView {
    /// The declaration that sent the newer one.
    pub id: Uuid,
    pub reference: String,
    pub company_name: String,
    /// How the catalogue called things when the newer one was signed.
    pub names: Arc<Catalogue>,
    pub newer: ComparedVersion,
    pub older: Option<ComparedVersion>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedVersion {
    pub number: u32,
    /// The declaration that sent it.
    pub declaration: Uuid,
    pub signed_at: DateTime<Utc>,
    pub snapshot: Snapshot,
}
