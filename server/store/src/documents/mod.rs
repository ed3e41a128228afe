//! Evidence documents: what is kept for which company, and what the scanner said of it.
//!
//! Invariant: a row exists only once its content is in the storage, and content is removed only after its last row.

mod beside;
mod orphans;
mod scans;

pub use beside::{with_people, with_role};
pub use orphans::{Orphan, is_known, is_signed, orphans, remove};
pub use scans::{Outcome, ScanBacklog, ToScan, backlog, rescan_all, settle, to_scan};

use chrono::{DateTime, Utc};
use domain::{
    documents::{Document, FileKind, KnownDocument, Scan},
    identifiers::Siren,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    entities::document::{ActiveModel, Column, Entity, Model},
    error::StoreError,
    ids::{new_id, stamp},
    stored,
    txn::Txn,
};

/// A document about to be kept: its content is in the storage already.
#[derive(Clone, Debug)]
pub struct NewDocument {
    pub siren: Siren,
    pub document: Document,
    pub preview: bool,
    /// Waiting or not scanned.
    pub scan: Scan,
    pub by: Uuid,
}

/// A document and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    pub siren: Siren,
    pub known: KnownDocument,
}

impl TryFrom<Model> for Owned {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            siren: stored::siren(&row.siren)?,
            known: KnownDocument {
                id: row.id,
                scan: Scan::from_code(&row.scan)
                    .ok_or_else(|| StoreError::corrupt("documents.scan"))?,
                preview: row.preview,
                document: Document {
                    sha256: row.sha256,
                    name: row.name,
                    kind: FileKind::from_code(&row.kind)
                        .ok_or_else(|| StoreError::corrupt("documents.kind"))?,
                    size: u64::try_from(row.size)
                        .map_err(|_| StoreError::corrupt("documents.size"))?,
                    valid_from: row.valid_from,
                    valid_to: row.valid_to,
                },
            },
        })
    }
}

/// Keeps a document. The same content under the same name is the same document: its dates are those given last, and what the
/// scanner said of it stays.
pub async fn keep(txn: &Txn, new: &NewDocument, now: DateTime<Utc>) -> Result<Uuid, StoreError> {
    let document = &new.document;
    let same = Entity::find()
        .filter(Column::Siren.eq(new.siren.as_str()))
        .filter(Column::Sha256.eq(document.sha256.as_str()))
        .filter(Column::Name.eq(document.name.as_str()))
        .one(txn)
        .await?;
    if let Some(row) = same {
        Entity::update_many()
            .col_expr(Column::ValidFrom, Expr::value(document.valid_from))
            .col_expr(Column::ValidTo, Expr::value(document.valid_to))
            .col_expr(Column::SentAt, Expr::value(stamp(now)))
            .filter(Column::Id.eq(row.id))
            .exec(txn)
            .await?;
        return Ok(row.id);
    }
    let id = new_id(now);
    let row = ActiveModel {
        id: Set(id),
        siren: Set(new.siren.as_str().to_owned()),
        sha256: Set(document.sha256.clone()),
        name: Set(document.name.clone()),
        kind: Set(document.kind.code().to_owned()),
        size: Set(i64::try_from(document.size).map_err(|_| StoreError::corrupt("documents.size"))?),
        preview: Set(new.preview),
        valid_from: Set(document.valid_from),
        valid_to: Set(document.valid_to),
        sent_by: Set(new.by),
        sent_at: Set(stamp(now)),
        scan: Set(new.scan.code().to_owned()),
        found: Set(None),
        attempts: Set(0),
        next_scan_at: Set(stamp(now)),
        waits_since: Set((new.scan == Scan::Waiting).then(|| stamp(now))),
        scanned_at: Set(None),
        signed: Set(false),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    Ok(id)
}

/// One document. The caller checks whose it is.
pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Owned>, StoreError> {
    let row = Entity::find_by_id(id).one(db).await?;
    row.map(TryInto::try_into).transpose()
}

/// Those of the company among these.
pub async fn of_company(
    db: &impl ConnectionTrait,
    siren: &Siren,
    ids: &[Uuid],
) -> Result<Vec<KnownDocument>, StoreError> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    known(
        db,
        Entity::find()
            .filter(Column::Siren.eq(siren.as_str()))
            .filter(Column::Id.is_in(ids.iter().copied())),
    )
    .await
}

/// Those of the company with one of these contents.
pub async fn with_content(
    db: &impl ConnectionTrait,
    siren: &Siren,
    sha256: &[&str],
) -> Result<Vec<KnownDocument>, StoreError> {
    if sha256.is_empty() {
        return Ok(vec![]);
    }
    known(
        db,
        Entity::find()
            .filter(Column::Siren.eq(siren.as_str()))
            .filter(Column::Sha256.is_in(sha256.iter().copied())),
    )
    .await
}

async fn known(
    db: &impl ConnectionTrait,
    asked: sea_orm::Select<Entity>,
) -> Result<Vec<KnownDocument>, StoreError> {
    let rows = asked.order_by_asc(Column::Id).all(db).await?;
    rows.into_iter()
        .map(|row| Owned::try_from(row).map(|owned| owned.known))
        .collect()
}
