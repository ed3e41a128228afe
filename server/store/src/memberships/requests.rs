//! People who ask to join a company: asked, decided by its managers or by an agent, and told.

use chrono::{DateTime, Utc};
use domain::{
    identifiers::Siren,
    lifecycle::{BuyerNotice, MemberRole, SupplierNotice},
    people::{MANAGERS_ALONE, Proof},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{Membership, Place, attach, managers};
use crate::{
    accounts::Account,
    audit::Entry,
    companies::{self, Company},
    effects::{self, About},
    entities::{account, attachment_letter, attachment_request as request, company},
    error::StoreError,
    ids::{new_id, stamp},
    stored,
    txn::Txn,
};

/// A person who waits.
#[derive(Clone, Debug, PartialEq)]
pub struct AttachmentRequest {
    pub id: Uuid,
    pub company: Company,
    pub account: Account,
    pub role: MemberRole,
    /// The firm or the network of a mandated third party.
    pub organisation: Option<String>,
    pub message: String,
    pub created_at: DateTime<Utc>,
    pub buyer_from: Option<DateTime<Utc>>,
    pub decided: Option<bool>,
}

/// What a person asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    pub siren: Siren,
    pub account: Uuid,
    pub role: MemberRole,
    pub organisation: Option<String>,
    pub message: String,
}

/// What a person waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub created_at: DateTime<Utc>,
    pub buyer_from: Option<DateTime<Utc>>,
    /// Until when the code of the letter may be typed, when one was made.
    pub letter_until: Option<DateTime<Utc>>,
}

/// Who decides a request, and by what right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decider {
    Manager(Uuid),
    Agent(Uuid),
    /// The person typed the code of the letter that this agent made.
    Letter {
        person: Uuid,
        made_by: Uuid,
    },
}

/// Whom a decision was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub siren: Siren,
    pub account: Uuid,
}

impl Decider {
    const fn account(self) -> Uuid {
        match self {
            Self::Manager(by) | Self::Agent(by) => by,
            Self::Letter { made_by, .. } => made_by,
        }
    }

    const fn proof(self) -> Proof {
        match self {
            Self::Manager(_) => Proof::Member,
            Self::Agent(_) => Proof::Agent,
            Self::Letter { .. } => Proof::Letter,
        }
    }

    fn actor(self) -> String {
        match self {
            Self::Manager(by) => format!("supplier:{by}"),
            Self::Agent(by) => format!("reviewer:{by}"),
            Self::Letter { person, .. } => format!("supplier:{person}"),
        }
    }
}

/// Asks to be attached; asking again while waiting changes nothing. The managers are told at once, the agents when nobody has
/// answered in time, or at once where nobody manages the company.
pub async fn ask(txn: &Txn, new: NewRequest, now: DateTime<Utc>) -> Result<(), StoreError> {
    let managers = managers(txn, &new.siren).await?;
    let buyer_from = if managers.is_empty() {
        now
    } else {
        now + MANAGERS_ALONE
    };
    let (id, siren) = (new_id(now), new.siren.clone());
    let row = request::ActiveModel {
        id: Set(id),
        siren: Set(new.siren.as_str().to_owned()),
        account_id: Set(new.account),
        message: Set(new.message),
        created_at: Set(stamp(now)),
        decided_at: Set(None),
        decided_by: Set(None),
        accepted: Set(None),
        role: Set(new.role.code().to_owned()),
        organisation: Set(new.organisation),
        buyer_from: Set(Some(stamp(buyer_from))),
    };
    let inserted = request::Entity::insert_many([row])
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    if inserted == 0 {
        return Ok(());
    }
    let event = txn.audit(Entry {
        actor: format!("supplier:{}", new.account),
        act: "attachment_requested".to_owned(),
        subject: companies::subject(&siren),
        details: serde_json::json!({ "request": id }),
        at: now,
    });
    let about = About::company(event, &siren);
    for manager in managers {
        let notice = SupplierNotice::JoinRequested { request: id };
        effects::tell_person(txn, &about, manager.id, notice, now).await?;
    }
    let notice = BuyerNotice::AttachmentRequested { request: Some(id) };
    effects::tell_buyers(txn, &about, &notice, now, buyer_from).await
}

/// A third party that prepared before the company came asks for its word.
pub(super) async fn ask_again(
    txn: &Txn,
    third: &Membership,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let new = NewRequest {
        siren: third.siren.clone(),
        account: third.account,
        role: third.role,
        organisation: third.organisation.clone(),
        message: String::new(),
    };
    ask(txn, new, now).await
}

