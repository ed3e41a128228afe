//! A declaration: one cycle, from opening to decision.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "declarations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub siren: String,
    pub status: String,
    pub version: i64,
    pub form_version: i64,
    pub answers: String,
    pub step_versions: String,
    pub typing: String,
    pub revision: Option<i64>,
    pub reference: String,
    pub previous: Option<Uuid>,
    pub opened_at: DateTimeUtc,
    pub opened_by: Uuid,
    pub updated_at: DateTimeUtc,
    pub updated_by: String,
    pub submitted_at: Option<DateTimeUtc>,
    pub submitted_by: Option<Uuid>,
    pub reviewer: Option<Uuid>,
    pub review_started_at: Option<DateTimeUtc>,
    pub signed_at: Option<DateTimeUtc>,
    pub signed_by: Option<Uuid>,
    pub signed_name: Option<String>,
    pub signed_quality: Option<String>,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::company::Entity",
        from = "Column::Siren",
        to = "super::company::Column::Siren"
    )]
    Company,
    /// The last revision submitted.
    #[sea_orm(
        belongs_to = "super::revision::Entity",
        from = "(Column::Siren, Column::Revision)",
        to = "(super::revision::Column::Siren, super::revision::Column::Number)"
    )]
    Revision,
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::Reviewer",
        to = "super::account::Column::Id"
    )]
    Reviewer,
}

impl Related<super::company::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Company.def()
    }
}

impl Related<super::revision::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Revision.def()
    }
}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Reviewer.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
