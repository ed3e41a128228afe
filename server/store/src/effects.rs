//! What must be told becomes rows of the outbox, one for each person, in the same transaction.

use chrono::{DateTime, Utc};
use domain::{
    identifiers::Siren,
    lifecycle::{BuyerNotice, Effect, SupplierNotice},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    accounts, companies,
    error::StoreError,
    memberships,
    outbox::{self, Message, NewMessage},
    txn::Txn,
};

/// Routes of the outbox: each has one worker, and a message without a route cannot be written.
pub mod routes {
    pub const SIGN_IN: &str = "mail.sign_in";
    pub const SUPPLIER: &str = "mail.supplier";
    pub const BUYER: &str = "mail.buyer";
    pub const INVITATION: &str = "mail.invitation";
    pub const FEED: &str = "feed.company";
    pub const PREPARED: &str = "mail.prepared";
    pub const ALL: [&str; 6] = [SIGN_IN, SUPPLIER, BUYER, INVITATION, PREPARED, FEED];
}

/// The payload of `mail.supplier`: a person of the company is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SupplierMail {
    pub account: Uuid,
    pub siren: Siren,
    /// `None` for news of the company itself.
    pub declaration: Option<Uuid>,
    pub revision: Option<u32>,
    pub notice: SupplierNotice,
    /// When what it tells happened, for a mail that is sent again; otherwise the message was written at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<DateTime<Utc>>,
}

/// The payload of `mail.buyer`: an agent is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BuyerMail {
    pub account: Uuid,
    pub siren: Siren,
    /// `None` for news of the company itself.
    pub declaration: Option<Uuid>,
    pub revision: Option<u32>,
    pub notice: BuyerNotice,
}

/// The payload of `mail.invitation`: somebody who may have no account yet is invited to a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationMail {
    pub invitation: Uuid,
}

/// The payload of `mail.prepared`: somebody who may have no account yet is told of a draft that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedMail {
    pub prepared: Uuid,
}

/// The payload of `feed.company`: the buyer database must learn the state of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedOrder {
    pub siren: Siren,
}

/// What the messages are about.
pub(crate) struct About<'a> {
    /// The event of the audit trail: part of the unique key of each message.
    pub(crate) event: Uuid,
    pub(crate) subject: String,
    pub(crate) siren: &'a Siren,
    pub(crate) declaration: Option<Uuid>,
    pub(crate) revision: Option<u32>,
}

impl<'a> About<'a> {
    /// News of the company itself.
    pub(crate) fn company(event: Uuid, siren: &'a Siren) -> Self {
        Self {
            event,
            subject: companies::subject(siren),
            siren,
            declaration: None,
            revision: None,
        }
    }
}

/// Writes the messages of all effects.
pub(crate) async fn enqueue(
    txn: &Txn,
    about: &About<'_>,
    effects: &[Effect],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut messages = Vec::new();
    for effect in effects {
        match effect {
            Effect::TellSupplier(notice) => {
                for (_, person) in memberships::of_company(txn, about.siren).await? {
                    if person.disabled_at.is_some() {
                        continue;
                    }
                    messages.push(to_person(about, person.id, notice.clone(), now)?);
                }
            }
            Effect::TellBuyers(notice) => {
                messages.extend(to_buyers(txn, about, notice, now).await?);
            }
            Effect::Feed => {
                let order = FeedOrder {
                    siren: about.siren.clone(),
                };
                messages.push(message(
                    about,
                    routes::FEED,
                    about.siren.to_string(),
                    &order,
                    now,
                )?);
            }
        }
    }
    outbox::enqueue(txn, messages, now).await?;
    Ok(())
}

/// The agents are told, not before `from`.
pub(crate) async fn tell_buyers(
    txn: &Txn,
    about: &About<'_>,
    notice: &BuyerNotice,
    now: DateTime<Utc>,
    from: DateTime<Utc>,
) -> Result<(), StoreError> {
    let messages = to_buyers(txn, about, notice, from).await?;
    outbox::enqueue(txn, messages, now).await?;
    Ok(())
}

