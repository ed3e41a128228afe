//! The end of one qualification outside of a declaration: revoked, withdrawn, or past its date.

use chrono::{DateTime, Utc};
use domain::{
    claims::{ClosureCause, Qualification},
    lifecycle::{Act, Actor, ClosingDecision, Effect, RevocationProposal, SupplierNotice},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict, Query},
};
use serde_json::json;
use uuid::Uuid;

use super::{Reminder, close, with_closures};
use crate::{
    audit::Entry,
    companies,
    declarations::actor_code,
    effects::{self, About},
    entities::{
        qualification::{Column, Entity},
        reminder, revocation_proposal as proposal,
    },
    error::StoreError,
    ids::{new_id, stamp},
    stored,
    txn::Txn,
};

/// A qualification with what a decision on its end needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub qualification: Qualification,
    pub declaration: Uuid,
    pub accepted_at: DateTime<Utc>,
    /// The revocation that waits for a second person.
    pub proposal: Option<RevocationProposal>,
}

/// A decision with who took it and when.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    pub decision: &'a ClosingDecision,
    pub by: &'a Actor,
    pub at: DateTime<Utc>,
    pub request: Option<&'a str>,
}

/// What the audit trail and the outbox call a qualification.
pub fn subject(id: Uuid) -> String {
    format!("qualification:{id}")
}

/// The qualification, for a decision: others who want to change the company wait.
pub async fn lock(txn: &Txn, id: Uuid) -> Result<Found, StoreError> {
    let row = Entity::find_by_id(id)
        .one(txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    companies::lock(txn, &stored::siren(&row.siren)?).await?;
    let found = found(txn, id).await?;
    found.map(|(found, _)| found).ok_or(StoreError::NotFound)
}

/// The qualification, and all those of its company with it, oldest first.
pub(super) async fn found(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<(Found, Vec<Qualification>)>, StoreError> {
    let siren = Query::select()
        .column(Column::Siren)
        .from(Entity)
        .and_where(Column::Id.eq(id))
        .take();
    let all = with_closures(db, Column::Siren.in_subquery(siren)).await?;
    let Some((qualification, row)) = all.iter().find(|(one, _)| one.id == id).cloned() else {
        return Ok(None);
    };
    let open = proposal::Entity::find()
        .filter(proposal::Column::QualificationId.eq(id))
        .filter(proposal::Column::Outcome.is_null())
        .one(db)
        .await?;
    let found = Found {
        qualification,
        declaration: row.declaration_id,
        accepted_at: row.accepted_at,
        proposal: open.map(|row| RevocationProposal {
            by: row.proposed_by,
            from: row.starts_on,
            reason: row.reason,
        }),
    };
    Ok(Some((found, all.into_iter().map(|(one, _)| one).collect())))
}

/// Applies a decision on the qualification that `lock` gave. `false`: a reminder that was given already.
pub async fn apply(txn: &Txn, found: &Found, closing: &Closing<'_>) -> Result<bool, StoreError> {
    let decision = closing.decision;
    let id = found.qualification.id;
    let at = stamp(closing.at);
    if let Some(kind) = reminder(decision)
        && !give(txn, id, kind, at).await?
    {
        return Ok(false);
    }
    if let Some(new) = &decision.closure {
        close(txn, new, at).await?;
    }
    match &decision.proposal {
        None => {}
        Some(Some(new)) => propose(txn, id, new, at).await?,
        Some(None) => {
            let confirmed = decision
                .closure
                .as_ref()
                .is_some_and(|closure| closure.cause == ClosureCause::Revoked);
            settle(txn, id, confirmed, closing.by.account, at).await?;
        }
    }
    let mut details = decision.event.details.clone();
    if let Some(details) = details.as_object_mut() {
        details.insert("revision".to_owned(), json!(decision.event.revision));
        details.insert("request".to_owned(), json!(closing.request));
    }
    let event = txn.audit(Entry {
        actor: actor_code(closing.by),
        act: decision.event.act.code().to_owned(),
        subject: subject(id),
        details,
        at: closing.at,
    });
    let about = About {
        event,
        subject: subject(id),
        siren: &found.qualification.siren,
        declaration: Some(found.declaration),
        revision: Some(found.qualification.revision),
    };
    effects::enqueue(txn, &about, &decision.effects, closing.at).await?;
    Ok(true)
}

async fn propose(
    txn: &Txn,
    id: Uuid,
    new: &RevocationProposal,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    // A newer proposal takes the place of the one that waited.
    settle(txn, id, false, Some(new.by), at).await?;
    let row = proposal::ActiveModel {
        id: Set(new_id(at)),
        qualification_id: Set(id),
        starts_on: Set(new.from),
        reason: Set(new.reason.clone()),
        proposed_by: Set(new.by),
        proposed_at: Set(at),
        outcome: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
    };
    proposal::Entity::insert(row)
        .exec_without_returning(txn)
        .await?;
    Ok(())
}

async fn settle(
    txn: &Txn,
    id: Uuid,
    confirmed: bool,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let outcome = if confirmed { "confirmed" } else { "dropped" };
    proposal::Entity::update_many()
        .col_expr(proposal::Column::Outcome, Expr::value(outcome))
        .col_expr(proposal::Column::DecidedBy, Expr::value(by))
        .col_expr(proposal::Column::DecidedAt, Expr::value(at))
        .filter(proposal::Column::QualificationId.eq(id))
        .filter(proposal::Column::Outcome.is_null())
        .exec(txn)
        .await?;
    Ok(())
}

/// The reminder that a decision is, if it is one.
fn reminder(decision: &ClosingDecision) -> Option<Reminder> {
    match decision.event.act {
        Act::QualificationExpired => Some(Reminder::Expired),
        Act::QualificationExpiring => decision.effects.iter().find_map(|effect| match effect {
            Effect::TellSupplier(SupplierNotice::Expiring { days, .. }) => Reminder::of_days(*days),
            _ => None,
        }),
        _ => None,
    }
}

/// Notes a reminder; `false` when it was given before, by this process or another.
async fn give(txn: &Txn, id: Uuid, kind: Reminder, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let row = reminder::ActiveModel {
        qualification_id: Set(id),
        kind: Set(kind.code().to_owned()),
        given_at: Set(at),
    };
    let inserted = reminder::Entity::insert_many([row])
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    Ok(inserted == 1)
}
