//! Sign-in links and their codes: single use, short-lived, hashed, bound to the browser that asked.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Order, Query},
};

use crate::{
    entities::sign_in_link::{ActiveModel, Column, Entity},
    error::StoreError,
    hash::Hash,
    ids::{new_id, stamp},
    txn::Txn,
};

/// Wrong codes after which a link is dead.
pub const MAX_ATTEMPTS: i64 = 5;

#[derive(Clone, Debug)]
pub struct NewLink {
    /// In its normal form. The same row is written whether an account exists or not.
    pub email: String,
    pub token: Hash,
    pub code: Hash,
    /// The pre-session cookie of the browser that asked.
    pub browser: Hash,
    /// Where to go after sign-in: a path of the portal.
    pub next_path: Option<String>,
    pub lifetime: TimeDelta,
}

/// What a person shows to sign in.
#[derive(Clone, Copy, Debug)]
pub enum Proof {
    /// The link's button, in the browser that asked.
    Link { token: Hash, browser: Hash },
    /// The code, typed in the browser that asked.
    Code { code: Hash, browser: Hash },
    /// The link opened elsewhere, completed by the code of the same mail.
    LinkAndCode { token: Hash, code: Hash },
}

/// Proof accepted: whose address it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redeemed {
    pub email: String,
    pub next_path: Option<String>,
}

/// Why a link does not open a session. One answer is shown for all; this is for tests and counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Unknown, used, replaced, expired, tried too often, or another browser.
    Dead,
    /// The code is wrong and this many tries are left.
    WrongCode { left: i64 },
}

/// Records a link; the older ones of the same address die.
pub async fn request(txn: &Txn, new: NewLink, now: DateTime<Utc>) -> Result<(), StoreError> {
    let now = stamp(now);
    Entity::update_many()
        .col_expr(Column::SupersededAt, Expr::value(now))
        .filter(Column::Email.eq(new.email.as_str()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::SupersededAt.is_null())
        .exec(txn)
        .await?;
    let row = ActiveModel {
        id: Set(new_id(now)),
        email: Set(new.email),
        token_hash: Set(new.token.to_vec()),
        code_hash: Set(new.code.to_vec()),
        browser_hash: Set(new.browser.to_vec()),
        next_path: Set(new.next_path),
        created_at: Set(now),
        expires_at: Set(now + new.lifetime),
        attempts: Set(0),
        used_at: Set(None),
        superseded_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}

/// Consumes a link if the proof holds: one conditional update, so that two tries cannot both win.
///
/// A wrong code counts as a try in the same statement, before it is compared.
pub async fn redeem(
    txn: &Txn,
    proof: Proof,
    now: DateTime<Utc>,
) -> Result<Result<Redeemed, Denied>, StoreError> {
    let now = stamp(now);
    let alive = Column::UsedAt
        .is_null()
        .and(Column::SupersededAt.is_null())
        .and(Column::ExpiresAt.gt(now))
        .and(Column::Attempts.lt(MAX_ATTEMPTS));
    let (which, code) = match proof {
        Proof::Link { token, browser } => (
            Column::TokenHash
                .eq(token.to_vec())
                .and(Column::BrowserHash.eq(browser.to_vec())),
            None,
        ),
        // A browser may have asked for several addresses: the newest living link is meant.
        Proof::Code { code, browser } => {
            let newest = Query::select()
                .column(Column::Id)
                .from(Entity)
                .and_where(Column::BrowserHash.eq(browser.to_vec()))
                .and_where(alive.clone())
                .order_by(Column::Id, Order::Desc)
                .limit(1)
                .take();
            (Column::Id.in_subquery(newest), Some(code))
        }
        Proof::LinkAndCode { token, code } => (Column::TokenHash.eq(token.to_vec()), Some(code)),
    };
    let used = match code {
        None => Expr::value(now),
        Some(code) => Expr::case(Column::CodeHash.eq(code.to_vec()), now)
            .finally(Option::<DateTime<Utc>>::None)
            .into(),
    };
    let tries = i64::from(code.is_some());
    let row = Entity::update_many()
        .col_expr(Column::UsedAt, used)
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(tries))
        .filter(which)
        .filter(alive)
        .exec_with_returning(txn)
        .await?
        .pop();
    Ok(match row {
        None => Err(Denied::Dead),
        Some(row) if row.used_at.is_none() => Err(Denied::WrongCode {
            left: MAX_ATTEMPTS - row.attempts,
        }),
        Some(row) => Ok(Redeemed {
            email: row.email,
            next_path: row.next_path,
        }),
    })
}

/// How many links were asked for an address since an instant, for the rate limit.
pub async fn requested_since(
    db: &impl ConnectionTrait,
    email: &str,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    Ok(Entity::find()
        .filter(Column::Email.eq(email))
        .filter(Column::CreatedAt.gt(stamp(since)))
        .count(db)
        .await?)
}

/// Removes links that expired before an instant.
pub async fn purge(txn: &Txn, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = Entity::delete_many()
        .filter(Column::ExpiresAt.lt(stamp(before)))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
