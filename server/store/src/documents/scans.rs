//! The scans of the documents: those whose turn has come, and what came of each.

use chrono::{DateTime, Utc};
use domain::documents::Scan;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    audit::Entry,
    entities::document::{Column, Entity},
    error::StoreError,
    ids::stamp,
    txn::Txn,
};

/// A document whose turn has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToScan {
    pub id: Uuid,
    pub sha256: String,
    pub attempts: u32,
}

/// What the scanner said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    /// The name of what it found.
    Infected(String),
    /// It did not answer: try again from then on.
    Later(DateTime<Utc>),
}

/// The documents to scan now, those that wait longest first.
pub async fn to_scan(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<ToScan>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Scan.eq(Scan::Waiting.code()))
        .filter(Column::NextScanAt.lte(stamp(now)))
        .order_by_asc(Column::NextScanAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ToScan {
            id: row.id,
            sha256: row.sha256,
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        })
        .collect())
}

/// The scans that did not happen yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScanBacklog {
    pub pending: u64,
    /// Those that were tried, and that the scanner did not settle.
    pub failing: u64,
    pub oldest: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct BacklogRow {
    pending: i64,
    failing: i64,
    oldest: Option<DateTime<Utc>>,
}

/// What waits, in one query.
pub async fn backlog(db: &impl ConnectionTrait) -> Result<ScanBacklog, StoreError> {
    let row = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "pending")
        .column_as(
            Expr::case(Column::Attempts.gt(0), Expr::col(Column::Id)).count(),
            "failing",
        )
        .column_as(Column::WaitsSince.min(), "oldest")
        .filter(Column::Scan.eq(Scan::Waiting.code()))
        .into_model::<BacklogRow>()
        .one(db)
        .await?;
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    Ok(row.map_or_else(ScanBacklog::default, |row| ScanBacklog {
        pending: count(row.pending),
        failing: count(row.failing),
        oldest: row.oldest,
    }))
}

/// Writes what the scanner said. Two processes that scanned the same document write the same once.
pub async fn settle(
    txn: &Txn,
    id: Uuid,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let waiting = Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::Scan.eq(Scan::Waiting.code()))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1));
    let (scan, found) = match outcome {
        Outcome::Later(next) => {
            waiting
                .col_expr(Column::NextScanAt, Expr::value(stamp(*next)))
                .exec(txn)
                .await?;
            return Ok(());
        }
        Outcome::Clean => (Scan::Clean, None),
        Outcome::Infected(found) => (Scan::Infected, Some(found.clone())),
    };
    let written = waiting
        .col_expr(Column::Scan, Expr::value(scan.code()))
        .col_expr(Column::Found, Expr::value(found.clone()))
        .col_expr(Column::ScannedAt, Expr::value(stamp(now)))
        .exec(txn)
        .await?;
    if written.rows_affected > 0 {
        txn.audit(Entry {
            actor: "system".to_owned(),
            act: format!("document_{}", scan.code()),
            subject: format!("document:{id}"),
            details: json!({ "found": found }),
            at: now,
        });
    }
    Ok(())
}

/// A scanner was configured since: what was taken without one is scanned after all.
pub async fn rescan_all(txn: &Txn, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = Entity::update_many()
        .col_expr(Column::Scan, Expr::value(Scan::Waiting.code()))
        .col_expr(Column::NextScanAt, Expr::value(stamp(now)))
        .col_expr(Column::WaitsSince, Expr::value(Some(stamp(now))))
        .filter(Column::Scan.eq(Scan::NotScanned.code()))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
