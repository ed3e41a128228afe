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

/// A qualification and its company. The caller checks whose it is.
pub async fn find(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<(Found, Company)>, StoreError> {
    let Some(found) = found(db, id).await? else {
        return Ok(None);
    };
    let company = companies::by_siren(db, &found.qualification.siren).await?;
    Ok(company.map(|company| (found, company)))
}

/// The qualifications of some companies, oldest first, in two queries.
pub async fn of_companies(
    db: &impl ConnectionTrait,
    sirens: &[Siren],
) -> Result<Vec<Qualification>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Siren.is_in(sirens.iter().map(Siren::as_str)))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    with_closures(db, rows).await
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
        .find_also_related(company::Entity)
        .order_by_desc(Column::Id)
        .limit(PAGE_SIZE.min(TOTAL_CAP - offset))
        .offset(offset)
        .all(db)
        .await?;
    let mut names = HashMap::new();
    let mut rows = Vec::with_capacity(found.len());
    for (row, company) in found {
        if let Some(company) = company {
            names.insert(row.id, company.name);
        }
        rows.push(row);
    }
    let rows = with_closures(db, rows)
        .await?
        .into_iter()
        .map(|qualification| QualificationRow {
            company_name: names.remove(&qualification.id).unwrap_or_default(),
            qualification,
        })
        .collect();
    Ok(QualificationPage { rows, total })
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
