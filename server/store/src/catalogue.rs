//! The versions of the catalogue of the form: recorded one after the other, never changed.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::{Catalogue, Catalogues, Dated};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder};
use uuid::Uuid;

use crate::{
    entities::catalogue_version::{ActiveModel, Column, Entity, Model},
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
    let rows = rows(db).await?;
    let versions = rows
        .into_iter()
        .map(|row| {
            let mut catalogue: Catalogue =
                stored::json(&row.content, "catalogue_versions.content")?;
            catalogue.version = stored::number(row.version, "catalogue_versions.version")?;
            Ok(Dated {
                from: row.holds_from,
                catalogue: Arc::new(catalogue.completed()),
            })
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(Catalogues {
        versions,
        ..Catalogues::default()
    })
}

/// The history, newest first.
pub async fn history(db: &impl ConnectionTrait) -> Result<Vec<Recorded>, StoreError> {
    rows(db)
        .await?
        .into_iter()
        .rev()
        .map(|row| {
            Ok(Recorded {
                version: stored::number(row.version, "catalogue_versions.version")?,
                holds_from: row.holds_from,
                reason: row.reason,
                by: row.recorded_by,
                at: row.recorded_at,
            })
        })
        .collect()
}

async fn rows(db: &impl ConnectionTrait) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find().order_by_asc(Column::Version).all(db).await?)
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
