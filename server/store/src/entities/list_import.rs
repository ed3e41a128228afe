//! A file of a list, from when it was sent.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "list_imports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub list: String,
    pub state: String,
    pub file_name: String,
    pub sha256: String,
    pub size_bytes: i64,
    pub format: String,
    pub published_on: Date,
    pub headings: String,
    pub sample: String,
    pub mapping: String,
    pub outcome: Option<String>,
    pub failure: Option<String>,
    pub rows_read: i64,
    pub rows_kept: bool,
    pub base: Option<i64>,
    pub sent_by: Option<Uuid>,
    pub sent_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
