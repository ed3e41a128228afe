//! A claim accepted, with its period.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "qualifications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub siren: String,
    pub declaration_id: Uuid,
    pub revision: i64,
    pub claim_key: String,
    pub kind: String,
    pub claim: String,
    pub hash: String,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub accepted_by: Uuid,
    pub accepted_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
