//! One declaration with all that a decision or a page needs, in a fixed number of queries.

use chrono::{DateTime, Utc};
use domain::{
    form::{Draft, SignedStatement, Snapshot, StepCode},
    identifiers::Siren,
    lifecycle::{Declaration, Status},
    lists::Listed,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder,
    sea_query::{Alias, Expr, ExprTrait, Query, WindowStatement},
};
use uuid::Uuid;

use super::{Answered, Seen, StepVersions, Typings, claims, subject};
use crate::{
    audit::{self, Event},
    companies::{self, Company},
    entities::{
        account, company,
        declaration::{Column, Entity, Model},
        revision as revision_entity,
    },
    error::{Conflict, StoreError},
    lists, qualifications, stored,
    txn::Txn,
};

/// A declaration, its company, its last revision and its qualifications.
#[derive(Clone, Debug)]
pub struct Record {
    /// What `decide` needs.
    pub declaration: Declaration,
    pub company: Company,
    pub reference: String,
    pub draft: Draft,
    /// When each of its steps last changed.
    pub steps: StepVersions,
    /// The page in which each of them is being typed.
    pub typings: Typings,
    /// The version of the questions that the draft answers.
    pub form_version: u32,
    /// The last revision submitted.
    pub revision: Option<Revision>,
    pub previous: Option<Uuid>,
    pub opened_at: DateTime<Utc>,
    pub opened_by: Uuid,
    pub updated_at: DateTime<Utc>,
    pub updated_by: String,
    pub submitted_at: Option<DateTime<Utc>>,
    pub review_started_at: Option<DateTime<Utc>>,
    pub reviewer_name: Option<String>,
    pub signature: Option<Signature>,
}

/// A frozen submission.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    pub number: u32,
    pub declaration: Uuid,
    pub snapshot: Snapshot,
    pub hash: String,
    pub statement: SignedStatement,
    pub signed_at: DateTime<Utc>,
}

/// Who closed the last review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub by: Uuid,
    pub name: String,
    pub quality: String,
    pub at: DateTime<Utc>,
}

/// A declaration in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: Uuid,
    pub siren: Siren,
    pub reference: String,
    pub status: Status,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
}

impl Record {
    /// These answers in the place of the stored ones, for the next version.
    pub fn answered<'a>(&self, draft: &'a Draft) -> Answered<'a> {
        let version = self.declaration.version + 1;
        Answered {
            draft,
            steps: self.steps.clone().after(&self.draft, draft, version),
            typings: self.typings.clone(),
            told: false,
        }
    }

    /// The same for the answers of one step, from a page.
    pub fn answered_by<'a>(&self, draft: &'a Draft, step: StepCode, seen: &Seen) -> Answered<'a> {
        let (typings, version) = (self.typings.clone(), self.declaration.version);
        Answered {
            typings: typings.after(step, &self.steps, seen, version),
            ..self.answered(draft)
        }
    }
}

impl TryFrom<revision_entity::Model> for Revision {
    type Error = StoreError;

    fn try_from(row: revision_entity::Model) -> Result<Self, StoreError> {
        Ok(Self {
            number: stored::number(row.number, "revisions.number")?,
            declaration: row.declaration_id,
            snapshot: stored::json(&row.snapshot, "revisions.snapshot")?,
            hash: row.sha256,
            statement: stored::json(&row.statement, "revisions.statement")?,
            signed_at: row.signed_at,
        })
    }
}