/// The person does not wait for the managers any more: the agents are told now.
pub async fn ask_the_buyer(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let asked = request::Entity::update_many()
        .col_expr(request::Column::BuyerFrom, Expr::value(stamp(now)))
        .filter(request::Column::Siren.eq(siren.as_str()))
        .filter(request::Column::AccountId.eq(account))
        .filter(request::Column::DecidedAt.is_null())
        .filter(request::Column::BuyerFrom.gt(stamp(now)))
        .exec_with_returning(txn)
        .await?
        .pop();
    let Some(asked) = asked else { return Ok(()) };
    let event = txn.audit(Entry {
        actor: format!("supplier:{account}"),
        act: "attachment_asked_of_buyer".to_owned(),
        subject: companies::subject(siren),
        details: serde_json::json!({ "request": asked.id }),
        at: now,
    });
    let notice = BuyerNotice::AttachmentRequested {
        request: Some(asked.id),
    };
    effects::tell_buyers(txn, &About::company(event, siren), &notice, now, now).await
}

/// The requests that wait for the agents now, oldest first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<AttachmentRequest>, StoreError> {
    let query = request::Entity::find().filter(request::Column::BuyerFrom.lte(stamp(now)));
    read(db, query.filter(request::Column::DecidedAt.is_null())).await
}

/// The requests that wait for the managers of a company, oldest first.
pub async fn waiting_of(
    db: &impl ConnectionTrait,
    siren: &Siren,
) -> Result<Vec<AttachmentRequest>, StoreError> {
    let query = request::Entity::find().filter(request::Column::Siren.eq(siren.as_str()));
    read(db, query.filter(request::Column::DecidedAt.is_null())).await
}

/// One request, decided or not.
pub async fn request(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<AttachmentRequest>, StoreError> {
    let found = read(db, request::Entity::find_by_id(id)).await?;
    Ok(found.into_iter().next())
}

async fn read(
    db: &impl ConnectionTrait,
    query: Select<request::Entity>,
) -> Result<Vec<AttachmentRequest>, StoreError> {
    let rows = query
        .find_also_related(company::Entity)
        .find_also_related(account::Entity)
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
                role: stored::member_role(&request.role, "attachment_requests.role")?,
                organisation: request.organisation,
                message: request.message,
                created_at: request.created_at,
                buyer_from: request.buyer_from,
                decided: request.accepted,
            })
        })
        .collect()
}

/// What a person asked of one company and waits for.
pub async fn asked_for(
    db: &impl ConnectionTrait,
    account: Uuid,
    siren: &Siren,
) -> Result<Option<Asked>, StoreError> {
    let row = open_of(account)
        .filter(request::Column::Siren.eq(siren.as_str()))
        .find_also_related(attachment_letter::Entity)
        .one(db)
        .await?;
    Ok(row.map(|(row, letter)| Asked {
        created_at: row.created_at,
        buyer_from: row.buyer_from,
        letter_until: letter.map(|letter| letter.expires_at),
    }))
}

fn open_of(account: Uuid) -> Select<request::Entity> {
    request::Entity::find()
        .filter(request::Column::AccountId.eq(account))
        .filter(request::Column::DecidedAt.is_null())
}

/// Decides a request; the person is attached with `role` when it is `Some`, and told either way. Deciding the same again is
/// a second click; `NotFound` if somebody decided otherwise. What right a manager has is for the caller to have checked.
pub async fn decide(
    txn: &Txn,
    id: Uuid,
    role: Option<MemberRole>,
    by: Decider,
    now: DateTime<Utc>,
) -> Result<Decided, StoreError> {
    let asked = request::Entity::find_by_id(id).one(txn).await?;
    let siren = stored::siren(&asked.ok_or(StoreError::NotFound)?.siren)?;
    companies::lock(txn, &siren).await?;
    let decided = request::Entity::update_many()
        .col_expr(request::Column::DecidedAt, Expr::value(stamp(now)))
        .col_expr(request::Column::DecidedBy, Expr::value(by.account()))
        .col_expr(request::Column::Accepted, Expr::value(role.is_some()))
        .filter(request::Column::Id.eq(id))
        .filter(request::Column::DecidedAt.is_null())
        .exec_with_returning(txn)
        .await?
        .pop();
    let Some(decided) = decided else {
        return decided_before(txn, id, role.is_some(), by.account()).await;
    };
    let account = decided.account_id;
    if let Some(role) = role {
        let place = Place {
            role,
            proof: by.proof(),
            by: Some(by.account()),
            organisation: decided.organisation.as_deref(),
        };
        attach(txn, &siren, account, &place, now).await?;
    }
    let (act, notice) = if role.is_some() {
        ("attachment_accepted", SupplierNotice::AttachmentAccepted)
    } else {
        ("attachment_declined", SupplierNotice::AttachmentDeclined)
    };
    let event = txn.audit(Entry {
        actor: by.actor(),
        act: act.to_owned(),
        subject: companies::subject(&siren),
        details: serde_json::json!({
            "request": id,
            "account": account,
            "role": role.map(MemberRole::code),
            "proof": by.proof().code(),
        }),
        at: now,
    });
    let about = About::company(event, &siren);
    effects::tell_person(txn, &about, account, notice, now).await?;
    // Managers learn what they did not decide.
    if role.is_some() && !matches!(by, Decider::Manager(_)) {
        super::members::tell_managers_of(txn, &about, account, now).await?;
    }
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
