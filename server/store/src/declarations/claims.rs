//! The claims of the current revision, with what the reviewer said of each.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    claims::{Claim, ClaimKey},
    lifecycle::{ClaimUnderReview, NewRevision, Verdict},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    entities::{
        claim::{ActiveModel, Column, Entity, Model},
        revision,
    },
    error::StoreError,
    stored,
    txn::Txn,
};

pub(super) async fn of_declaration(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<ClaimUnderReview>, StoreError> {
    rows(db, id).await?.into_iter().map(reviewed).collect()
}

/// The claims of several declarations with their verdicts, in one query.
pub(super) async fn of_declarations(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<(Claim, Verdict)>>, StoreError> {
    let rows = Entity::find()
        .filter(Column::DeclarationId.is_in(ids))
        .order_by_asc(Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Vec<(Claim, Verdict)>> = HashMap::new();
    for row in rows {
        let id = row.declaration_id;
        let reviewed = reviewed(row)?;
        let claims = found.entry(id).or_default();
        claims.push((reviewed.claim, reviewed.verdict));
    }
    Ok(found)
}

fn reviewed(row: Model) -> Result<ClaimUnderReview, StoreError> {
    Ok(ClaimUnderReview {
        claim: stored::json(&row.body, "claims.body")?,
        verdict: Verdict::from_parts(&row.verdict, row.reason.as_deref())
            .ok_or_else(|| StoreError::corrupt("claims.verdict"))?,
        hash: row.hash,
    })
}

async fn rows(db: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::DeclarationId.eq(id))
        .order_by_asc(Column::Position)
        .all(db)
        .await?)
}

/// Freezes a revision, and replaces the claims by its own. A verdict that carries over keeps who gave it and when.
pub(super) async fn freeze(
    txn: &Txn,
    id: Uuid,
    siren: &str,
    new: &NewRevision,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let frozen = revision::ActiveModel {
        siren: Set(siren.to_owned()),
        number: Set(i64::from(new.number)),
        declaration_id: Set(id),
        form_version: Set(i64::from(new.snapshot.form_version)),
        snapshot: Set(stored::to_json(&new.snapshot)?),
        sha256: Set(new.hash.clone()),
        statement: Set(stored::to_json(&new.statement)?),
        signed_by: Set(new.statement.account),
        signed_at: Set(at),
    };
    revision::Entity::insert(frozen)
        .exec_without_returning(txn)
        .await?;

    let before: HashMap<String, Model> = rows(txn, id)
        .await?
        .into_iter()
        .map(|row| (row.hash.clone(), row))
        .collect();
    Entity::delete_many()
        .filter(Column::DeclarationId.eq(id))
        .exec(txn)
        .await?;
    let mut fresh = Vec::with_capacity(new.claims.len());
    for (position, (claim, hash, verdict)) in (0..).zip(&new.claims) {
        let given = match verdict {
            Verdict::Pending => None,
            Verdict::Accepted | Verdict::Refused(_) | Verdict::ToFix(_) => before.get(hash),
        };
        fresh.push(ActiveModel {
            declaration_id: Set(id),
            key: Set(claim.key.to_string()),
            position: Set(position),
            kind: Set(claim.kind().code().to_owned()),
            hash: Set(hash.clone()),
            body: Set(stored::to_json(claim)?),
            verdict: Set(verdict.code().to_owned()),
            reason: Set(verdict.reason().map(str::to_owned)),
            decided_by: Set(given.and_then(|row| row.decided_by)),
            decided_at: Set(given.and_then(|row| row.decided_at)),
        });
    }
    Entity::insert_many(fresh)
        .exec_without_returning(txn)
        .await?;
    Ok(())
}

/// Writes a verdict on a claim of the current revision.
pub(super) async fn give(
    txn: &Txn,
    id: Uuid,
    key: &ClaimKey,
    verdict: &Verdict,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let decided = *verdict != Verdict::Pending;
    let rows = Entity::update_many()
        .col_expr(Column::Verdict, Expr::value(verdict.code()))
        .col_expr(
            Column::Reason,
            Expr::value(verdict.reason().map(str::to_owned)),
        )
        .col_expr(Column::DecidedBy, Expr::value(by.filter(|_| decided)))
        .col_expr(Column::DecidedAt, Expr::value(decided.then_some(at)))
        .filter(Column::DeclarationId.eq(id))
        .filter(Column::Key.eq(key.to_string()))
        .exec(txn)
        .await?
        .rows_affected;
    crate::accounts::one_row(rows)
}
