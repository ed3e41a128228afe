//! Who is attached to which company, and who asks to be.

mod requests;

pub use requests::{AttachmentRequest, Decided, ask, asked_by, decide, waiting};

use chrono::{DateTime, Utc};
use domain::{identifiers::Siren, lifecycle::MemberRole};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    accounts::Account,
    audit::Entry,
    companies::{self, Company},
    entities::{
        account, company,
        membership::{ActiveModel, Column, Entity, Model},
    },
    error::StoreError,
    ids::stamp,
    stored,
    txn::Txn,
};

/// What shows that a person belongs to the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// The first to open the company; nothing proves more.
    None,
    /// The address is of a domain that the company declared.
    MailDomain,
    /// An agent of the buyer decided it.
    Agent,
}

impl Proof {
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::MailDomain => "mail_domain",
            Self::Agent => "agent",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::None, Self::MailDomain, Self::Agent]
            .into_iter()
            .find(|proof| proof.code() == code)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub siren: Siren,
    pub account: Uuid,
    pub role: MemberRole,
    pub proof: Proof,
    pub created_at: DateTime<Utc>,
    pub attached_by: Option<Uuid>,
}

/// What became of opening a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// The person is attached, now or already.
    Yours(MemberRole),
    /// Another person came first.
    HeldByAnother,
}

impl TryFrom<Model> for Membership {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            siren: stored::siren(&row.siren)?,
            account: row.account_id,
            role: MemberRole::from_code(&row.role)
                .ok_or_else(|| StoreError::corrupt("memberships.role"))?,
            proof: Proof::from_code(&row.proof)
                .ok_or_else(|| StoreError::corrupt("memberships.proof"))?,
            created_at: row.created_at,
            attached_by: row.attached_by,
        })
    }
}

/// Attaches the first person who opens a company, as its manager. The company must be recorded.
pub async fn hold(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    proof: Proof,
    now: DateTime<Utc>,
) -> Result<Holding, StoreError> {
    companies::lock(txn, siren).await?;
    if let Some(role) = role_of(txn, account, siren).await? {
        return Ok(Holding::Yours(role));
    }
    let held = Entity::find()
        .filter(Column::Siren.eq(siren.as_str()))
        .one(txn)
        .await?;
    if held.is_some() {
        return Ok(Holding::HeldByAnother);
    }
    let role = MemberRole::Manager;
    attach(txn, siren, account, role, proof, None, now).await?;
    txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: "company_held".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "proof": proof.code() }),
        at: now,
    });
    Ok(Holding::Yours(role))
}

async fn attach(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    role: MemberRole,
    proof: Proof,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        siren: Set(siren.as_str().to_owned()),
        account_id: Set(account),
        role: Set(role.code().to_owned()),
        proof: Set(proof.code().to_owned()),
        created_at: Set(stamp(now)),
        attached_by: Set(by),
    };
    let once = OnConflict::columns([Column::Siren, Column::AccountId])
        .do_nothing()
        .to_owned();
    Entity::insert_many([row])
        .on_conflict(once)
        .exec_without_returning(txn)
        .await?;
    Ok(())
}

/// Attaches a person because an agent of the buyer names them: as its manager when nobody follows the company, otherwise to fill in
/// with the others. Whoever is of it stays what they are.
pub async fn attach_by_agent(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    agent: Uuid,
    now: DateTime<Utc>,
) -> Result<MemberRole, StoreError> {
    companies::lock(txn, siren).await?;
    if let Some(role) = role_of(txn, account, siren).await? {
        return Ok(role);
    }
    let others = Entity::find()
        .filter(Column::Siren.eq(siren.as_str()))
        .one(txn)
        .await?;
    let role = if others.is_some() {
        MemberRole::Editor
    } else {
        MemberRole::Manager
    };
    attach(txn, siren, account, role, Proof::Agent, Some(agent), now).await?;
    txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: "company_joined".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "proof": Proof::Agent.code(), "by": agent, "role": role.code() }),
        at: now,
    });
    Ok(role)
}

/// The person's role in a company; `None` for a stranger.
pub async fn role_of(
    db: &impl ConnectionTrait,
    account: Uuid,
    siren: &Siren,
) -> Result<Option<MemberRole>, StoreError> {
    let row = Entity::find_by_id((siren.as_str().to_owned(), account))
        .one(db)
        .await?;
    Ok(row.map(Membership::try_from).transpose()?.map(|m| m.role))
}

/// The companies of a person.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: Uuid,
) -> Result<Vec<(Membership, Company)>, StoreError> {
    let rows = Entity::find()
        .find_also_related(company::Entity)
        .filter(Column::AccountId.eq(account))
        .order_by_asc(Column::CreatedAt)
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|(membership, company)| company.map(|company| (membership, company)))
        .map(|(membership, company)| Ok((membership.try_into()?, company.try_into()?)))
        .collect()
}

/// The people of a company.
pub async fn of_company(
    db: &impl ConnectionTrait,
    siren: &Siren,
) -> Result<Vec<(Membership, Account)>, StoreError> {
    of_companies(db, std::slice::from_ref(siren)).await
}

/// The people of several companies, in one query.
pub async fn of_companies(
    db: &impl ConnectionTrait,
    sirens: &[Siren],
) -> Result<Vec<(Membership, Account)>, StoreError> {
    let rows = Entity::find()
        .find_also_related(account::Entity)
        .filter(Column::Siren.is_in(sirens.iter().map(Siren::as_str)))
        .order_by_asc(Column::CreatedAt)
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|(membership, account)| account.map(|account| (membership, account)))
        .map(|(membership, account)| Ok((membership.try_into()?, account.try_into()?)))
        .collect()
}
