//! The outbox: what must still be told, written in the transaction that makes it true.
//!
//! Nothing is sent while a transaction is open. A worker claims rows by lease, sends, then marks
//! them; a mark is fenced by the attempt, so that a worker that was too slow changes nothing.

mod batches;
mod claim;
mod watch;

pub use batches::claim_together;
pub use claim::{Claim, claim, delivered, park, release, retry};
pub use watch::{Backlog, backlog, by_subject, newest, parked, purge, unpark};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    entities::outbox_message::{ActiveModel, Column, Entity, Model},
    error::StoreError,
    ids::{new_id, stamp},
    txn::Txn,
};

/// A message to write in the current transaction.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Which worker delivers it, such as `mail.supplier` or `feed.company`.
    pub route: String,
    /// Written once whatever happens: a second message with this key is dropped.
    pub dedup_key: String,
    /// What it is about, such as `declaration:<id>`.
    pub subject: String,
    /// Messages with the same recipient may be delivered together.
    pub recipient: String,
    pub payload: serde_json::Value,
    /// Not before this instant.
    pub available_at: DateTime<Utc>,
}

/// A message as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub id: Uuid,
    pub route: String,
    pub dedup_key: String,
    pub subject: String,
    pub recipient: String,
    pub payload: serde_json::Value,
    pub created_at: DateTime<Utc>,
    pub available_at: DateTime<Utc>,
    /// How many times it was claimed; the fence of its completion.
    pub attempt: i64,
    pub delivered_at: Option<DateTime<Utc>>,
    pub parked_at: Option<DateTime<Utc>>,
    /// The code of the last failure, or why a delivered message had no object any more; never an address nor a text.
    pub last_error: Option<String>,
    /// Messages that leave in one mail share it: the identifier of the first of them.
    pub batch: Option<Uuid>,
}

impl TryFrom<Model> for Message {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            route: row.route,
            dedup_key: row.dedup_key,
            subject: row.subject,
            recipient: row.recipient,
            payload: serde_json::from_str(&row.payload)
                .map_err(|_| StoreError::corrupt("outbox.payload"))?,
            created_at: row.created_at,
            available_at: row.available_at,
            attempt: row.attempt,
            delivered_at: row.delivered_at,
            parked_at: row.parked_at,
            last_error: row.last_error,
            batch: row.batch,
        })
    }
}

/// Writes messages; those whose key exists already are dropped. Says how many were new.
pub async fn enqueue(
    txn: &Txn,
    messages: Vec<NewMessage>,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    if messages.is_empty() {
        return Ok(0);
    }
    let rows = messages.into_iter().map(|message| ActiveModel {
        id: Set(new_id(now)),
        route: Set(message.route),
        dedup_key: Set(message.dedup_key),
        subject: Set(message.subject),
        recipient: Set(message.recipient),
        payload: Set(message.payload.to_string()),
        created_at: Set(stamp(now)),
        available_at: Set(stamp(message.available_at)),
        lease_owner: Set(None),
        lease_until: Set(None),
        attempt: Set(0),
        delivered_at: Set(None),
        parked_at: Set(None),
        last_error: Set(None),
        batch: Set(None),
    });
    let inserted = Entity::insert_many(rows)
        .on_conflict(OnConflict::column(Column::DedupKey).do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    Ok(inserted)
}
