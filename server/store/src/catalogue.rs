//! The versions of the catalogue of the form: recorded one after the other, never changed.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::{Catalogue, Catalogues, Dated};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder};
use uuid::Uuid;

use crate::{
    entities::catalogue_version::{ActiveModel, Column, Entity},
    error::{Conflict, StoreError},
    ids::stamp,
    stored,
    txn::Txn,
};

/// Who recorded a version, when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub version: u32,
    pub holds_from: NaiveDate,
    pub reason: String,
    pub by: Uuid,
    pub at: DateTime<Utc>,
}

/// Every version, oldest first.
pub async fn all(db: &impl ConnectionTrait) -> Result<Catalogues, StoreError> {
    Ok(with_history(db).await?.0)
}

/// Every version, and who recorded each, newest first.
pub async fn with_history(
    db: &impl ConnectionTrait,
) -> Result<(Catalogues, Vec<Recorded>), StoreError> {
    let rows = Entity::find().order_by_asc(Column::Version).all(db).await?;
    let mut catalogues = Catalogues::default();
    let mut history = Vec::with_capacity(rows.len());
    for row in rows {
        let version = stored::number(row.version, "catalogue_versions.version")?;
        let content: Catalogue = stored::json(&row.content, "catalogue_versions.content")?;
        let catalogue = Catalogue { version, ..content };
        catalogues.versions.push(Dated {
            from: row.holds_from,
            catalogue: Arc::new(catalogue.completed()),
        });
        history.push(Recorded {
            version,
            holds_from: row.holds_from,
            reason: row.reason,
            by: row.recorded_by,
            at: row.recorded_at,
        });
    }
    history.reverse();
    Ok((catalogues, history))
}

/// Records the version that follows the one that was read; a conflict when somebody else recorded one meanwhile.
pub async fn record(txn: &Txn, next: &Catalogue, recorded: &Recorded) -> Result<(), StoreError> {
    let newest = Entity::find()
        .order_by_desc(Column::Version)
        .one(txn)
        .await?;
    let last = newest.as_ref().map_or(0, |row| row.version);
    if i64::from(recorded.version) != last + 1 {
        return Err(StoreError::Conflict(Conflict {
            version: last,
            status: String::new(),
            by: newest
                .as_ref()
                .map(|row| row.recorded_by.to_string())
                .unwrap_or_default(),
            at: newest.map_or(recorded.at, |row| row.recorded_at),
        }));
    }
    let row = ActiveModel {
        version: Set(i64::from(recorded.version)),
        holds_from: Set(recorded.holds_from),
        content: Set(stored::to_json(next)?),
        reason: Set(recorded.reason.clone()),
        recorded_by: Set(recorded.by),
        recorded_at: Set(stamp(recorded.at)),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}
