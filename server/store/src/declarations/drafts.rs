//! The answers of a declaration alone, for saves while somebody types: as few statements as a save needs.

use domain::{
    form::{Draft, StepCode},
    identifiers::Siren,
    lifecycle::{Actor, Declaration, Status},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Query,
};
use uuid::Uuid;

use super::{Answered, Seen, StepVersions, Typings, actor_code, find::status};
use crate::{
    entities::{
        company,
        declaration::{Column, Entity},
    },
    error::StoreError,
    memberships, stored,
    txn::Txn,
};

/// A declaration and its answers, locked.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Without claims and qualifications, which a save does not ask for.
    pub declaration: Declaration,
    pub draft: Draft,
    pub steps: StepVersions,
    pub typings: Typings,
    pub updated_by: String,
}

/// The answers of a declaration and who the person is there; `NotFound` for a stranger. Others who change the company wait.
pub async fn lock_answers(
    txn: &Txn,
    id: Uuid,
    account: Uuid,
) -> Result<(Answers, Actor), StoreError> {
    if txn.get_database_backend() == DbBackend::Postgres {
        let siren = Query::select()
            .column(Column::Siren)
            .from(Entity)
            .and_where(Column::Id.eq(id))
            .take();
        company::Entity::find()
            .select_only()
            .column(company::Column::Siren)
            .filter(company::Column::Siren.in_subquery(siren))
            .lock_exclusive()
            .into_tuple::<String>()
            .one(txn)
            .await?;
    }
    let row = Entity::find_by_id(id)
        .one(txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    let siren = stored::siren(&row.siren)?;
    let role = memberships::role_of(txn, account, &siren).await?;
    let by = Actor::supplier(account, siren.clone(), role.ok_or(StoreError::NotFound)?);
    let declaration = Declaration {
        id,
        siren,
        status: status(&row)?,
        version: row.version,
        revision: None,
        last_company_revision: 0,
        stated_on: None,
        reviewer: row.reviewer,
        claims: Vec::new(),
        qualifications: Vec::new(),
    };
    let answers = Answers {
        declaration,
        draft: stored::json(&row.answers, "declarations.answers")?,
        steps: stored::json(&row.step_versions, "declarations.step_versions")?,
        typings: stored::json(&row.typing, "declarations.typing")?,
        updated_by: row.updated_by,
    };
    Ok((answers, by))
}

impl Answers {
    /// The answers of one step, from a page, in the place of the stored ones. What the same person goes on typing in the same
    /// page belongs to the event of the trail that its first change made.
    pub fn typed<'a>(
        &self,
        draft: &'a Draft,
        step: StepCode,
        seen: &Seen,
        by: &Actor,
    ) -> Answered<'a> {
        let version = self.declaration.version;
        let steps = self.steps.clone();
        let goes_on = self.typings.goes_on(step, &self.steps, seen);
        Answered {
            draft,
            typings: self.typings.clone().after(step, &self.steps, seen, version),
            steps: steps.after(&self.draft, draft, version + 1),
            told: goes_on && self.updated_by == actor_code(by),
        }
    }
}

/// The answers of the last declaration of a company: the open one, if there is one.
#[derive(Clone, Debug)]
pub struct LastAnswers {
    pub id: Uuid,
    pub reference: String,
    pub status: Status,
    pub draft: Draft,
}

/// One query; `None` for a company that never declared.
pub async fn last_answers(
    db: &impl ConnectionTrait,
    siren: &Siren,
) -> Result<Option<LastAnswers>, StoreError> {
    let row = Entity::find()
        .filter(Column::Siren.eq(siren.as_str()))
        .order_by_desc(Column::Id)
        .one(db)
        .await?;
    row.map(|row| {
        Ok(LastAnswers {
            id: row.id,
            status: status(&row)?,
            draft: stored::json(&row.answers, "declarations.answers")?,
            reference: row.reference,
        })
    })
    .transpose()
}
