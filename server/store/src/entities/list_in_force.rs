//! Which import of a list is in force.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lists_in_force")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub list: String,
    pub import: i64,
    pub since: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::list_import::Entity",
        from = "Column::Import",
        to = "super::list_import::Column::Id"
    )]
    Import,
}

impl Related<super::list_import::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Import.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
