//! Drafts that an agent prepares for a company: sent, sent again, cancelled, and answered once by a signed-in account of the address.
//!
//! Invariants: the link is no secret, only an account of the address may read or answer; an agent fills nothing before the claim.

use chrono::{DateTime, TimeDelta, Utc};
use domain::identifiers::Siren;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    accounts::Account,
    audit::Entry,
    companies::{self, Company},
    effects,
    entities::{
        account, company,
        prepared_draft::{ActiveModel, Column, Entity, Model},
    },
    error::StoreError,
    ids::{new_id, stamp},
    txn::Txn,
};

/// How long a person may take to answer.
pub const LIFE: TimeDelta = TimeDelta::days(30);

/// What an agent prepares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPrepared {
    pub siren: Siren,
    /// In its normal form.
    pub email: String,
    pub contact_name: String,
    pub message: String,
    /// `fr` or `en`.
    pub language: String,
    /// As the query of a link.
    pub proposals: String,
    pub by: Uuid,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Claimed,
    Declined,
    Cancelled,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PreparedDraft {
    pub id: Uuid,
    pub company: Company,
    pub email: String,
    pub contact_name: String,
    pub message: String,
    pub language: String,
    pub proposals: String,
    pub by: Account,
    pub prepared_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub outcome: Option<Outcome>,
    pub ended_by: Option<Uuid>,
    pub declaration: Option<Uuid>,
}

impl Outcome {
    const ALL: [Self; 3] = [Self::Claimed, Self::Declined, Self::Cancelled];

    const fn code(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
        }
    }
}

impl PreparedDraft {
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.outcome.is_none() && self.expires_at > now
    }

    fn read(row: Model, company: company::Model, by: account::Model) -> Result<Self, StoreError> {
        let outcome = row
            .outcome
            .map(|code| {
                let known = Outcome::ALL.into_iter().find(|one| one.code() == code);
                known.ok_or_else(|| StoreError::corrupt("prepared_drafts.outcome"))
            })
            .transpose()?;
        Ok(Self {
            id: row.id,
            company: company.try_into()?,
            email: row.email,
            contact_name: row.contact_name,
            message: row.message,
            language: row.language,
            proposals: row.proposals,
            by: by.try_into()?,
            prepared_at: row.prepared_at,
            expires_at: row.expires_at,
            outcome,
            ended_by: row.ended_by,
            declaration: row.declaration_id,
        })
    }
}

