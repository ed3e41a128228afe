//! Qualifications to show: one, those of some companies, or a page of all.

use std::collections::HashMap;

use domain::{claims::Qualification, identifiers::Siren};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationTrait, Select, sea_query::Condition,
};
use uuid::Uuid;

use super::{Found, closing::found, subject, with_closures};
use crate::{
    audit::{self, Event},
    companies::{self, Company},
    declarations::{PAGE_SIZE, TOTAL_CAP, words},
    entities::{
        company,
        qualification::{Column, Entity, Relation},
    },
    error::StoreError,
    search::Question,
    sql::capped_count,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualificationRow {
    pub qualification: Qualification,
    pub company_name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualificationPage {
    pub rows: Vec<QualificationRow>,
    /// At most `declarations::TOTAL_CAP`.
    pub total: u64,
}

/// A qualification, all those of its company, oldest first, and the company. The caller checks whose it is.
pub async fn find(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<(Found, Vec<Qualification>, Company)>, StoreError> {
    let Some((found, all)) = found(db, id).await? else {
        return Ok(None);
    };
    let company = companies::by_siren(db, &found.qualification.siren).await?;
    Ok(company.map(|company| (found, all, company)))
}

/// The qualifications of some companies, oldest first, in one query.
pub async fn of_companies(
    db: &impl ConnectionTrait,
    sirens: &[Siren],
) -> Result<Vec<Qualification>, StoreError> {
    let wanted = Column::Siren.is_in(sirens.iter().map(Siren::as_str));
    let found = with_closures(db, wanted).await?;
    Ok(found.into_iter().map(|(held, _)| held).collect())
}

/// A page of all qualifications, newest first, from page 1.
pub async fn page(
    db: &impl ConnectionTrait,
    search: &str,
    page: u64,
) -> Result<QualificationPage, StoreError> {
    let question = Question::read(search);
    let matching = filtered(question.as_ref())
        .join(JoinType::InnerJoin, Relation::Company.def())
        .into_query();
    let total = capped_count(db, matching, TOTAL_CAP).await?;
    let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
    if offset >= total {
        return Ok(QualificationPage {
            rows: Vec::new(),
            total,
        });
    }
    let found = filtered(question.as_ref())
        .offset(offset)
        .limit(PAGE_SIZE.min(TOTAL_CAP - offset));
    let rows = rows(db, found).await?;
    Ok(QualificationPage { rows, total })
}

/// The next of them in the same order, at most `size`, without counting the others.
pub async fn after(
    db: &impl ConnectionTrait,
    search: &str,
    after: Option<Uuid>,
    size: u64,
) -> Result<Vec<QualificationRow>, StoreError> {
    let question = Question::read(search);
    let mut found = filtered(question.as_ref()).limit(size);
    if let Some(last) = after {
        found = found.filter(Column::Id.lt(last));
    }
    rows(db, found).await
}

/// Newest first, with their companies and closures, in two queries.
async fn rows(
    db: &impl ConnectionTrait,
    found: Select<Entity>,
) -> Result<Vec<QualificationRow>, StoreError> {
    let found = found
        .find_also_related(company::Entity)
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    let mut names: HashMap<Uuid, String> = found
        .into_iter()
        .filter_map(|(row, company)| Some((row.id, company?.name)))
        .collect();
    let wanted = Column::Id.is_in(names.keys().copied());
    let mut rows: Vec<QualificationRow> = with_closures(db, wanted)
        .await?
        .into_iter()
        .map(|(qualification, _)| QualificationRow {
            company_name: names.remove(&qualification.id).unwrap_or_default(),
            qualification,
        })
        .collect();
    rows.reverse();
    Ok(rows)
}

fn filtered(question: Option<&Question>) -> Select<Entity> {
    let query = Entity::find();
    let Some(question) = question else {
        return query;
    };
    let mut any = Condition::any();
    if let Some(siren) = &question.siren {
        any = any.add(Column::Siren.starts_with(siren));
    }
    if let Some(words) = words(question) {
        any = any.add(words);
    }
    query.filter(any)
}

/// What happened to the qualification after it began, oldest first.
pub async fn timeline(
    db: &impl ConnectionTrait,
    id: Uuid,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    audit::of_subject(db, &subject(id), &[], limit).await
}
