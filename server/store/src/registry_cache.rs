//! Answers of the company register, kept so that it is asked little and pages work when it is down.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};

use crate::{
    entities::registry_entry::{ActiveModel, Column, Entity},
    error::StoreError,
    ids::stamp,
    txn::Txn,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedAnswer {
    pub body: String,
    pub fetched_at: DateTime<Utc>,
}

/// The last answer for a question, however old: the caller decides what is too old.
pub async fn get(db: &impl ConnectionTrait, key: &str) -> Result<Option<CachedAnswer>, StoreError> {
    let row = Entity::find_by_id(key).one(db).await?;
    Ok(row.map(|row| CachedAnswer {
        body: row.body,
        fetched_at: row.fetched_at,
    }))
}

pub async fn put(txn: &Txn, key: &str, body: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let row = ActiveModel {
        key: Set(key.to_owned()),
        body: Set(body.to_owned()),
        fetched_at: Set(stamp(now)),
    };
    let replace = OnConflict::column(Column::Key)
        .update_columns([Column::Body, Column::FetchedAt])
        .to_owned();
    Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(txn)
        .await?;
    Ok(())
}

/// Removes answers fetched before an instant.
pub async fn purge(txn: &Txn, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = Entity::delete_many()
        .filter(Column::FetchedAt.lt(stamp(before)))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
