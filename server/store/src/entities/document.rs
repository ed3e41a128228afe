//! An evidence document; its content lies in the object storage.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "documents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub siren: String,
    pub sha256: String,
    pub name: String,
    pub kind: String,
    pub size: i64,
    pub preview: bool,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub sent_by: Uuid,
    pub sent_at: DateTimeUtc,
    pub scan: String,
    pub found: Option<String>,
    pub attempts: i64,
    pub next_scan_at: DateTimeUtc,
    /// Since when the scan is waited for; nothing of what never had to wait.
    pub waits_since: Option<DateTimeUtc>,
    pub scanned_at: Option<DateTimeUtc>,
    pub signed: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
