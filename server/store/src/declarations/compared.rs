//! Two versions of a company, one after the other.

use domain::{identifiers::Siren, lifecycle::Status};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Revision, find::status};
use crate::{
    companies::Company,
    entities::{company, declaration::Entity, revision},
    error::StoreError,
};

/// A version that a declaration sent, and the one that the company had sent before.
#[derive(Clone, Debug)]
pub struct Compared {
    pub company: Company,
    pub reference: String,
    pub status: Status,
    pub newer: Revision,
    pub older: Option<Revision>,
}

/// In two queries; nothing when this declaration never sent this version. The caller checks whose it is.
pub async fn compared(
    db: &impl ConnectionTrait,
    id: Uuid,
    number: u32,
) -> Result<Option<Compared>, StoreError> {
    let found = Entity::find_by_id(id)
        .find_also_related(company::Entity)
        .one(db)
        .await?;
    let Some((row, Some(company))) = found else {
        return Ok(None);
    };
    let company: Company = company.try_into()?;
    let (mut newer, mut older) = (None, None);
    for revision in revisions(db, &company.siren, number).await? {
        if revision.number == number {
            newer = Some(revision);
        } else {
            older = Some(revision);
        }
    }
    let Some(newer) = newer.filter(|newer| newer.declaration == id) else {
        return Ok(None);
    };
    Ok(Some(Compared {
        company,
        status: status(&row)?,
        reference: row.reference,
        newer,
        older,
    }))
}

async fn revisions(
    db: &impl ConnectionTrait,
    siren: &Siren,
    number: u32,
) -> Result<Vec<Revision>, StoreError> {
    let numbers = [i64::from(number), i64::from(number) - 1];
    revision::Entity::find()
        .filter(revision::Column::Siren.eq(siren.as_str()))
        .filter(revision::Column::Number.is_in(numbers))
        .all(db)
        .await?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}
