//! The hours that a company states for a quarter of a commitment.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hours_statements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub siren: String,
    pub claim_key: String,
    pub number: i64,
    /// Its first day.
    pub quarter: Date,
    /// Its last day.
    pub quarter_ends: Date,
    /// In hundredths.
    pub hours: i64,
    pub note: String,
    pub told_by: Uuid,
    pub told_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_one = "super::hours_check::Entity")]
    Check,
}

impl Related<super::hours_check::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Check.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
