//! The only writer of `status`: one decision, one transaction, everything or nothing.

use chrono::{DateTime, Utc};
use domain::{
    form::FORM_VERSION,
    lifecycle::{Act, Actor, Decision, Declaration, Effect, Signed, Status, SupplierNotice},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, UpdateMany,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{Answered, actor_code, claims, subject};
use crate::{
    audit::Entry,
    companies,
    effects::{self, About},
    entities::declaration::{Column, Entity},
    error::{Conflict, StoreError},
    ids::{new_id, stamp},
    qualifications, stored,
    txn::Txn,
};

/// A decision with who took it and when.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    pub decision: &'a Decision,
    pub by: &'a Actor,
    pub at: DateTime<Utc>,
    /// The request that brought it, for the audit trail.
    pub request: Option<&'a str>,
    /// The answers to store with it, for a save or a submission.
    pub answers: Option<&'a Answered<'a>>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub version: i64,
    /// The event in the audit trail; of nothing there when one covers the answers already.
    pub event: Uuid,
    /// The qualifications that begin.
    pub qualifications: Vec<Uuid>,
}

/// Applies a decision taken on `declaration`. `Conflict` when someone else wrote since it was read.
pub async fn apply(
    txn: &Txn,
    declaration: &Declaration,
    change: &Change<'_>,
) -> Result<Applied, StoreError> {
    let id = declaration.id;
    let decision = change.decision;
    let at = stamp(change.at);

    let rows = written(declaration, change, at)?
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(declaration.version))
        .exec(txn)
        .await?
        .rows_affected;
    if rows == 0 {
        return Err(conflict(txn, id).await?);
    }

    let siren = declaration.siren.as_str();
    if let Some(revision) = &decision.revision {
        if !companies::take_revision(txn, &declaration.siren, revision.number).await? {
            return Err(conflict(txn, id).await?);
        }
        claims::freeze(txn, id, siren, revision, at).await?;
    }
    for (key, verdict) in &decision.verdicts {
        claims::give(txn, id, key, verdict, change.by.account, at).await?;
    }
    let begun =
        qualifications::begin(txn, declaration, change.by, &decision.qualifications, at).await?;
    for closure in &decision.closures {
        qualifications::close(txn, closure, at).await?;
    }

    let mut details = decision.event.details.clone();
    if !details.is_object() {
        details = serde_json::json!({});
    }
    if let Some(details) = details.as_object_mut() {
        details.insert("revision".to_owned(), decision.event.revision.into());
        details.insert("request".to_owned(), change.request.into());
    }
    let told = change.answers.is_some_and(|answered| answered.told);
    let event = if told && decision.effects.is_empty() && decision.next == declaration.status {
        new_id(change.at)
    } else {
        txn.audit(Entry {
            actor: actor_code(change.by),
            act: decision.event.act.code().to_owned(),
            subject: subject(id),
            details,
            at: change.at,
        })
    };
    let about = About {
        event,
        subject: subject(id),
        siren: &declaration.siren,
        declaration: Some(id),
        revision: decision.event.revision,
    };
    crate::crash_point!("tx.mid");
    effects::enqueue(txn, &about, &decision.effects, change.at).await?;
    Ok(Applied {
        version: declaration.version + 1,
        event,
        qualifications: begun,
    })
}

/// The new values of the row.
fn written(
    declaration: &Declaration,
    change: &Change<'_>,
    at: DateTime<Utc>,
) -> Result<UpdateMany<Entity>, StoreError> {
    let decision = change.decision;
    let nobody = || Expr::value(Option::<Uuid>::None);
    let never = || Expr::value(Option::<DateTime<Utc>>::None);
    let mut update = Entity::update_many()
        .col_expr(Column::Status, Expr::value(decision.next.code()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .col_expr(Column::UpdatedBy, Expr::value(actor_code(change.by)));
    if let Some(answered) = change.answers {
        update = update
            .col_expr(
                Column::Answers,
                Expr::value(stored::to_json(answered.draft)?),
            )
            .col_expr(
                Column::StepVersions,
                Expr::value(stored::to_json(&answered.steps)?),
            )
            .col_expr(
                Column::Typing,
                Expr::value(stored::to_json(&answered.typings)?),
            )
            .col_expr(Column::FormVersion, Expr::value(i64::from(FORM_VERSION)));
    }
    if let Some(revision) = &decision.revision {
        update = update
            .col_expr(Column::Revision, Expr::value(i64::from(revision.number)))
            .col_expr(Column::SubmittedAt, Expr::value(at))
            .col_expr(Column::SubmittedBy, Expr::value(revision.statement.account));
    }
    if let Some(reviewer) = decision.reviewer {
        update = update
            .col_expr(Column::Reviewer, Expr::value(reviewer))
            .col_expr(Column::ReviewStartedAt, Expr::value(reviewer.map(|_| at)));
    }
    if let Some(signed) = signed(decision) {
        update = update
            .col_expr(Column::SignedAt, Expr::value(at))
            .col_expr(Column::SignedBy, Expr::value(change.by.account))
            .col_expr(Column::SignedName, Expr::value(signed.name.as_str()))
            .col_expr(Column::SignedQuality, Expr::value(signed.quality.as_str()));
    }
    Ok(match decision.next {
        Status::Draft if declaration.status != Status::Draft => update
            .col_expr(Column::SubmittedAt, never())
            .col_expr(Column::SubmittedBy, nobody()),
        Status::Withdrawn => update
            .col_expr(Column::WithdrawnAt, Expr::value(at))
            .col_expr(Column::WithdrawnBy, Expr::value(change.by.account)),
        Status::Draft
        | Status::Submitted
        | Status::InReview
        | Status::ChangesRequested
        | Status::Validated
        | Status::PartlyValidated
        | Status::Refused => update,
    })
}

/// The signature of the agent, which the notice of an outcome bears.
fn signed(decision: &Decision) -> Option<&Signed> {
    match decision.event.act {
        Act::ChangesRequested | Act::Validated | Act::PartlyValidated | Act::Refused => {}
        _ => return None,
    }
    decision.effects.iter().find_map(|effect| match effect {
        Effect::TellSupplier(
            SupplierNotice::ChangesRequested { signed_by, .. }
            | SupplierNotice::Validated { signed_by, .. }
            | SupplierNotice::PartlyValidated { signed_by, .. }
            | SupplierNotice::Refused { signed_by, .. },
        ) => Some(signed_by),
        _ => None,
    })
}

/// What the declaration became meanwhile.
async fn conflict(txn: &Txn, id: Uuid) -> Result<StoreError, StoreError> {
    let row = Entity::find_by_id(id).one(txn).await?;
    Ok(row.map_or(StoreError::NotFound, |row| {
        StoreError::Conflict(Conflict {
            version: row.version,
            status: row.status,
            by: row.updated_by,
            at: row.updated_at,
        })
    }))
}
