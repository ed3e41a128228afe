//! Sessions: found by the hash of a random identifier, ended by idleness, by age, or on demand.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    accounts::Account,
    entities::{
        account,
        session::{ActiveModel, Column, Entity},
    },
    error::StoreError,
    hash::Hash,
    ids::stamp,
    txn::Txn,
};

#[derive(Clone, Debug)]
pub struct Session {
    pub account: Account,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    /// How long it lives when nothing is asked.
    pub idle: TimeDelta,
    /// When it ends if nothing more is asked.
    pub idle_until: DateTime<Utc>,
    /// When it ends in any case.
    pub expires_at: DateTime<Utc>,
}

/// Begins a session under an identifier that was never used before sign-in.
pub async fn begin(
    txn: &Txn,
    id: Hash,
    account: Uuid,
    idle: TimeDelta,
    absolute: TimeDelta,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let now = stamp(now);
    let row = ActiveModel {
        id_hash: Set(id.to_vec()),
        account_id: Set(account),
        created_at: Set(now),
        seen_at: Set(now),
        idle_seconds: Set(idle.num_seconds()),
        idle_until: Set(now + idle),
        expires_at: Set(now + absolute),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}

/// The living session and its enabled account, in one query.
pub async fn find(
    db: &impl ConnectionTrait,
    id: Hash,
    now: DateTime<Utc>,
) -> Result<Option<Session>, StoreError> {
    let now = stamp(now);
    let belongs = Entity::belongs_to(account::Entity)
        .from(Column::AccountId)
        .to(account::Column::Id)
        .into();
    let found = Entity::find()
        .join(JoinType::InnerJoin, belongs)
        .select_also(account::Entity)
        .filter(Column::IdHash.eq(id.to_vec()))
        .filter(Column::IdleUntil.gt(now))
        .filter(Column::ExpiresAt.gt(now))
        .filter(account::Column::DisabledAt.is_null())
        .one(db)
        .await?;
    let Some((session, Some(account))) = found else {
        return Ok(None);
    };
    Ok(Some(Session {
        account: account.try_into()?,
        created_at: session.created_at,
        seen_at: session.seen_at,
        idle: TimeDelta::seconds(session.idle_seconds),
        idle_until: session.idle_until,
        expires_at: session.expires_at,
    }))
}

/// Puts off the idle end. Call it when `seen_at` is a minute old, not at each request.
pub async fn touch(
    txn: &Txn,
    id: Hash,
    idle: TimeDelta,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let now = stamp(now);
    let rows = Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(now))
        .col_expr(Column::IdleUntil, Expr::value(now + idle))
        .filter(Column::IdHash.eq(id.to_vec()))
        .exec(txn)
        .await?
        .rows_affected;
    crate::accounts::one_row(rows)
}

/// Signs out. Ending a session that is gone is not an error.
pub async fn end(txn: &Txn, id: Hash) -> Result<(), StoreError> {
    Entity::delete_by_id(id.to_vec()).exec(txn).await?;
    Ok(())
}

/// Signs the person out everywhere; says how many sessions ended.
pub async fn end_all(txn: &Txn, account: Uuid) -> Result<u64, StoreError> {
    let done = Entity::delete_many()
        .filter(Column::AccountId.eq(account))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}

/// Removes what nobody can use any more.
pub async fn purge(txn: &Txn, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let now = stamp(now);
    let done = Entity::delete_many()
        .filter(Column::ExpiresAt.lte(now).or(Column::IdleUntil.lte(now)))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
