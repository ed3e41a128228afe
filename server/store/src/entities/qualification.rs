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
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::company::Entity",
        from = "Column::Siren",
        to = "super::company::Column::Siren"
    )]
    Company,
    #[sea_orm(
        belongs_to = "super::declaration::Entity",
        from = "Column::DeclarationId",
        to = "super::declaration::Column::Id"
    )]
    Declaration,
    #[sea_orm(has_many = "super::closure::Entity")]
    Closure,
}

impl Related<super::closure::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Closure.def()
    }
}

impl Related<super::company::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Company.def()
    }
}

impl Related<super::declaration::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Declaration.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
