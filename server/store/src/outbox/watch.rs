//! The human's side: what waits, since when, and what was given up.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::Message;
use crate::{
    accounts::one_row,
    effects::routes,
    entities::outbox_message::{Column, Entity},
    error::StoreError,
    ids::stamp,
    txn::Txn,
};

/// What waits on one route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    pub route: String,
    pub pending: u64,
    pub parked: u64,
    /// When the oldest pending message was written.
    pub oldest_pending: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct BacklogRow {
    route: String,
    pending: i64,
    parked: i64,
    oldest_pending: Option<DateTime<Utc>>,
}

/// The routes on which something waits or was parked, in one query.
pub async fn backlog(db: &impl ConnectionTrait) -> Result<Vec<Backlog>, StoreError> {
    let rows = Entity::find()
        .select_only()
        .column(Column::Route)
        .column_as(Column::Id.count().sub(Column::ParkedAt.count()), "pending")
        .column_as(Column::ParkedAt.count(), "parked")
        .column_as(
            Expr::case(Column::ParkedAt.is_null(), Expr::col(Column::CreatedAt)).min(),
            "oldest_pending",
        )
        .filter(Column::DeliveredAt.is_null())
        .group_by(Column::Route)
        .order_by_asc(Column::Route)
        .into_model::<BacklogRow>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Backlog {
            route: row.route,
            pending: u64::try_from(row.pending).unwrap_or(0),
            parked: u64::try_from(row.parked).unwrap_or(0),
            oldest_pending: row.oldest_pending,
        })
        .collect())
}

/// The messages given up, oldest first.
pub async fn parked(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Message>, StoreError> {
    let rows = Entity::find()
        .filter(Column::ParkedAt.is_not_null())
        .order_by_asc(Column::ParkedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Puts a parked message back in the queue, with those that leave in the same mail. `NotFound` when it is not parked.
pub async fn unpark(txn: &Txn, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = Entity::update_many()
        .col_expr(Column::ParkedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::AvailableAt, Expr::value(stamp(now)))
        .filter(
            Column::Id
                .eq(id)
                .or(Column::Batch.in_subquery(batch_of(id))),
        )
        .filter(Column::ParkedAt.is_not_null())
        .exec(txn)
        .await?
        .rows_affected;
    one_row(Ord::min(rows, 1))
}

fn batch_of(id: Uuid) -> SelectStatement {
    Query::select()
        .column(Column::Batch)
        .from(Entity)
        .and_where(Column::Id.eq(id))
        .and_where(Column::Batch.is_not_null())
        .take()
}

/// The messages about one subject, in the order they were written.
pub async fn by_subject(
    db: &impl ConnectionTrait,
    subject: &str,
    limit: u64,
) -> Result<Vec<Message>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Subject.eq(subject))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The messages of one route about one subject, the newest first.
pub async fn newest(
    db: &impl ConnectionTrait,
    subject: &str,
    route: &str,
    limit: u64,
) -> Result<Vec<Message>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Subject.eq(subject))
        .filter(Column::Route.eq(route))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Forgets what was delivered before an instant. What was given up stays until a person has dealt with it, but for links that
/// lead nowhere any more.
pub async fn purge(txn: &Txn, route: &str, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = Entity::delete_many()
        .filter(Column::Route.eq(route))
        .filter(match route {
            routes::SIGN_IN => Column::DeliveredAt
                .lt(stamp(before))
                .or(Column::ParkedAt.lt(stamp(before))),
            _ => Column::DeliveredAt.lt(stamp(before)),
        })
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
