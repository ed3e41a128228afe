//! Mail domains whose addresses join a company without asking, because one of its managers, who has such an address, said so.

use chrono::{DateTime, Utc};
use domain::{identifiers::Siren, lifecycle::MemberRole, people::Proof};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder,
};
use sea_orm::{ColumnTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::{Place, attach, is_manager, members};
use crate::{
    audit::Entry,
    companies,
    effects::About,
    entities::{
        company_domain::{ActiveModel, Column, Entity, Model},
        former_member,
    },
    error::StoreError,
    ids::stamp,
    stored,
    txn::Txn,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyDomain {
    pub domain: String,
    pub role: MemberRole,
    pub opened_by: Uuid,
    pub opened_at: DateTime<Utc>,
}

impl TryFrom<Model> for CompanyDomain {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            role: stored::member_role(&row.role, "company_domains.role")?,
            domain: row.domain,
            opened_by: row.opened_by,
            opened_at: row.opened_at,
        })
    }
}

pub async fn domains(
    db: &impl ConnectionTrait,
    siren: &Siren,
) -> Result<Vec<CompanyDomain>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Siren.eq(siren.as_str()))
        .order_by_asc(Column::Domain)
        .all(db)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Lets the addresses of a domain in, or changes as what. What right `by` has is for the caller to have checked.
pub async fn open_domain(
    txn: &Txn,
    siren: &Siren,
    domain: &str,
    role: MemberRole,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        siren: Set(siren.as_str().to_owned()),
        domain: Set(domain.to_owned()),
        role: Set(role.code().to_owned()),
        opened_by: Set(by),
        opened_at: Set(stamp(now)),
    };
    let again = OnConflict::columns([Column::Siren, Column::Domain])
        .update_columns([Column::Role, Column::OpenedBy, Column::OpenedAt])
        .to_owned();
    Entity::insert_many([row])
        .on_conflict(again)
        .exec_without_returning(txn)
        .await?;
    txn.audit(Entry {
        actor: format!("supplier:{by}"),
        act: "mail_domain_opened".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "domain": domain, "role": role.code() }),
        at: now,
    });
    Ok(())
}

/// Lets nobody else in by a domain; who is in stays. `false` when it was not open.
pub async fn close_domain(
    txn: &Txn,
    siren: &Siren,
    domain: &str,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let found = Entity::find_by_id((siren.as_str().to_owned(), domain.to_owned()))
        .one(txn)
        .await?;
    let Some(found) = found else {
        return Ok(false);
    };
    found.delete(txn).await?;
    txn.audit(Entry {
        actor: format!("supplier:{by}"),
        act: "mail_domain_closed".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "domain": domain }),
        at: now,
    });
    Ok(true)
}

/// Attaches a person whose address is of an open domain, as long as whoever opened it manages the company; says as what. Who
/// was of the company before asks, as anyone does.
pub async fn joined_by_domain(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    domain: &str,
    now: DateTime<Utc>,
) -> Result<Option<MemberRole>, StoreError> {
    let open = Entity::find_by_id((siren.as_str().to_owned(), domain.to_owned()))
        .one(txn)
        .await?
        .map(CompanyDomain::try_from)
        .transpose()?;
    let Some(open) = open else { return Ok(None) };
    if !is_manager(txn, siren, open.opened_by).await? {
        return Ok(None);
    }
    let former = former_member::Entity::find_by_id((siren.as_str().to_owned(), account))
        .one(txn)
        .await?;
    if former.is_some() {
        return Ok(None);
    }
    let place = Place {
        role: open.role,
        // Not `MailDomain`, which is how the first one holds a company.
        proof: Proof::Member,
        by: Some(account),
        organisation: None,
    };
    attach(txn, siren, account, &place, now).await?;
    let event = txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: "joined_by_mail_domain".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "domain": domain, "role": open.role.code() }),
        at: now,
    });
    members::tell_managers_of(txn, &About::company(event, siren), account, now).await?;
    Ok(Some(open.role))
}