/// Prepares a draft and writes to its contact; `None` when one already waits for this company. The company must be recorded.
pub async fn prepare(
    txn: &Txn,
    new: NewPrepared,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, StoreError> {
    companies::lock(txn, &new.siren).await?;
    if let Some(before) = waiting(txn, &new.siren).await? {
        if before.expires_at > now {
            return Ok(None);
        }
        // Nobody answered in time: it makes room.
        end(txn, before.id, Outcome::Cancelled, new.by, now).await?;
    }
    let id = new_id(now);
    let row = ActiveModel {
        id: Set(id),
        siren: Set(new.siren.as_str().to_owned()),
        email: Set(new.email.clone()),
        contact_name: Set(new.contact_name),
        message: Set(new.message),
        language: Set(new.language),
        proposals: Set(new.proposals),
        prepared_by: Set(new.by),
        prepared_at: Set(stamp(now)),
        expires_at: Set(stamp(now + LIFE)),
        ended_at: Set(None),
        outcome: Set(None),
        ended_by: Set(None),
        declaration_id: Set(None),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    let event = told(
        txn,
        &new.siren,
        id,
        ("reviewer", new.by),
        "draft_prepared",
        now,
    );
    effects::prepared(txn, (event, &new.siren), &new.email, id, now).await?;
    Ok(Some(id))
}

/// Writes to the contact once more, and gives them the whole time again; `false` when it ended.
pub async fn send_again(
    txn: &Txn,
    id: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let renewed = Entity::update_many()
        .col_expr(Column::ExpiresAt, Expr::value(stamp(now + LIFE)))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec_with_returning(txn)
        .await?
        .pop();
    let Some(row) = renewed else {
        return Ok(false);
    };
    let siren = crate::stored::siren(&row.siren)?;
    let event = told(txn, &siren, id, ("reviewer", by), "draft_sent_again", now);
    effects::prepared(txn, (event, &siren), &row.email, id, now).await?;
    Ok(true)
}

/// Takes it back; `false` when it was answered meanwhile.
pub async fn cancel(txn: &Txn, id: Uuid, by: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let Some(row) = end(txn, id, Outcome::Cancelled, by, now).await? else {
        return Ok(false);
    };
    let siren = crate::stored::siren(&row.siren)?;
    told(txn, &siren, id, ("reviewer", by), "draft_cancelled", now);
    Ok(true)
}

/// The person claims it, or says that it is not for them. What is not for their address does not exist: `NotFound`; `None` when it
/// ended before.
pub async fn answer(
    txn: &Txn,
    id: Uuid,
    (account, email): (Uuid, &str),
    claim: bool,
    now: DateTime<Utc>,
) -> Result<Option<PreparedDraft>, StoreError> {
    let found = find(txn, id).await?.filter(|found| found.email == email);
    let found = found.ok_or(StoreError::NotFound)?;
    let (outcome, act) = if claim {
        (Outcome::Claimed, "draft_claimed")
    } else {
        (Outcome::Declined, "draft_declined")
    };
    if !found.is_open(now) || end(txn, id, outcome, account, now).await?.is_none() {
        return Ok(None);
    }
    told(
        txn,
        &found.company.siren,
        id,
        ("supplier", account),
        act,
        now,
    );
    Ok(Some(found))
}

/// The declaration that the claim opened.
pub async fn opened(txn: &Txn, id: Uuid, declaration: Uuid) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::DeclarationId, Expr::value(declaration))
        .filter(Column::Id.eq(id))
        .exec(txn)
        .await?;
    Ok(())
}

/// One of them, whatever became of it.
pub async fn find(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<PreparedDraft>, StoreError> {
    Ok(read(db, Entity::find_by_id(id)).await?.pop())
}

/// The latest ones, newest first.
pub async fn latest(
    db: &impl ConnectionTrait,
    most: u64,
) -> Result<Vec<PreparedDraft>, StoreError> {
    read(db, Entity::find().limit(most)).await
}

/// The one that nobody answered for a company, expired or not.
pub async fn waiting(
    db: &impl ConnectionTrait,
    siren: &Siren,
) -> Result<Option<PreparedDraft>, StoreError> {
    let query = Entity::find()
        .filter(Column::Siren.eq(siren.as_str()))
        .filter(Column::EndedAt.is_null());
    Ok(read(db, query).await?.pop())
}

async fn read(
    db: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Vec<PreparedDraft>, StoreError> {
    let rows = query
        .find_also_related(company::Entity)
        .find_also_related(account::Entity)
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|(row, company, by)| Some((row, company?, by?)))
        .map(|(row, company, by)| PreparedDraft::read(row, company, by))
        .collect()
}

async fn end(
    txn: &Txn,
    id: Uuid,
    outcome: Outcome,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Model>, StoreError> {
    let mut ended = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(stamp(now)))
        .col_expr(Column::EndedBy, Expr::value(by))
        .col_expr(Column::Outcome, Expr::value(outcome.code()))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec_with_returning(txn)
        .await?;
    Ok(ended.pop())
}

/// The trail names the draft and its company, never the address.
fn told(
    txn: &Txn,
    siren: &Siren,
    id: Uuid,
    (side, by): (&str, Uuid),
    act: &str,
    now: DateTime<Utc>,
) -> Uuid {
    txn.audit(Entry {
        actor: format!("{side}:{by}"),
        act: act.to_owned(),
        subject: companies::subject(siren),
        details: json!({ "prepared": id }),
        at: now,
    })
}
