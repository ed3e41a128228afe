//! Bodies posted with an expired session, or that could not be carried out and belong to no declaration: encrypted by the
//! server, kept for an hour for their author alone.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entities::parked_post::{ActiveModel, Column, Entity},
    error::StoreError,
    hash::Hash,
    ids::{new_id, stamp},
    txn::Txn,
};

/// The most bodies that one browser may leave behind.
const PER_BROWSER: usize = 5;

#[derive(Clone, Debug)]
pub struct NewParkedPost {
    /// The pre-session cookie of the browser that posted, or what stands for it.
    pub browser: Hash,
    /// The account of the expired session: nobody else gets the body back.
    pub account: Uuid,
    pub path: String,
    /// Ciphertext; the store never sees the key.
    pub body: Vec<u8>,
    pub lifetime: TimeDelta,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedPost {
    pub id: Uuid,
    pub path: String,
    pub body: Vec<u8>,
    pub created_at: DateTime<Utc>,
}

/// Parks a body; of many by one browser, only the newest stay.
pub async fn park(txn: &Txn, new: NewParkedPost, now: DateTime<Utc>) -> Result<Uuid, StoreError> {
    let mut kept: Vec<Uuid> = Entity::find()
        .filter(Column::BrowserHash.eq(new.browser.to_vec()))
        .all(txn)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    kept.sort_unstable();
    let surplus = (kept.len() + 1).saturating_sub(PER_BROWSER);
    if surplus > 0 {
        kept.truncate(surplus);
        Entity::delete_many()
            .filter(Column::Id.is_in(kept))
            .exec(txn)
            .await?;
    }
    let now = stamp(now);
    let id = new_id(now);
    let row = ActiveModel {
        id: Set(id),
        browser_hash: Set(new.browser.to_vec()),
        account_id: Set(new.account),
        path: Set(new.path),
        body: Set(new.body),
        created_at: Set(now),
        expires_at: Set(now + new.lifetime),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    Ok(id)
}

/// Whether something waits for this browser and account, the newest first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    browser: Hash,
    account: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<ParkedPost>, StoreError> {
    let mut rows = Entity::find()
        .filter(Column::BrowserHash.eq(browser.to_vec()))
        .filter(Column::AccountId.eq(account))
        .filter(Column::ExpiresAt.gt(stamp(now)))
        .all(db)
        .await?;
    rows.sort_unstable_by_key(|row| row.id);
    Ok(rows.pop().map(|row| ParkedPost {
        id: row.id,
        path: row.path,
        body: row.body,
        created_at: row.created_at,
    }))
}

/// What is kept under this identifier, as long as it lasts; it stays there.
pub async fn read(
    db: &impl ConnectionTrait,
    id: Uuid,
    browser: Hash,
    account: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row = Entity::find_by_id(id)
        .filter(Column::BrowserHash.eq(browser.to_vec()))
        .filter(Column::AccountId.eq(account))
        .filter(Column::ExpiresAt.gt(stamp(now)))
        .one(db)
        .await?;
    Ok(row.map(|row| row.body))
}

/// Takes a body out, once. `None` when it is not for this browser and account, expired or taken.
pub async fn take(
    txn: &Txn,
    id: Uuid,
    browser: Hash,
    account: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<ParkedPost>, StoreError> {
    let taken = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::BrowserHash.eq(browser.to_vec()))
        .filter(Column::AccountId.eq(account))
        .filter(Column::ExpiresAt.gt(stamp(now)))
        .exec_with_returning(txn)
        .await?;
    Ok(taken.into_iter().next().map(|row| ParkedPost {
        id: row.id,
        path: row.path,
        body: row.body,
        created_at: row.created_at,
    }))
}

/// Removes what expired; says how much.
pub async fn purge(txn: &Txn, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = Entity::delete_many()
        .filter(Column::ExpiresAt.lte(stamp(now)))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
