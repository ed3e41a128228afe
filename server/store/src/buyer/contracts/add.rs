//! Adds publications to the buyer database and makes anew the contracts that they touch, in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::{self, Key, Record, choose};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::super::{
    BuyerStore, bulk,
    rows::Row,
    schema::{CONTRACT_FLAGS, CONTRACT_HOLDERS, CONTRACT_RECORDS, CONTRACTS, Kind, QUARANTINE},
};
use super::{
    imports::{self, ImportCounts, Running},
    rows,
};
use crate::{error::StoreError, store, stored, txn::Txn};

/// A publication that can be used, with its JSON as received.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub record: Record,
    pub json: String,
}

/// What cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// From 1, in the file.
    pub position: u64,
    pub reason: String,
    pub text: String,
}

/// What one stretch of a file gave.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub records: Vec<Incoming>,
    pub rejected: Vec<Rejected>,
    /// Elements read, those left out included.
    pub read: u64,
    pub other_buyers: u64,
    pub concessions: u64,
}

/// What a batch changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Publications that were not known.
    pub new: u64,
}

impl BuyerStore {
    /// Adds a batch of one import together with what it adds to the counts of the import: both are kept, or neither.
    pub async fn add_records(
        &self,
        import: &Running,
        batch: &Batch,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Added, StoreError> {
        let connection = self.connection(false).await?;
        let done = add(&connection, import, batch, now, today).await;
        self.give_back(connection).await;
        done
    }

    /// Makes anew the contracts whose notification or modification was still to come (R5, R14) and has come; how many.
    pub async fn release(&self, today: NaiveDate) -> Result<u64, StoreError> {
        let connection = self.connection(false).await?;
        let done = release(&connection, today).await;
        self.give_back(connection).await;
        done
    }
}

async fn add(
    connection: &DatabaseConnection,
    import: &Running,
    batch: &Batch,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Added, StoreError> {
    let merged = merged(&batch.records);
    let hashes: Vec<[&str; 1]> = merged.keys().map(|hash| [*hash]).collect();
    let hashes = &stored::to_json(&hashes)?;
    let records: &Vec<Row> = &merged
        .values()
        .map(|(one, copies)| rows::record(&one.record, &one.json, *copies, &import.id, now))
        .collect();
    let keys: BTreeSet<&Key> = merged.values().map(|(one, _)| &one.record.key).collect();
    let (keys, distinct) = (&keys, merged.len() as u64);
    let quarantine: &Vec<Row> = &batch
        .rejected
        .iter()
        .map(|one| {
            vec![
                Some(import.id.clone()),
                Some(one.position.to_string()),
                Some(one.reason.clone()),
                Some(one.text.clone()),
            ]
        })
        .collect();
    store::write(connection, |txn| async move {
        let new = distinct.saturating_sub(known(&txn, hashes).await?);
        bulk::insert(&txn, &CONTRACT_RECORDS, records, SEEN_AGAIN).await?;
        bulk::insert(&txn, &QUARANTINE, quarantine, "NOTHING").await?;
        remake(&txn, keys, today).await?;
        let counts = ImportCounts {
            read: batch.read,
            kept: batch.records.len() as u64,
            known: (batch.records.len() as u64).saturating_sub(new),
            other_buyers: batch.other_buyers,
            concessions: batch.concessions,
            quarantined: batch.rejected.len() as u64,
        };
        imports::add_counts(&txn, import, counts, now).await?;
        Ok::<_, StoreError>(Added { new })
    })
    .await
}

async fn release(connection: &DatabaseConnection, today: NaiveDate) -> Result<u64, StoreError> {
    store::write(connection, |txn| async move {
        let backend = txn.get_database_backend();
        let sql = format!(
            "SELECT DISTINCT r.buyer_siret, r.contract_id FROM contract_records r
             WHERE r.waits_until <= {}",
            day(backend, 1)
        );
        let statement = Statement::from_sql_and_values(backend, sql, [rows::date(today).into()]);
        let mut keys = Vec::new();
        for row in txn.query_all_raw(statement).await? {
            keys.push(Key {
                buyer_siret: row.try_get_by_index(0)?,
                id: row.try_get_by_index(1)?,
            });
        }
        remake(&txn, &keys.iter().collect(), today).await?;
        Ok::<_, StoreError>(keys.len() as u64)
    })
    .await
}

/// How many of these publications the database has.
async fn known(txn: &Txn, hashes: &str) -> Result<u64, StoreError> {
    let backend = txn.get_database_backend();
    let sql = format!(
        "SELECT COUNT(*) FROM contract_records WHERE record_hash IN (SELECT value ->> 0 FROM {})",
        bulk::elements(backend)
    );
    let statement = Statement::from_sql_and_values(backend, sql, [hashes.into()]);
    let row = txn.query_one_raw(statement).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Seen again: in the same import, it is one more copy; in another, the count begins anew.
const SEEN_AGAIN: &str = "UPDATE SET
    last_copies = CASE WHEN contract_records.last_import_id = excluded.last_import_id
        THEN contract_records.last_copies ELSE 0 END + excluded.last_copies,
    copies = CASE WHEN contract_records.copies >
            CASE WHEN contract_records.last_import_id = excluded.last_import_id
                THEN contract_records.last_copies ELSE 0 END + excluded.last_copies
        THEN contract_records.copies
        ELSE CASE WHEN contract_records.last_import_id = excluded.last_import_id
                THEN contract_records.last_copies ELSE 0 END + excluded.last_copies END,
    last_import_id = excluded.last_import_id";

/// Each publication of a batch once, with how often it is there.
fn merged(batch: &[Incoming]) -> BTreeMap<&str, (&Incoming, u32)> {
    let mut merged: BTreeMap<&str, (&Incoming, u32)> = BTreeMap::new();
    for one in batch {
        merged.entry(&one.record.hash).or_insert((one, 0)).1 += 1;
    }
    merged
}

/// A day bound at this place.
fn day(backend: DbBackend, at: usize) -> String {
    match backend {
        DbBackend::Postgres => format!("CAST(${at} AS DATE)"),
        _ => format!("${at}"),
    }
}

/// Makes the contracts of these keys from all their publications.
pub(super) async fn remake(
    txn: &Txn,
    keys: &BTreeSet<&Key>,
    today: NaiveDate,
) -> Result<(), StoreError> {
    if keys.is_empty() {
        return Ok(());
    }
    let backend = txn.get_database_backend();
    let list: Vec<[&str; 2]> = keys
        .iter()
        .map(|key| [key.buyer_siret.as_str(), key.id.as_str()])
        .collect();
    let list = stored::to_json(&list)?;
    let wanted = format!(
        "(buyer_siret, contract_id) IN (SELECT value ->> 0, value ->> 1 FROM {})",
        bulk::elements(backend)
    );
    let with_list =
        |sql: String| Statement::from_sql_and_values(backend, sql, [list.clone().into()]);
    let mut by_key: BTreeMap<Key, Vec<Record>> = BTreeMap::new();
    let sql = format!("SELECT record, copies FROM contract_records WHERE {wanted}");
    for row in txn.query_all_raw(with_list(sql)).await? {
        let json: String = row.try_get_by_index(0)?;
        let copies: i64 = row.try_get_by_index(1)?;
        let value: serde_json::Value = stored::json(&json, "contract_records.record")?;
        let record =
            contracts::read(&value).map_err(|_| StoreError::corrupt("contract_records.record"))?;
        let of_key = by_key.entry(record.key.clone()).or_default();
        // Two say as much as twenty: published more than once.
        for _ in 0..copies.clamp(1, 2) {
            of_key.push(record.clone());
        }
    }
    for table in [&CONTRACTS, &CONTRACT_HOLDERS, &CONTRACT_FLAGS] {
        let sql = format!("DELETE FROM {} WHERE {wanted}", table.name);
        txn.execute_raw(with_list(sql)).await?;
    }
    let (mut contracts, mut holders, mut flags) = (Vec::new(), Vec::new(), Vec::new());
    for (key, records) in &by_key {
        let (chosen, found) = choose(records, today);
        flags.extend(rows::flags(key, &found));
        if let Some(contract) = chosen {
            contracts.push(rows::contract(&contract));
            holders.extend(rows::holders(&contract));
        }
    }
    wait(txn, &by_key, today).await?;
    bulk::insert(txn, &CONTRACTS, &contracts, "NOTHING").await?;
    bulk::insert(txn, &CONTRACT_HOLDERS, &holders, "NOTHING").await?;
    bulk::insert(txn, &CONTRACT_FLAGS, &flags, "NOTHING").await?;
    Ok(())
}

/// Notes the next day on which these contracts change by themselves: a notification or a modification that is still to come.
async fn wait(
    txn: &Txn,
    by_key: &BTreeMap<Key, Vec<Record>>,
    today: NaiveDate,
) -> Result<(), StoreError> {
    let days: Vec<[Option<String>; 2]> = by_key
        .values()
        .flatten()
        .map(|record| {
            let day = record.next_day(today).map(rows::date);
            [Some(record.hash.clone()), day]
        })
        .collect();
    let backend = txn.get_database_backend();
    let sql = format!(
        "UPDATE contract_records SET waits_until = w.day FROM (SELECT value ->> 0 AS hash, {} AS day FROM {}) w
         WHERE contract_records.record_hash = w.hash",
        bulk::value(1, Kind::Date, backend),
        bulk::elements(backend)
    );
    let values = [stored::to_json(&days)?.into()];
    txn.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}