/// The declaration, in three queries. The caller checks whose it is.
pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Record>, StoreError> {
    let found = Entity::find_by_id(id)
        .find_also_related(company::Entity)
        .find_also_related(revision_entity::Entity)
        .find_also(Entity, account::Entity)
        .one(db)
        .await?;
    let Some((row, Some(company), revision, reviewer)) = found else {
        return Ok(None);
    };
    let company: Company = company.try_into()?;
    let revision: Option<Revision> = revision.map(TryInto::try_into).transpose()?;
    let declaration = Declaration {
        id,
        siren: company.siren.clone(),
        status: status(&row)?,
        version: row.version,
        revision: revision.as_ref().map(|revision| revision.number),
        last_company_revision: company.last_revision,
        stated_on: revision
            .as_ref()
            .map(|revision| revision.statement.signed_on()),
        reviewer: row.reviewer,
        claims: claims::of_declaration(db, id).await?,
        qualifications: qualifications::of_company(db, &company.siren).await?,
    };
    Ok(Some(Record {
        declaration,
        reference: row.reference,
        draft: stored::json(&row.answers, "declarations.answers")?,
        steps: stored::json(&row.step_versions, "declarations.step_versions")?,
        typings: stored::json(&row.typing, "declarations.typing")?,
        form_version: stored::number(row.form_version, "declarations.form_version")?,
        revision,
        previous: row.previous,
        opened_at: row.opened_at,
        opened_by: row.opened_by,
        updated_at: row.updated_at,
        updated_by: row.updated_by,
        submitted_at: row.submitted_at,
        review_started_at: row.review_started_at,
        reviewer_name: reviewer.map(|account| account.name),
        signature: match (
            row.signed_by,
            row.signed_name,
            row.signed_quality,
            row.signed_at,
        ) {
            (Some(by), Some(name), Some(quality), Some(at)) => Some(Signature {
                by,
                name,
                quality,
                at,
            }),
            _ => None,
        },
        company,
    }))
}

/// The declaration, for a decision: others who want to change the company wait.
///
/// `version` is the one that the person saw; another one in the database is a `Conflict`.
pub async fn lock(txn: &Txn, id: Uuid, version: Option<i64>) -> Result<Record, StoreError> {
    let row = Entity::find_by_id(id)
        .one(txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    companies::lock(txn, &stored::siren(&row.siren)?).await?;
    // Read again: it may have changed while this transaction waited.
    let record = find(txn, id).await?.ok_or(StoreError::NotFound)?;
    if version.is_some_and(|seen| seen != record.declaration.version) {
        return Err(StoreError::Conflict(Conflict {
            version: record.declaration.version,
            status: record.declaration.status.code().to_owned(),
            by: record.updated_by,
            at: record.updated_at,
        }));
    }
    Ok(record)
}

/// A revision of a company by its number.
pub async fn revision(
    db: &impl ConnectionTrait,
    siren: &Siren,
    number: u32,
) -> Result<Option<Revision>, StoreError> {
    revision_entity::Entity::find_by_id((siren.as_str().to_owned(), i64::from(number)))
        .one(db)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// The newest declarations of each of some companies, newest first; the open one is the newest of its company, so that it is
/// never left out.
pub async fn of_companies(
    db: &impl ConnectionTrait,
    sirens: &[Siren],
    of_each: u64,
) -> Result<Vec<Line>, StoreError> {
    let rank = Alias::new("rank_in_company");
    let (asked, ranked) = (sirens.iter().map(Siren::as_str), Alias::new("ranked"));
    let mut ranks = Query::select()
        .column(Column::Id)
        .expr_window_as(
            Expr::cust("ROW_NUMBER()"),
            WindowStatement::partition_by(Column::Siren)
                .order_by(Column::Id, Order::Desc)
                .take(),
            rank.clone(),
        )
        .from(Entity)
        .and_where(Expr::col(Column::Siren).is_in(asked))
        .take();
    let newest = Query::select()
        .column(Column::Id)
        .from_subquery(ranks.take(), ranked)
        .and_where(Expr::col(rank).lte(of_each))
        .take();
    let rows = Entity::find()
        .filter(Column::Id.in_subquery(newest))
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Line {
                id: row.id,
                siren: stored::siren(&row.siren)?,
                status: status(&row)?,
                reference: row.reference,
                version: row.version,
                updated_at: row.updated_at,
                submitted_at: row.submitted_at,
            })
        })
        .collect()
}

/// What happened to the declaration, oldest first, without the saves of its draft.
pub async fn timeline(
    db: &impl ConnectionTrait,
    id: Uuid,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let saved = domain::lifecycle::Act::Saved.code();
    audit::of_subject(db, &subject(id), &[saved], limit).await
}

/// The same, with what the published lists in force say of these companies, in one query.
pub async fn timeline_and_lists(
    db: &impl ConnectionTrait,
    id: Uuid,
    limit: u64,
    sirens: &[Siren],
) -> Result<(Vec<Event>, Listed), StoreError> {
    let saved = domain::lifecycle::Act::Saved.code();
    lists::with_events(db, &subject(id), &[saved], limit, sirens).await
}

pub(super) fn status(row: &Model) -> Result<Status, StoreError> {
    row.status
        .parse()
        .map_err(|_| StoreError::corrupt("declarations.status"))
}
