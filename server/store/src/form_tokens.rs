//! Form tokens: the same form posted twice does its work once, and both posts get the same answer.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    entities::form_token::{ActiveModel, Column, Entity},
    error::StoreError,
    hash::Hash,
    ids::stamp,
    txn::Txn,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstUse {
    /// Do the work, in this same transaction; `location` is where the answer will lead.
    Yes,
    /// The work was done: lead there.
    No { location: String },
}

/// Spends a token in the transaction of the work itself; a second post waits for the first.
pub async fn spend(
    txn: &Txn,
    token: Hash,
    account: Uuid,
    location: &str,
    now: DateTime<Utc>,
) -> Result<FirstUse, StoreError> {
    let row = ActiveModel {
        token_hash: Set(token.to_vec()),
        account_id: Set(account),
        location: Set(location.to_owned()),
        used_at: Set(stamp(now)),
    };
    let inserted = Entity::insert_many([row])
        .on_conflict(
            OnConflict::column(Column::TokenHash)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(txn)
        .await?;
    if inserted == 1 {
        return Ok(FirstUse::Yes);
    }
    let used = Entity::find_by_id(token.to_vec())
        .filter(Column::AccountId.eq(account))
        .one(txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    Ok(FirstUse::No {
        location: used.location,
    })
}

/// Removes tokens used before an instant.
pub async fn purge(txn: &Txn, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = Entity::delete_many()
        .filter(Column::UsedAt.lt(stamp(before)))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
