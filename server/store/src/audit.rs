//! The audit trail: append-only, each row bound to the one before by a hash.
//!
//! Rows are appended at the end of the business transaction, under a lock, so that the chain has
//! no forks. Personal data stays out of it: people and companies are named by their identifiers.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    entities::audit_event::{ActiveModel, Column, Entity, Model},
    error::StoreError,
    hash::Hash,
    ids::stamp,
    txn::Txn,
};

/// Rows read at a time when the whole chain is checked.
const PAGE: u64 = 1000;

/// An event to append.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who, such as `reviewer:<account id>` or `system`.
    pub actor: String,
    /// What, such as `submitted`.
    pub act: String,
    /// On what, such as `declaration:<id>`.
    pub subject: String,
    pub details: serde_json::Value,
    pub at: DateTime<Utc>,
}

/// An event of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub seq: i64,
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub act: String,
    pub subject: String,
    pub details: serde_json::Value,
}

/// The end of the chain, to publish outside of the database: it betrays a cut tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub hash: Hash,
}

/// The result of checking the whole chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is bound to the one before; `None` when there is no row.
    Whole(Option<Head>),
    /// The first row that is not what it was, or the first number that is missing.
    BrokenAt { seq: i64 },
}

/// Appends what the transaction gathered. Called once, last, by `Store::write`.
pub(crate) async fn append_all(txn: &Txn) -> Result<(), StoreError> {
    let entries = txn.take_entries();
    if entries.is_empty() {
        return Ok(());
    }
    if txn.get_database_backend() == DbBackend::Postgres {
        txn.execute_unprepared("SELECT pg_advisory_xact_lock(7309943013)")
            .await?;
    }
    let (mut seq, mut previous) = match head(txn).await? {
        Some(head) => (head.seq, head.hash.to_vec()),
        None => (0, Vec::new()),
    };
    let mut rows = Vec::with_capacity(entries.len());
    #[cfg(all(feature = "fault", debug_assertions))]
    let acts: Vec<String> = entries.iter().map(|(_, entry)| entry.act.clone()).collect();
    for (id, entry) in entries {
        seq += 1;
        let mut row = Model {
            seq,
            id,
            at: stamp(entry.at),
            actor: entry.actor,
            act: entry.act,
            subject: entry.subject,
            details: entry.details.to_string(),
            prev_hash: std::mem::take(&mut previous),
            hash: Vec::new(),
        };
        row.hash = link(&row).to_vec();
        previous.clone_from(&row.hash);
        rows.push(ActiveModel {
            seq: Set(row.seq),
            id: Set(row.id),
            at: Set(row.at),
            actor: Set(row.actor),
            act: Set(row.act),
            subject: Set(row.subject),
            details: Set(row.details),
            prev_hash: Set(row.prev_hash),
            hash: Set(row.hash),
        });
    }
    Entity::insert_many(rows)
        .exec_without_returning(txn)
        .await?;
    // Nothing comes between here and the commit.
    #[cfg(all(feature = "fault", debug_assertions))]
    for act in acts {
        crate::crash::at(&format!("tx.pre_commit.{act}"));
    }
    Ok(())
}

/// SHA-256 of every column of the row, each with its length in front.
fn link(row: &Model) -> Hash {
    Hash::of_parts(&[
        &row.prev_hash,
        &row.seq.to_be_bytes(),
        row.id.as_bytes(),
        row.at
            .to_rfc3339_opts(SecondsFormat::Micros, true)
            .as_bytes(),
        row.actor.as_bytes(),
        row.act.as_bytes(),
        row.subject.as_bytes(),
        row.details.as_bytes(),
    ])
}

/// The last row of the chain.
pub async fn head(db: &impl ConnectionTrait) -> Result<Option<Head>, StoreError> {
    let last = Entity::find().order_by_desc(Column::Seq).one(db).await?;
    last.map(|row| {
        let hash =
            Hash::from_stored(&row.hash).ok_or_else(|| StoreError::corrupt("audit_events.hash"))?;
        Ok(Head { seq: row.seq, hash })
    })
    .transpose()
}

/// Checks the whole chain; `published` is a head noted earlier, which must still be in it.
pub async fn verify(
    db: &impl ConnectionTrait,
    published: Option<Head>,
) -> Result<Verdict, StoreError> {
    let mut expected = 1;
    let mut previous: Vec<u8> = Vec::new();
    loop {
        let rows = Entity::find()
            .filter(Column::Seq.gte(expected))
            .order_by_asc(Column::Seq)
            .limit(PAGE)
            .all(db)
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let published_here = published.filter(|head| head.seq == row.seq);
            if row.seq != expected
                || row.prev_hash != previous
                || row.hash != link(&row).to_vec()
                || published_here.is_some_and(|head| head.hash.as_bytes() != row.hash)
            {
                return Ok(Verdict::BrokenAt { seq: expected });
            }
            previous = row.hash;
            expected += 1;
        }
    }
    if published.is_some_and(|head| head.seq >= expected) {
        return Ok(Verdict::BrokenAt { seq: expected });
    }
    let head = Hash::from_stored(&previous).map(|hash| Head {
        seq: expected - 1,
        hash,
    });
    Ok(Verdict::Whole(head))
}

/// The events on one subject, oldest first, without some acts; the newest are kept when there are too many.
pub async fn of_subject(
    db: &impl ConnectionTrait,
    subject: &str,
    without: &[&str],
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Subject.eq(subject))
        .filter(Column::Act.is_not_in(without.iter().copied()))
        .order_by_desc(Column::Seq)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter()
        .rev()
        .map(|row| {
            Ok(Event {
                seq: row.seq,
                id: row.id,
                at: row.at,
                actor: row.actor,
                act: row.act,
                subject: row.subject,
                details: serde_json::from_str(&row.details)
                    .map_err(|_| StoreError::corrupt("audit_events.details"))?,
            })
        })
        .collect()
}
