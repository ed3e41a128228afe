//! Attestations: issued under a code, found again by anyone who has it. A row is never changed: what it says today is
//! computed from the qualifications that it names.

use chrono::{DateTime, Utc};
use domain::{
    attestation::{Decided, ShortCode},
    civil::paris_day,
    identifiers::Siren,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

use crate::{
    audit::Entry,
    companies::{self, Company},
    entities::{
        attestation::{ActiveModel, Column, Entity, Model},
        company, declaration, qualification,
    },
    error::StoreError,
    ids::stamp,
    qualifications::with_closures,
    stored,
    txn::Txn,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    pub code: ShortCode,
    pub siren: Siren,
    /// Of its content (`domain::attestation::content_hash`).
    pub hash: String,
    /// What it shows.
    pub qualifications: Vec<Uuid>,
    pub issued_at: DateTime<Utc>,
}

/// One to issue.
#[derive(Clone, Debug)]
pub struct NewAttestation {
    pub code: ShortCode,
    pub hash: String,
    pub qualifications: Vec<Uuid>,
}

/// An attestation with what is known of its company now.
#[derive(Clone, Debug)]
pub struct Found {
    pub attestation: Attestation,
    pub company: Company,
    pub decided: Vec<Decided>,
    /// All those of the company, itself among them, oldest first.
    pub all: Vec<Attestation>,
}

impl TryFrom<Model> for Attestation {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            code: ShortCode::parse(&row.code)
                .map_err(|_| StoreError::corrupt("attestations.code"))?,
            siren: stored::siren(&row.siren)?,
            hash: row.sha256,
            qualifications: stored::json(&row.qualifications, "attestations.qualifications")?,
            issued_at: row.issued_at,
        })
    }
}

/// The qualifications of a company with the decisions that made them, oldest first, in two queries.
pub async fn decided(db: &impl ConnectionTrait, siren: &Siren) -> Result<Vec<Decided>, StoreError> {
    let held = with_closures(db, qualification::Column::Siren.eq(siren.as_str())).await?;
    let references: HashMap<Uuid, String> = declaration::Entity::find()
        .select_only()
        .columns([declaration::Column::Id, declaration::Column::Reference])
        .filter(declaration::Column::Siren.eq(siren.as_str()))
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    Ok(held
        .into_iter()
        .map(|(qualification, row)| Decided {
            qualification,
            reference: references
                .get(&row.declaration_id)
                .cloned()
                .unwrap_or_default(),
            decided_on: paris_day(row.accepted_at),
        })
        .collect())
}

/// The attestation of a company with this content, if one was issued.
pub async fn with_content(
    db: &impl ConnectionTrait,
    siren: &Siren,
    hash: &str,
) -> Result<Option<Attestation>, StoreError> {
    Entity::find()
        .filter(Column::Siren.eq(siren.as_str()))
        .filter(Column::Sha256.eq(hash))
        .one(db)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// Issues an attestation, or gives the one that has the same content. `Conflict` when another one has this code.
pub async fn issue(
    txn: &Txn,
    siren: &Siren,
    new: &NewAttestation,
    account: Uuid,
    at: DateTime<Utc>,
) -> Result<Attestation, StoreError> {
    companies::lock(txn, siren).await?;
    if let Some(known) = with_content(txn, siren, &new.hash).await? {
        return Ok(known);
    }
    let row = ActiveModel {
        code: Set(new.code.as_str().to_owned()),
        siren: Set(siren.as_str().to_owned()),
        sha256: Set(new.hash.clone()),
        qualifications: Set(stored::to_json(&new.qualifications)?),
        issued_by: Set(account),
        issued_at: Set(stamp(at)),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: "attestation_issued".to_owned(),
        subject: companies::subject(siren),
        details: json!({ "sha256": new.hash, "qualifications": new.qualifications }),
        at,
    });
    Ok(Attestation {
        code: new.code.clone(),
        siren: siren.clone(),
        hash: new.hash.clone(),
        qualifications: new.qualifications.clone(),
        issued_at: stamp(at),
    })
}

/// The attestation with this code, in four queries.
pub async fn find(
    db: &impl ConnectionTrait,
    code: &ShortCode,
) -> Result<Option<Found>, StoreError> {
    let siren = Query::select()
        .column(Column::Siren)
        .from(Entity)
        .and_where(Column::Code.eq(code.as_str()))
        .take();
    let all = Entity::find()
        .filter(Column::Siren.in_subquery(siren))
        .order_by_asc(Column::IssuedAt)
        .order_by_asc(Column::Code)
        .all(db)
        .await?
        .into_iter()
        .map(Attestation::try_from)
        .collect::<Result<Vec<_>, _>>()?;
    let Some(attestation) = all.iter().find(|one| one.code == *code).cloned() else {
        return Ok(None);
    };
    let Some(company) = companies::by_siren(db, &attestation.siren).await? else {
        return Ok(None);
    };
    let decided = decided(db, &attestation.siren).await?;
    Ok(Some(Found {
        attestation,
        company,
        decided,
        all,
    }))
}

/// Opens the attestations of a company to the public, or closes them. `false` when nothing changes.
pub async fn publish(
    txn: &Txn,
    siren: &Siren,
    published: bool,
    account: Uuid,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    companies::lock(txn, siren).await?;
    let done = company::Entity::update_many()
        .col_expr(company::Column::Published, Expr::value(published))
        .filter(company::Column::Siren.eq(siren.as_str()))
        .filter(company::Column::Published.ne(published))
        .exec(txn)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: if published {
            "attestations_published"
        } else {
            "attestations_hidden"
        }
        .to_owned(),
        subject: companies::subject(siren),
        details: json!({}),
        at,
    });
    Ok(true)
}
