//! A message that must reach a mail server or the buyer database.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub route: String,
    pub dedup_key: String,
    pub subject: String,
    pub recipient: String,
    pub payload: String,
    pub created_at: DateTimeUtc,
    pub available_at: DateTimeUtc,
    pub lease_owner: Option<Uuid>,
    pub lease_until: Option<DateTimeUtc>,
    pub attempt: i64,
    pub delivered_at: Option<DateTimeUtc>,
    pub parked_at: Option<DateTimeUtc>,
    pub last_error: Option<String>,
    /// Messages that leave in one mail share it.
    pub batch: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
