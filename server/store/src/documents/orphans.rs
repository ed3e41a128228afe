//! Documents that nothing names any more: removed from every draft, and never signed.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::Owned;
use crate::{
    audit::Entry,
    companies,
    entities::{
        declaration,
        document::{Column, Entity, Model},
        draft_copy, revision,
    },
    error::StoreError,
    ids::stamp,
    stored,
    txn::Txn,
};

/// A document that may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    pub id: Uuid,
    pub sha256: String,
}

/// The documents sent before `before` that nothing names, in pages: the next page begins after the last identifier.
///
/// What a signed revision names is marked, so that it is not looked at again.
pub async fn orphans(
    txn: &Txn,
    before: DateTime<Utc>,
    after: Option<Uuid>,
    most: u64,
) -> Result<(Vec<Orphan>, Option<Uuid>), StoreError> {
    let mut asked = Entity::find()
        .filter(Column::Signed.eq(false))
        .filter(Column::SentAt.lt(stamp(before)));
    if let Some(after) = after {
        asked = asked.filter(Column::Id.gt(after));
    }
    let rows = asked.order_by_asc(Column::Id).limit(most).all(txn).await?;
    let last = rows.last().map(|row| row.id);
    let mut found = Vec::new();
    for row in rows {
        if signed(txn, &row).await? {
            Entity::update_many()
                .col_expr(Column::Signed, Expr::value(true))
                .filter(Column::Id.eq(row.id))
                .exec(txn)
                .await?;
        } else if !typed(txn, &row).await? {
            found.push(Orphan {
                id: row.id,
                sha256: row.sha256,
            });
        }
    }
    Ok((found, last))
}

/// Forgets a document if nothing names it; says whether its content is nobody's any more.
pub async fn remove(txn: &Txn, id: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let Some(row) = Entity::find_by_id(id).one(txn).await? else {
        return Ok(false);
    };
    // Whoever attaches it meanwhile holds the same lock.
    companies::lock(txn, &stored::siren(&row.siren)?).await?;
    if row.signed || signed(txn, &row).await? || typed(txn, &row).await? {
        return Ok(false);
    }
    Entity::delete_by_id(id).exec(txn).await?;
    txn.audit(Entry {
        actor: "system".to_owned(),
        act: "document_removed".to_owned(),
        subject: format!("document:{id}"),
        details: json!({ "sha256": row.sha256 }),
        at: now,
    });
    let others = Entity::find()
        .filter(Column::Sha256.eq(row.sha256.as_str()))
        .count(txn)
        .await?;
    Ok(others == 0)
}

/// Whether a document is the evidence of something that was signed.
pub async fn is_signed(db: &impl ConnectionTrait, owned: &Owned) -> Result<bool, StoreError> {
    named(db, owned.siren.as_str(), &owned.known.document.sha256).await
}

/// Whether any document has this content.
pub async fn is_known(db: &impl ConnectionTrait, sha256: &str) -> Result<bool, StoreError> {
    let count = Entity::find()
        .filter(Column::Sha256.eq(sha256))
        .count(db)
        .await?;
    Ok(count > 0)
}

async fn signed(db: &impl ConnectionTrait, row: &Model) -> Result<bool, StoreError> {
    named(db, &row.siren, &row.sha256).await
}

/// A revision of the company names this content.
async fn named(db: &impl ConnectionTrait, siren: &str, sha256: &str) -> Result<bool, StoreError> {
    let naming = revision::Entity::find()
        .filter(revision::Column::Siren.eq(siren))
        .filter(revision::Column::Snapshot.contains(sha256))
        .count(db)
        .await?;
    Ok(naming > 0)
}

/// Answers in a draft, or kept aside by a conflict.
async fn typed(db: &impl ConnectionTrait, row: &Model) -> Result<bool, StoreError> {
    let id = row.id.to_string();
    let drafts = declaration::Entity::find()
        .filter(declaration::Column::Siren.eq(row.siren.as_str()))
        .filter(declaration::Column::Answers.contains(&id))
        .count(db)
        .await?;
    if drafts > 0 {
        return Ok(true);
    }
    let copies = draft_copy::Entity::find()
        .filter(draft_copy::Column::Answers.contains(&id))
        .count(db)
        .await?;
    Ok(copies > 0)
}
