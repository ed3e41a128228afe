//! The people of a company, changed: another role, put out, gone. The rules are those of `domain::people`.

use chrono::{DateTime, Utc};
use domain::{
    identifiers::Siren,
    lifecycle::{MemberRole, SupplierNotice},
    people::{self as rules, PeopleProblem, Person},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{Membership, of_company};
use crate::{
    accounts::Account,
    audit::Entry,
    companies,
    effects::{self, About},
    entities::{
        company_domain, invitation,
        membership::{Column, Entity},
    },
    error::StoreError,
    ids::stamp,
    txn::Txn,
};

/// The people of the company as the rules see them, while nobody else changes them.
pub async fn lock_people(txn: &Txn, siren: &Siren) -> Result<Vec<Person>, StoreError> {
    companies::lock(txn, siren).await?;
    Ok(people(&of_company(txn, siren).await?))
}

/// The people as the rules see them: whose account is closed counts for nobody.
pub fn people(members: &[(Membership, Account)]) -> Vec<Person> {
    members
        .iter()
        .filter(|(_, account)| account.disabled_at.is_none())
        .map(|(member, _)| Person {
            account: member.account,
            role: member.role,
            proof: member.proof,
            third_party: member.organisation.is_some(),
        })
        .collect()
}

/// Gives `other` another role; they are told.
pub async fn change_role(
    txn: &Txn,
    siren: &Siren,
    by: Uuid,
    other: Uuid,
    role: MemberRole,
    now: DateTime<Utc>,
) -> Result<Result<(), PeopleProblem>, StoreError> {
    let people = lock_people(txn, siren).await?;
    if let Err(problem) = rules::change_role(&people, by, other, role) {
        return Ok(Err(problem));
    }
    if people
        .iter()
        .any(|person| person.account == other && person.role == role)
    {
        return Ok(Ok(()));
    }
    Entity::update_many()
        .col_expr(Column::Role, Expr::value(role.code()))
        .filter(Column::Siren.eq(siren.as_str()))
        .filter(Column::AccountId.eq(other))
        .exec(txn)
        .await?;
    let event = txn.audit(Entry {
        actor: format!("supplier:{by}"),
        act: "member_role_changed".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "account": other, "role": role.code() }),
        at: now,
    });
    if other != by {
        let notice = SupplierNotice::RoleChanged { role };
        effects::tell_person(txn, &About::company(event, siren), other, notice, now).await?;
    }
    Ok(Ok(()))
}

/// Puts somebody else out; they are told.
pub async fn remove(
    txn: &Txn,
    siren: &Siren,
    by: Uuid,
    other: Uuid,
    now: DateTime<Utc>,
) -> Result<Result<(), PeopleProblem>, StoreError> {
    if by == other {
        return leave(txn, siren, by, now).await;
    }
    let people = lock_people(txn, siren).await?;
    if let Err(problem) = rules::remove(&people, by, other) {
        return Ok(Err(problem));
    }
    gone(txn, siren, other, by, now).await?;
    let event = txn.audit(Entry {
        actor: format!("supplier:{by}"),
        act: "member_removed".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "account": other }),
        at: now,
    });
    let about = About::company(event, siren);
    effects::tell_person(txn, &about, other, SupplierNotice::Removed, now).await?;
    Ok(Ok(()))
}

/// Somebody goes by themself.
pub async fn leave(
    txn: &Txn,
    siren: &Siren,
    who: Uuid,
    now: DateTime<Utc>,
) -> Result<Result<(), PeopleProblem>, StoreError> {
    let people = lock_people(txn, siren).await?;
    if let Err(problem) = rules::leave(&people, who) {
        return Ok(Err(problem));
    }
    gone(txn, siren, who, who, now).await?;
    let left = people.len().saturating_sub(1);
    txn.audit(Entry {
        actor: format!("supplier:{who}"),
        act: "member_left".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "left": left }),
        at: now,
    });
    Ok(Ok(()))
}

/// What a person had opened to others goes with them: an invitation or a domain would let them back in.
async fn gone(
    txn: &Txn,
    siren: &Siren,
    who: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    detach(txn, siren, who).await?;
    company_domain::Entity::delete_many()
        .filter(company_domain::Column::Siren.eq(siren.as_str()))
        .filter(company_domain::Column::OpenedBy.eq(who))
        .exec(txn)
        .await?;
    invitation::Entity::update_many()
        .col_expr(invitation::Column::EndedAt, Expr::value(stamp(now)))
        .col_expr(invitation::Column::EndedBy, Expr::value(by))
        .col_expr(invitation::Column::Outcome, Expr::value("revoked"))
        .filter(invitation::Column::Siren.eq(siren.as_str()))
        .filter(invitation::Column::InvitedBy.eq(who))
        .filter(invitation::Column::EndedAt.is_null())
        .exec(txn)
        .await?;
    Ok(())
}

pub(super) async fn detach(txn: &Txn, siren: &Siren, who: Uuid) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::Siren.eq(siren.as_str()))
        .filter(Column::AccountId.eq(who))
        .exec(txn)
        .await?;
    Ok(())
}

/// The managers learn that somebody joined whom they did not let in themselves.
pub(super) async fn tell_managers_of(
    txn: &Txn,
    about: &About<'_>,
    joined: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for manager in super::managers(txn, about.siren).await? {
        if manager.id != joined {
            let notice = SupplierNotice::Joined { account: joined };
            effects::tell_person(txn, about, manager.id, notice, now).await?;
        }
    }
    Ok(())
}
