//! Who is attached to which company, who asks or is asked to be, and what proves it.

mod domains;
mod invitations;
mod letters;
mod members;
mod pending;
mod requests;
mod settled;

pub use domain::people::Proof;
pub use domains::{CompanyDomain, close_domain, domains, joined_by_domain, open_domain};
pub use invitations::{
    Answered, Invitation, Invited, NewInvitation, Outcome, answer, invitation, invitations_of,
    invite, revoke,
};
pub use letters::{Letter, make_letter, type_code};
pub use members::{change_role, leave, lock_people, people, remove};
pub use pending::{Pending, pending};
pub use requests::{
    Asked, AttachmentRequest, Decided, Decider, NewRequest, ask, ask_the_buyer, asked_for, decide,
    request, waiting, waiting_of,
};

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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub siren: Siren,
    pub account: Uuid,
    pub role: MemberRole,
    pub proof: Proof,
    pub created_at: DateTime<Utc>,
    pub attached_by: Option<Uuid>,
    /// The firm or the network of a mandated third party.
    pub organisation: Option<String>,
}

/// What became of opening a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// The person is attached, now or already.
    Yours(MemberRole),
    /// Another person came first, or all have left a company that has sent something.
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
            organisation: row.organisation,
        })
    }
}

/// Attaches the first person who opens a company, as its manager. The company must be recorded. A third party that prepared
/// alone until then waits for the word of that person.
pub async fn hold(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    proof: Proof,
    now: DateTime<Utc>,
) -> Result<Holding, StoreError> {
    companies::lock(txn, siren).await?;
    let members = of_company(txn, siren).await?;
    let mine = members.iter().find(|(member, _)| member.account == account);
    if let Some((mine, _)) = mine {
        return Ok(Holding::Yours(mine.role));
    }
    if !is_free(txn, siren, &members).await? {
        return Ok(Holding::HeldByAnother);
    }
    let place = Place {
        role: MemberRole::Manager,
        proof,
        by: None,
        organisation: None,
    };
    take_over(txn, siren, account, &place, members, now).await?;
    txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: "company_held".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "proof": proof.code() }),
        at: now,
    });
    Ok(Holding::Yours(MemberRole::Manager))
}

/// Somebody holds the company: those who prepared while nobody did wait for the word of whoever came.
async fn take_over(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    place: &Place<'_>,
    prepared: Vec<(Membership, Account)>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for (third, _) in &prepared {
        members::detach(txn, siren, third.account).await?;
        txn.audit(Entry {
            actor: format!("supplier:{account}"),
            act: "mandate_waits".to_owned(),
            subject: companies::subject(siren),
            details: serde_json::json!({ "account": third.account }),
            at: now,
        });
    }
    attach(txn, siren, account, place, now).await?;
    // After it: they are asked of the person who holds it now.
    for (third, _) in prepared {
        requests::ask_again(txn, &third, now).await?;
    }
    Ok(())
}

/// Whether the first person who comes may hold the company: nobody does, and it never sent anything. What all have left keeps
/// its past, which is shown to nobody without a proof.
pub async fn is_free(
    db: &impl ConnectionTrait,
    siren: &Siren,
    members: &[(Membership, Account)],
) -> Result<bool, StoreError> {
    if members.iter().any(|(one, _)| one.proof != Proof::Mandate) {
        return Ok(false);
    }
    let company = companies::by_siren(db, siren).await?;
    Ok(company.is_none_or(|company| company.last_revision == 0))
}

/// Attaches a third party that says it is mandated by a company that nobody holds: it prepares, until the company comes.
pub async fn prepare(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    organisation: &str,
    now: DateTime<Utc>,
) -> Result<Holding, StoreError> {
    companies::lock(txn, siren).await?;
    let members = of_company(txn, siren).await?;
    let mine = members.iter().find(|(member, _)| member.account == account);
    if let Some((mine, _)) = mine {
        return Ok(Holding::Yours(mine.role));
    }
    if !members.is_empty() || !is_free(txn, siren, &members).await? {
        return Ok(Holding::HeldByAnother);
    }
    let place = Place {
        role: MemberRole::Editor,
        proof: Proof::Mandate,
        by: None,
        organisation: Some(organisation),
    };
    attach(txn, siren, account, &place, now).await?;
    txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: "mandate_declared".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "organisation": organisation }),
        at: now,
    });
    Ok(Holding::Yours(MemberRole::Editor))
}

