//! Answers of the company register, kept so that it is asked little and pages work when it is down.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};

use crate::{
    entities::registry_entry::{ActiveModel, Column, Entity, Model},
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
    Ok(row.map(CachedAnswer::from))
}

/// As [`get`], for several questions at once; those without an answer are left out.
pub async fn get_all(
    db: &impl ConnectionTrait,
    keys: &[String],
) -> Result<HashMap<String, CachedAnswer>, StoreError> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find()
        .filter(Column::Key.is_in(keys))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.key.clone(), CachedAnswer::from(row)))
        .collect())
}

impl From<Model> for CachedAnswer {
    fn from(row: Model) -> Self {
        Self {
            body: row.body,
            fetched_at: row.fetched_at,
        }
    }
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
