//! Token buckets that several processes share: one row per key, one statement per try.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{
    entities::rate_limit::{ActiveModel, Column, Entity},
    error::StoreError,
    hash::Hash,
    txn::Txn,
};

/// So many at once, refilled evenly over the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub burst: u32,
    pub per: TimeDelta,
}

/// Takes one token for a key; if there is none, says how long to wait.
pub async fn take(
    txn: &Txn,
    key: Hash,
    limit: Limit,
    now: DateTime<Utc>,
) -> Result<Result<(), TimeDelta>, StoreError> {
    let now = now.timestamp_micros();
    let period = Ord::max(limit.per.num_microseconds().unwrap_or(i64::MAX / 4), 1);
    let one = Ord::max(period / i64::from(Ord::max(limit.burst, 1)), 1);
    // The bucket is described by the instant at which it will be full: taking a token puts it off.
    let current = || Expr::col((Entity, Column::FullAt));
    let from: Expr = Expr::case(current().gt(now), current()).finally(now).into();
    let taken = OnConflict::column(Column::KeyHash)
        .value(Column::FullAt, from.add(one))
        .action_and_where(current().lte(now + period - one))
        .to_owned();
    let row = ActiveModel {
        key_hash: Set(key.to_vec()),
        full_at: Set(now + one),
    };
    let rows = Entity::insert_many([row])
        .on_conflict(taken)
        .exec_without_returning(txn)
        .await?;
    if rows == 1 {
        return Ok(Ok(()));
    }
    let full_at = Entity::find_by_id(key.to_vec())
        .one(txn)
        .await?
        .map_or(now, |row| row.full_at);
    let wait = full_at - (now + period - one);
    Ok(Err(TimeDelta::microseconds(Ord::max(wait, 1))))
}

/// Removes buckets that are full: they say nothing.
pub async fn purge(txn: &Txn, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = Entity::delete_many()
        .filter(Column::FullAt.lte(now.timestamp_micros()))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