/// As what a person is attached.
struct Place<'a> {
    role: MemberRole,
    proof: Proof,
    by: Option<Uuid>,
    organisation: Option<&'a str>,
}

/// Attaches a person. Whoever is of the company stays what they are, unless the post has proved more; what they asked is answered.
async fn attach(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    place: &Place<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let before = Entity::find_by_id((siren.as_str().to_owned(), account))
        .one(txn)
        .await?
        .map(Membership::try_from)
        .transpose()?;
    settled::answered(txn, siren, account, place.by.unwrap_or(account), now).await?;
    if before.is_some() && place.proof != Proof::Letter {
        return Ok(());
    }
    let row = ActiveModel {
        siren: Set(siren.as_str().to_owned()),
        account_id: Set(account),
        role: Set(place.role.code().to_owned()),
        proof: Set(place.proof.code().to_owned()),
        created_at: Set(stamp(now)),
        attached_by: Set(place.by),
        organisation: Set(place.organisation.map(ToOwned::to_owned)),
    };
    let again = OnConflict::columns([Column::Siren, Column::AccountId])
        .update_columns([
            Column::Role,
            Column::Proof,
            Column::AttachedBy,
            Column::Organisation,
        ])
        .to_owned();
    Entity::insert_many([row])
        .on_conflict(again)
        .exec_without_returning(txn)
        .await?;
    Ok(())
}

/// Whether somebody manages the company, whose account is open.
async fn is_managed(db: &impl ConnectionTrait, siren: &Siren) -> Result<bool, StoreError> {
    let managers = managers(db, siren).await?;
    Ok(!managers.is_empty())
}

/// Whether this person manages the company now.
async fn is_manager(
    db: &impl ConnectionTrait,
    siren: &Siren,
    account: Uuid,
) -> Result<bool, StoreError> {
    let managers = managers(db, siren).await?;
    Ok(managers.iter().any(|manager| manager.id == account))
}

/// Those who decide for the company.
async fn managers(db: &impl ConnectionTrait, siren: &Siren) -> Result<Vec<Account>, StoreError> {
    let people = of_company(db, siren).await?;
    Ok(people
        .into_iter()
        .filter(|(member, account)| {
            member.role == MemberRole::Manager && account.disabled_at.is_none()
        })
        .map(|(_, account)| account)
        .collect())
}

/// Attaches a person because an agent of the buyer names them: as its manager where nobody manages the company. Its managers
/// decide otherwise: they are asked, once. Whoever is of it stays what they are.
pub async fn attach_by_agent(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    agent: Uuid,
    now: DateTime<Utc>,
) -> Result<Holding, StoreError> {
    companies::lock(txn, siren).await?;
    if let Some(role) = role_of(txn, account, siren).await? {
        return Ok(Holding::Yours(role));
    }
    if is_managed(txn, siren).await? {
        let new = NewRequest {
            siren: siren.clone(),
            account,
            role: MemberRole::Editor,
            organisation: None,
            message: String::new(),
        };
        ask(txn, new, now).await?;
        return Ok(Holding::HeldByAnother);
    }
    let members = of_company(txn, siren).await?;
    let prepared = members
        .into_iter()
        .filter(|(one, _)| one.proof == Proof::Mandate)
        .collect();
    let role = MemberRole::Manager;
    let place = Place {
        role,
        proof: Proof::Agent,
        by: Some(agent),
        organisation: None,
    };
    take_over(txn, siren, account, &place, prepared, now).await?;
    txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: "company_joined".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "proof": Proof::Agent.code(), "by": agent, "role": role.code() }),
        at: now,
    });
    Ok(Holding::Yours(role))
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

/// The firm or the network that a person of the company works for.
pub async fn firm_of(
    db: &impl ConnectionTrait,
    siren: &Siren,
    account: Uuid,
) -> Result<Option<String>, StoreError> {
    let row = Entity::find_by_id((siren.as_str().to_owned(), account))
        .one(db)
        .await?;
    Ok(row.and_then(|row| row.organisation))
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
