//! What a renewal reads of a company: its decided declarations, the open one, their claims and its qualifications, in three queries.

use std::collections::HashMap;

use domain::{
    claims::{Claim, Qualification},
    form::Draft,
    lifecycle::{Status, Verdict},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Query,
};
use uuid::Uuid;

use super::{Revision, claims, find::status};
use crate::{
    companies::Company,
    entities::{
        company,
        declaration::{Column, Entity},
        revision as revision_entity,
    },
    error::StoreError,
    qualifications, stored,
};

/// How many declarations of a company a renewal looks back at.
const LOOKED_AT: u64 = 12;

/// A company seen from one of its declarations.
#[derive(Clone, Debug)]
pub struct Cycle {
    pub company: Company,
    /// Decided, the newest first.
    pub decided: Vec<Decided>,
    /// The open declaration.
    pub open: Option<Opened>,
    pub qualifications: Vec<Qualification>,
}

/// A declaration that was decided.
#[derive(Clone, Debug)]
pub struct Decided {
    pub id: Uuid,
    pub reference: String,
    pub draft: Draft,
    pub revision: Revision,
    pub claims: Vec<(Claim, Verdict)>,
}

/// The declaration that is open.
#[derive(Clone, Debug)]
pub struct Opened {
    pub id: Uuid,
    pub version: i64,
    pub status: Status,
    pub draft: Draft,
    pub previous: Option<Uuid>,
    pub updated_by: String,
}

impl Decided {
    /// Something of it was accepted.
    pub fn holds(&self) -> bool {
        self.claims
            .iter()
            .any(|(_, verdict)| *verdict == Verdict::Accepted)
    }
}

/// Everything of the company whose declaration this is. The caller checks whose it is.
pub async fn cycle(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Cycle>, StoreError> {
    let siren = Query::select()
        .column(Column::Siren)
        .from(Entity)
        .and_where(Column::Id.eq(id))
        .take();
    let told = |status: &Status| {
        status.is_open()
            || matches!(
                status,
                Status::Validated | Status::PartlyValidated | Status::Refused
            )
    };
    let statuses = Status::ALL.into_iter().filter(told).map(Status::code);
    let rows = Entity::find()
        .find_also_related(company::Entity)
        .find_also_related(revision_entity::Entity)
        .filter(Column::Siren.in_subquery(siren))
        .filter(
            Condition::any()
                .add(Column::Status.is_in(statuses))
                .add(Column::Id.eq(id)),
        )
        .order_by_desc(Column::Id)
        .limit(LOOKED_AT)
        .all(db)
        .await?;
    let Some((_, Some(company), _)) = rows.first() else {
        return Ok(None);
    };
    let company: Company = company.clone().try_into()?;
    let (mut decided, mut open) = (vec![], None);
    for (row, _, revision) in rows {
        let status = status(&row)?;
        let draft: Draft = stored::json(&row.answers, "declarations.answers")?;
        if status.is_open() {
            open = Some(Opened {
                id: row.id,
                version: row.version,
                status,
                draft,
                previous: row.previous,
                updated_by: row.updated_by,
            });
        } else if let Some(revision) = revision.filter(|_| told(&status)) {
            decided.push(Decided {
                id: row.id,
                reference: row.reference,
                draft,
                revision: revision.try_into()?,
                claims: vec![],
            });
        }
    }
    let ids = decided.iter().map(|one| one.id).collect();
    let mut claims: HashMap<Uuid, Vec<(Claim, Verdict)>> = claims::of_declarations(db, ids).await?;
    for one in &mut decided {
        one.claims = claims.remove(&one.id).unwrap_or_default();
    }
    Ok(Some(Cycle {
        qualifications: qualifications::of_company(db, &company.siren).await?,
        company,
        decided,
        open,
    }))
}