async fn to_buyers(
    txn: &Txn,
    about: &About<'_>,
    notice: &BuyerNotice,
    from: DateTime<Utc>,
) -> Result<Vec<NewMessage>, StoreError> {
    let people = accounts::reviewers(txn).await?;
    people
        .into_iter()
        .map(|person| {
            let mail = BuyerMail {
                account: person.id,
                siren: about.siren.clone(),
                declaration: about.declaration,
                revision: about.revision,
                notice: notice.clone(),
            };
            message(about, routes::BUYER, person.id.to_string(), &mail, from)
        })
        .collect()
}

/// Somebody is invited, at an address that may have no account.
pub(crate) async fn invite(
    txn: &Txn,
    about: &About<'_>,
    email: &str,
    invitation: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mail = InvitationMail { invitation };
    let message = message(about, routes::INVITATION, email.to_owned(), &mail, now)?;
    outbox::enqueue(txn, vec![message], now).await?;
    Ok(())
}

/// The contact of a prepared draft is told, at an address that may have no account.
pub(crate) async fn prepared(
    txn: &Txn,
    (event, siren): (Uuid, &Siren),
    email: &str,
    prepared: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let about = About {
        event,
        subject: crate::companies::subject(siren),
        siren,
        declaration: None,
        revision: None,
    };
    let mail = PreparedMail { prepared };
    let message = message(&about, routes::PREPARED, email.to_owned(), &mail, now)?;
    outbox::enqueue(txn, vec![message], now).await?;
    Ok(())
}

/// One person is told, whether of the company or not.
pub(crate) async fn tell_person(
    txn: &Txn,
    about: &About<'_>,
    account: Uuid,
    notice: SupplierNotice,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let message = to_person(about, account, notice, now)?;
    outbox::enqueue(txn, vec![message], now).await?;
    Ok(())
}

fn to_person(
    about: &About<'_>,
    account: Uuid,
    notice: SupplierNotice,
    now: DateTime<Utc>,
) -> Result<NewMessage, StoreError> {
    let mail = SupplierMail {
        account,
        siren: about.siren.clone(),
        declaration: about.declaration,
        revision: about.revision,
        notice,
        happened_at: None,
    };
    message(about, routes::SUPPLIER, account.to_string(), &mail, now)
}

/// What the unique key of a mail that is sent again begins with; the first of all follows.
const AGAIN: &str = "again:";

/// A mail to the people of a company, once more, for one of them. `false` when they asked for it less than an hour ago.
pub async fn send_again(
    txn: &Txn,
    (sent, mail): (&Message, SupplierMail),
    account: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let again = SupplierMail {
        account,
        happened_at: Some(mail.happened_at.unwrap_or(sent.created_at)),
        ..mail
    };
    let hour = now.timestamp().div_euclid(3600);
    // One that was sent again is the same mail.
    let id = sent.id.to_string();
    let first = sent
        .dedup_key
        .strip_prefix(AGAIN)
        .map_or(id.as_str(), |rest| {
            rest.split_once(':').map_or(rest, |(first, _)| first)
        });
    let message = NewMessage {
        route: routes::SUPPLIER.to_owned(),
        dedup_key: format!("{AGAIN}{first}:{account}:{hour}"),
        subject: sent.subject.clone(),
        recipient: account.to_string(),
        payload: serde_json::to_value(&again).map_err(|_| StoreError::corrupt("outbox.payload"))?,
        available_at: now,
    };
    Ok(outbox::enqueue(txn, vec![message], now).await? > 0)
}

fn message(
    about: &About<'_>,
    route: &str,
    recipient: String,
    payload: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<NewMessage, StoreError> {
    Ok(NewMessage {
        route: route.to_owned(),
        dedup_key: format!("{}:{route}:{recipient}", about.event),
        subject: about.subject.clone(),
        recipient,
        payload: serde_json::to_value(payload)
            .map_err(|_| StoreError::corrupt("outbox.payload"))?,
        available_at: now,
    })
}
