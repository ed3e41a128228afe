//! The people of a company, changed: another role, put out, gone. The rules are those of `domain::people`.

use chrono::{DateTime, Utc};
use domain::{
    identifiers::Siren,
    lifecycle::{MemberRole, SupplierNotice},
    people::{self as rules, PeopleProblem, Person},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{Membership, of_company, settled};
use crate::{
    accounts::Account,
    audit::Entry,
    companies,
    effects::{self, About},
    entities::{
        company_domain, former_member, invitation,
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
    if role != MemberRole::Manager {
        close_what_they_opened(txn, siren, other, by, now).await?;
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
    if super::managers(txn, siren).await?.is_empty() {
        // Nobody is left to answer those who asked.
        settled::hand_over(txn, siren, who, now).await?;
    }
    Ok(Ok(()))
}

/// A person is not of the company any more, and comes back by nothing that they or others had opened.
async fn gone(
    txn: &Txn,
    siren: &Siren,
    who: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    detach(txn, siren, who).await?;
    let row = former_member::ActiveModel {
        siren: Set(siren.as_str().to_owned()),
        account_id: Set(who),
        left_at: Set(stamp(now)),
    };
    let again = OnConflict::columns([
        former_member::Column::Siren,
        former_member::Column::AccountId,
    ])
    .update_column(former_member::Column::LeftAt)
    .to_owned();
    former_member::Entity::insert_many([row])
        .on_conflict(again)
        .exec_without_returning(txn)
        .await?;
    close_what_they_opened(txn, siren, who, by, now).await
}

/// What somebody opened to others as a manager ends when they are none: an invitation or a domain would let them back in.
async fn close_what_they_opened(
    txn: &Txn,
    siren: &Siren,
    who: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let domains = company_domain::Entity::delete_many()
        .filter(company_domain::Column::Siren.eq(siren.as_str()))
        .filter(company_domain::Column::OpenedBy.eq(who))
        .exec_with_returning(txn)
        .await?;
    for domain in domains {
        record(
            txn,
            (siren, by, now),
            "mail_domain_closed",
            serde_json::json!({ "domain": domain.domain }),
        );
    }
    let invitations = invitation::Entity::update_many()
        .col_expr(invitation::Column::EndedAt, Expr::value(stamp(now)))
        .col_expr(invitation::Column::EndedBy, Expr::value(by))
        .col_expr(invitation::Column::Outcome, Expr::value("revoked"))
        .filter(invitation::Column::Siren.eq(siren.as_str()))
        .filter(invitation::Column::InvitedBy.eq(who))
        .filter(invitation::Column::EndedAt.is_null())
        .exec_with_returning(txn)
        .await?;
    for one in invitations {
        record(
            txn,
            (siren, by, now),
            "invitation_revoked",
            serde_json::json!({ "invitation": one.id }),
        );
    }
    Ok(())
}

fn record(
    txn: &Txn,
    (siren, by, now): (&Siren, Uuid, DateTime<Utc>),
    act: &str,
    details: serde_json::Value,
) {
    txn.audit(Entry {
        actor: format!("supplier:{by}"),
        act: act.to_owned(),
        subject: companies::subject(siren),
        details,
        at: now,
    });
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
