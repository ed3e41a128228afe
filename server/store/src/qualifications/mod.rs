//! Dated truth: qualifications begin with a signature and are never edited; closures are added beside them.

mod closing;
mod ending;
mod list;

pub use closing::{Closing, Found, apply, lock, subject};
pub use ending::{Due, Reminder, due};
pub use list::{QualificationPage, QualificationRow, after, find, of_companies, page, timeline};

use chrono::{DateTime, Utc};
use domain::{
    claims::{Closure, ClosureCause, Qualification, Validity},
    identifiers::Siren,
    lifecycle::{Actor, Declaration, NewClosure, NewQualification},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, sea_query::IntoCondition,
};
use uuid::Uuid;

use crate::{
    entities::{
        closure,
        qualification::{ActiveModel, Column, Entity, Model},
    },
    error::StoreError,
    ids::new_id,
    stored,
    txn::Txn,
};

/// The qualifications of a company with their closures, oldest first, in one query.
pub async fn of_company(
    db: &impl ConnectionTrait,
    siren: &Siren,
) -> Result<Vec<Qualification>, StoreError> {
    let found = with_closures(db, Column::Siren.eq(siren.as_str())).await?;
    Ok(found.into_iter().map(|(held, _)| held).collect())
}

/// The qualifications that a condition selects, each with its row, in one query.
pub(crate) async fn with_closures(
    db: &impl ConnectionTrait,
    wanted: impl IntoCondition,
) -> Result<Vec<(Qualification, Model)>, StoreError> {
    let found = Entity::find()
        .find_with_related(closure::Entity)
        .filter(wanted)
        .order_by_asc(Column::Id)
        .order_by_asc(closure::Column::Number)
        .all(db)
        .await?;
    found
        .into_iter()
        .map(|(row, closures)| {
            let held = Qualification {
                id: row.id,
                siren: stored::siren(&row.siren)?,
                claim: stored::json(&row.claim, "qualifications.claim")?,
                hash: row.hash.clone(),
                validity: Validity {
                    from: row.valid_from,
                    to: row.valid_to,
                },
                revision: stored::number(row.revision, "qualifications.revision")?,
                closures: closures
                    .into_iter()
                    .map(closure)
                    .collect::<Result<_, StoreError>>()?,
            };
            Ok((held, row))
        })
        .collect()
}

fn closure(row: closure::Model) -> Result<Closure, StoreError> {
    let causes = [
        ClosureCause::Superseded,
        ClosureCause::Revoked,
        ClosureCause::Withdrawn,
    ];
    Ok(Closure {
        from: row.starts_on,
        cause: causes
            .into_iter()
            .find(|cause| cause.code() == row.cause)
            .ok_or_else(|| StoreError::corrupt("closures.cause"))?,
        by: row.decided_by,
        second: row.second_person,
        reason: row.reason,
        recorded_at: row.recorded_at,
    })
}

/// Writes the qualifications that a signature begins.
pub(crate) async fn begin(
    txn: &Txn,
    declaration: &Declaration,
    by: &Actor,
    new: &[NewQualification],
    at: DateTime<Utc>,
) -> Result<Vec<Uuid>, StoreError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let account = by.account.ok_or(StoreError::NotFound)?;
    let mut ids = Vec::with_capacity(new.len());
    let mut rows = Vec::with_capacity(new.len());
    for qualification in new {
        let id = new_id(at);
        ids.push(id);
        rows.push(ActiveModel {
            id: Set(id),
            siren: Set(declaration.siren.as_str().to_owned()),
            declaration_id: Set(declaration.id),
            revision: Set(i64::from(qualification.revision)),
            claim_key: Set(qualification.claim.key.to_string()),
            kind: Set(qualification.claim.kind().code().to_owned()),
            claim: Set(stored::to_json(&qualification.claim)?),
            hash: Set(qualification.hash.clone()),
            valid_from: Set(qualification.validity.from),
            valid_to: Set(qualification.validity.to),
            accepted_by: Set(account),
            accepted_at: Set(at),
        });
    }
    Entity::insert_many(rows)
        .exec_without_returning(txn)
        .await?;
    Ok(ids)
}

/// Adds a closure to a qualification, as the next of its numbers.
pub(crate) async fn close(
    txn: &Txn,
    new: &NewClosure,
    at: DateTime<Utc>,
) -> Result<u32, StoreError> {
    let before = closure::Entity::find()
        .filter(closure::Column::QualificationId.eq(new.qualification))
        .count(txn)
        .await?;
    let number = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
    let row = closure::ActiveModel {
        qualification_id: Set(new.qualification),
        number: Set(i64::from(number)),
        starts_on: Set(new.from),
        cause: Set(new.cause.code().to_owned()),
        reason: Set(new.reason.clone()),
        decided_by: Set(new.by),
        second_person: Set(new.second),
        recorded_at: Set(at),
    };
    closure::Entity::insert(row)
        .exec_without_returning(txn)
        .await?;
    Ok(number)
}
