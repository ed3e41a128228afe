//! People who ask to join a company that somebody else holds: asked, decided by an agent, and told.

use chrono::{DateTime, Utc};
use domain::{
    identifiers::Siren,
    lifecycle::{BuyerNotice, Effect, MemberRole, SupplierNotice},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{Proof, attach};
use crate::{
    accounts::Account,
    audit::Entry,
    companies::{self, Company},
    effects::{self, About},
    entities::{account, attachment_request as request, company},
    error::StoreError,
    ids::{new_id, stamp},
    stored,
    txn::Txn,
};

/// A person who waits for an agent.
#[derive(Clone, Debug, PartialEq)]
pub struct AttachmentRequest {
    pub id: Uuid,
    pub company: Company,
    pub account: Account,
    pub message: String,
    pub created_at: DateTime<Utc>,
}

/// Whom a decision was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub siren: Siren,
    pub account: Uuid,
}

/// Asks to be attached; asking again while waiting changes nothing.
pub async fn ask(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    message: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let id = new_id(now);
    let row = request::ActiveModel {
        id: Set(id),
        siren: Set(siren.as_str().to_owned()),
        account_id: Set(account),
        message: Set(message.to_owned()),
        created_at: Set(stamp(now)),
        decided_at: Set(None),
        decided_by: Set(None),
        accepted: Set(None),
    };
    let inserted = request::Entity::insert_many([row])
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    if inserted == 0 {
        return Ok(());
    }
    let event = txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: "attachment_requested".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "request": id }),
        at: now,
    });
    let notice = BuyerNotice::AttachmentRequested;
    effects::enqueue(
        txn,
        &about(event, siren),
        &[Effect::TellBuyers(notice)],
        now,
    )
    .await
}

/// What the messages of a request are about: the company, and no declaration.
fn about(event: Uuid, siren: &Siren) -> About<'_> {
    About {
        event,
        subject: companies::subject(siren),
        siren,
        declaration: None,
        revision: None,
    }
}

/// The requests that wait, oldest first.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<Vec<AttachmentRequest>, StoreError> {
    let rows = request::Entity::find()
        .find_also_related(company::Entity)
        .find_also_related(account::Entity)
        .filter(request::Column::DecidedAt.is_null())
        .order_by_asc(request::Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|(request, company, account)| Some((request, company?, account?)))
        .map(|(request, company, account)| {
            Ok(AttachmentRequest {
                id: request.id,
                company: company.try_into()?,
                account: account.try_into()?,
                message: request.message,
                created_at: request.created_at,
            })
        })
        .collect()
}

/// The companies that a person waits for.
pub async fn asked_by(db: &impl ConnectionTrait, account: Uuid) -> Result<Vec<Siren>, StoreError> {
    let rows = request::Entity::find()
        .filter(request::Column::AccountId.eq(account))
        .filter(request::Column::DecidedAt.is_null())
        .order_by_asc(request::Column::Id)
        .all(db)
        .await?;
    rows.iter().map(|row| stored::siren(&row.siren)).collect()
}

/// Decides a request; the person is attached with `role` when it is `Some`, and told either way. Deciding the same again is
/// a second click; `NotFound` if somebody decided otherwise.
pub async fn decide(
    txn: &Txn,
    id: Uuid,
    role: Option<MemberRole>,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Decided, StoreError> {
    let decided = request::Entity::update_many()
        .col_expr(request::Column::DecidedAt, Expr::value(stamp(now)))
        .col_expr(request::Column::DecidedBy, Expr::value(by))
        .col_expr(request::Column::Accepted, Expr::value(role.is_some()))
        .filter(request::Column::Id.eq(id))
        .filter(request::Column::DecidedAt.is_null())
        .exec_with_returning(txn)
        .await?
        .pop();
    let Some(decided) = decided else {
        return decided_before(txn, id, role.is_some(), by).await;
    };
    let siren = stored::siren(&decided.siren)?;
    let account = decided.account_id;
    if let Some(role) = role {
        attach(txn, &siren, account, role, Proof::Agent, Some(by), now).await?;
    }
    let (act, notice) = if role.is_some() {
        ("attachment_accepted", SupplierNotice::AttachmentAccepted)
    } else {
        ("attachment_declined", SupplierNotice::AttachmentDeclined)
    };
    let event = txn.audit(Entry {
        actor: format!("reviewer:{by}"),
        act: act.to_owned(),
        subject: companies::subject(&siren),
        details: serde_json::json!({ "request": id, "account": account }),
        at: now,
    });
    effects::tell_person(txn, &about(event, &siren), account, notice, now).await?;
    Ok(Decided { siren, account })
}

async fn decided_before(
    txn: &Txn,
    id: Uuid,
    accepted: bool,
    by: Uuid,
) -> Result<Decided, StoreError> {
    let row = request::Entity::find_by_id(id)
        .filter(request::Column::DecidedBy.eq(by))
        .filter(request::Column::Accepted.eq(accepted))
        .one(txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    Ok(Decided {
        siren: stored::siren(&row.siren)?,
        account: row.account_id,
    })
}
