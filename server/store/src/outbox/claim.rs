//! The worker's side: claim by lease, then deliver, retry or park, fenced by the attempt.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, UpdateMany,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, Order, Query},
};
use uuid::Uuid;

use super::Message;
use crate::{
    entities::outbox_message::{Column, Entity},
    error::StoreError,
    ids::stamp,
    sql::{db_later, db_now},
    txn::Txn,
};

/// What a worker asks for.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// This process, so that it can give its leases back when it stops.
    pub owner: Uuid,
    pub routes: &'a [&'a str],
    pub limit: u64,
    /// After this time by the database's clock, another worker may claim the rows again.
    pub lease: TimeDelta,
}

/// Claims the oldest messages that are due, each for one worker only.
///
/// Rows are chosen by their state and never by "newer than the last one seen": identifiers may be
/// committed out of order.
pub async fn claim(
    txn: &Txn,
    claim: &Claim<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<Message>, StoreError> {
    claim_if(txn, claim, now, None).await
}

/// As [`claim`], among the rows of which `also` is true.
pub(super) async fn claim_if(
    txn: &Txn,
    claim: &Claim<'_>,
    now: DateTime<Utc>,
    also: Option<Expr>,
) -> Result<Vec<Message>, StoreError> {
    let backend = txn.get_database_backend();
    let mut due = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::Route.is_in(claim.routes.iter().copied()))
        .and_where(Column::DeliveredAt.is_null())
        .and_where(Column::ParkedAt.is_null())
        .and_where(Column::AvailableAt.lte(stamp(now)))
        .and_where(
            Column::LeaseUntil
                .is_null()
                .or(Expr::col(Column::LeaseUntil).lte(db_now(backend))),
        )
        .order_by(Column::Id, Order::Asc)
        .limit(claim.limit)
        .take();
    if let Some(also) = also {
        due.and_where(also);
    }
    if backend == DbBackend::Postgres {
        due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let mut rows = Entity::update_many()
        .col_expr(Column::LeaseOwner, Expr::value(claim.owner))
        .col_expr(Column::LeaseUntil, db_later(backend, claim.lease))
        .col_expr(Column::Attempt, Expr::col(Column::Attempt).add(1))
        .filter(Column::Id.in_subquery(due))
        .exec_with_returning(txn)
        .await?;
    rows.sort_unstable_by_key(|row| row.id);
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Marks a claimed message as delivered; `moot` says why nothing had to be sent any more. `false`: the lease was lost, and
/// nothing changed.
pub async fn delivered(
    txn: &Txn,
    id: Uuid,
    attempt: i64,
    now: DateTime<Utc>,
    moot: Option<&str>,
) -> Result<bool, StoreError> {
    let update = fenced(id, attempt)
        .col_expr(Column::DeliveredAt, Expr::value(stamp(now)))
        .col_expr(Column::LastError, Expr::value(moot.map(str::to_owned)));
    finish(txn, update).await
}

/// Puts a claimed message back until `at`. `false`: the lease was lost, and nothing changed.
pub async fn retry(
    txn: &Txn,
    id: Uuid,
    attempt: i64,
    at: DateTime<Utc>,
    error: &str,
) -> Result<bool, StoreError> {
    let update = fenced(id, attempt)
        .col_expr(Column::AvailableAt, Expr::value(stamp(at)))
        .col_expr(Column::LastError, Expr::value(error));
    finish(txn, update).await
}

/// Gives up on a claimed message until a person asks again. `false`: the lease was lost.
pub async fn park(
    txn: &Txn,
    id: Uuid,
    attempt: i64,
    error: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let update = fenced(id, attempt)
        .col_expr(Column::ParkedAt, Expr::value(stamp(now)))
        .col_expr(Column::LastError, Expr::value(error));
    finish(txn, update).await
}

/// Gives back the leases of a process that stops; says how many. Their attempts stay spent, so
/// that a late mark of that process is refused once someone else has claimed.
pub async fn release(txn: &Txn, owner: Uuid) -> Result<u64, StoreError> {
    let done = Entity::update_many()
        .col_expr(Column::LeaseOwner, Expr::value(Option::<Uuid>::None))
        .col_expr(
            Column::LeaseUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(Column::LeaseOwner.eq(owner))
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::ParkedAt.is_null())
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}

fn fenced(id: Uuid, attempt: i64) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::LeaseOwner, Expr::value(Option::<Uuid>::None))
        .col_expr(
            Column::LeaseUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(Column::Id.eq(id))
        .filter(Column::Attempt.eq(attempt))
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::ParkedAt.is_null())
}

async fn finish(txn: &Txn, update: UpdateMany<Entity>) -> Result<bool, StoreError> {
    Ok(update.exec(txn).await?.rows_affected == 1)
}
