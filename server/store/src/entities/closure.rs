//! The early end of a qualification.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "closures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub qualification_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub starts_on: Date,
    pub cause: String,
    pub reason: String,
    pub decided_by: Option<Uuid>,
    pub second_person: Option<Uuid>,
    pub recorded_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::qualification::Entity",
        from = "Column::QualificationId",
        to = "super::qualification::Column::Id"
    )]
    Qualification,
}

impl Related<super::qualification::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Qualification.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
