//! Answers that came too late: kept aside, so that a conflict loses nothing that was typed.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    entities::draft_copy::{ActiveModel, Column, Entity},
    error::StoreError,
    ids::{new_id, stamp},
    stored,
    txn::Txn,
};

#[derive(Clone, Debug, PartialEq)]
pub struct DraftCopy {
    pub id: Uuid,
    /// The step of the form, as its code.
    pub step: String,
    pub answers: serde_json::Value,
    pub created_at: DateTime<Utc>,
}

/// Keeps the answers of one step aside for their author; says under which identifier.
pub async fn keep_copy(
    txn: &Txn,
    declaration: Uuid,
    account: Uuid,
    step: &str,
    answers: &serde_json::Value,
    now: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let id = new_id(now);
    let row = ActiveModel {
        id: Set(id),
        declaration_id: Set(declaration),
        account_id: Set(account),
        step: Set(step.to_owned()),
        answers: Set(answers.to_string()),
        created_at: Set(stamp(now)),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    Ok(id)
}

/// Puts newer answers in the place of those kept aside under this identifier; `false` when there are none of this person's.
pub async fn replace_copy(
    txn: &Txn,
    id: Uuid,
    declaration: Uuid,
    account: Uuid,
    step: &str,
    answers: &serde_json::Value,
) -> Result<bool, StoreError> {
    let done = Entity::update_many()
        .col_expr(Column::Answers, Expr::value(answers.to_string()))
        .filter(Column::Id.eq(id))
        .filter(Column::DeclarationId.eq(declaration))
        .filter(Column::AccountId.eq(account))
        .filter(Column::Step.eq(step))
        .exec(txn)
        .await?;
    Ok(done.rows_affected == 1)
}

/// What was kept, for its author only.
pub async fn copy(
    db: &impl ConnectionTrait,
    id: Uuid,
    declaration: Uuid,
    account: Uuid,
) -> Result<Option<DraftCopy>, StoreError> {
    let row = Entity::find_by_id(id)
        .filter(Column::DeclarationId.eq(declaration))
        .filter(Column::AccountId.eq(account))
        .one(db)
        .await?;
    row.map(|row| {
        Ok(DraftCopy {
            id: row.id,
            answers: stored::json(&row.answers, "draft_copies.answers")?,
            step: row.step,
            created_at: row.created_at,
        })
    })
    .transpose()
}

/// Forgets what nobody came back for.
pub async fn purge_copies(txn: &Txn, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = Entity::delete_many()
        .filter(Column::CreatedAt.lt(stamp(before)))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
