//! The files that wait for a decision on claims of some kinds, with all that announcing the decision needs: two queries.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    claims::{KindSet, Qualification},
    form::SignedStatement,
    identifiers::Siren,
    lifecycle::{ClaimUnderReview, Declaration, Status, Verdict},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::TOTAL_CAP;
use crate::{
    entities::{
        claim, company,
        declaration::{Column, Entity, Relation},
        revision,
    },
    error::StoreError,
    qualifications, stored,
};

/// A declaration that was sent and is not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub company_name: String,
    pub reference: String,
    pub submitted_at: DateTime<Utc>,
    /// With the claims of the kinds asked for alone.
    pub declaration: Declaration,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaitingFiles {
    /// The oldest first.
    pub files: Vec<Waiting>,
    /// There were more than are read at once.
    pub more: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    siren: String,
    status: String,
    version: i64,
    revision: Option<i64>,
    reference: String,
    submitted_at: DateTime<Utc>,
    reviewer: Option<Uuid>,
    name: String,
    last_revision: i64,
    statement: String,
    body: String,
    hash: String,
    verdict: String,
}

/// At most `TOTAL_CAP` claims are read, of the files that have waited for the longest.
pub async fn waiting(
    db: &impl ConnectionTrait,
    kinds: &KindSet,
) -> Result<WaitingFiles, StoreError> {
    let mut query = Entity::find()
        .join(JoinType::InnerJoin, Relation::Company.def())
        .join(JoinType::InnerJoin, Relation::Revision.def())
        .filter(Column::Status.is_in([Status::Submitted.code(), Status::InReview.code()]))
        .filter(claim::Column::Kind.is_in(kinds.0.iter().map(|kind| kind.code())))
        // A claim that was refused or sent back awaits nothing from the buyer.
        .filter(claim::Column::Verdict.is_in([Verdict::Pending.code(), Verdict::Accepted.code()]))
        .select_only()
        .columns([
            Column::Id,
            Column::Siren,
            Column::Status,
            Column::Version,
            Column::Revision,
            Column::Reference,
            Column::SubmittedAt,
            Column::Reviewer,
        ])
        .columns([company::Column::Name, company::Column::LastRevision])
        .column(revision::Column::Statement)
        .columns([
            claim::Column::Body,
            claim::Column::Hash,
            claim::Column::Verdict,
        ])
        .order_by_asc(Column::SubmittedAt)
        .order_by_asc(Column::Id)
        .order_by_asc(claim::Column::Position)
        .limit(TOTAL_CAP + 1);
    let of_file =
        Expr::col((claim::Entity, claim::Column::DeclarationId)).equals((Entity, Column::Id));
    QueryTrait::query(&mut query).inner_join(claim::Entity, of_file);
    let rows = query.into_model::<Row>().all(db).await?;
    let more = rows.len() as u64 > TOTAL_CAP;
    let mut files: Vec<Waiting> = Vec::new();
    for row in rows {
        let claim = ClaimUnderReview {
            claim: stored::json(&row.body, "claims.body")?,
            hash: row.hash.clone(),
            verdict: Verdict::from_parts(&row.verdict, None)
                .ok_or_else(|| StoreError::corrupt("claims.verdict"))?,
        };
        match files.last_mut() {
            Some(last) if last.declaration.id == row.id => last.declaration.claims.push(claim),
            _ => files.push(file(row, claim)?),
        }
    }
    if more {
        // The last one may have more claims than were read.
        files.pop();
    }
    let sirens: Vec<Siren> = files
        .iter()
        .map(|file| file.declaration.siren.clone())
        .collect();
    if !sirens.is_empty() {
        let mut held: HashMap<Siren, Vec<Qualification>> = HashMap::new();
        for one in qualifications::of_companies(db, &sirens).await? {
            held.entry(one.siren.clone()).or_default().push(one);
        }
        for file in &mut files {
            let declaration = &mut file.declaration;
            declaration.qualifications = held.remove(&declaration.siren).unwrap_or_default();
        }
    }
    Ok(WaitingFiles { files, more })
}

fn file(row: Row, claim: ClaimUnderReview) -> Result<Waiting, StoreError> {
    let statement: SignedStatement = stored::json(&row.statement, "revisions.statement")?;
    let revision = row
        .revision
        .map(|number| stored::number(number, "declarations.revision"));
    Ok(Waiting {
        company_name: row.name,
        reference: row.reference,
        submitted_at: row.submitted_at,
        declaration: Declaration {
            id: row.id,
            siren: stored::siren(&row.siren)?,
            status: row
                .status
                .parse()
                .map_err(|_| StoreError::corrupt("declarations.status"))?,
            version: row.version,
            revision: revision.transpose()?,
            last_company_revision: stored::number(row.last_revision, "companies.last_revision")?,
            stated_on: Some(statement.signed_on()),
            reviewer: row.reviewer,
            claims: vec![claim],
            qualifications: Vec::new(),
        },
    })
}
