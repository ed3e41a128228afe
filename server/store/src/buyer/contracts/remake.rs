//! Makes contracts anew from all their publications, and everything that is deduced from them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::contracts::{self, Key, Record, choose};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::super::{
    BuyerStore, bulk, changed,
    rows::Row,
    schema::{
        CONTRACT_FLAGS, CONTRACT_HOLDERS, CONTRACT_MODIFICATIONS, CONTRACTS, SUBCONTRACTS, Table,
    },
};
use super::rows;
use crate::{error::StoreError, stored, txn::Txn};

/// A publication that is not stored yet, and how many copies of it to add.
pub(in crate::buyer) type More<'r> = (&'r Record, u64);

/// What is deduced from the publications of a contract.
const DEDUCED: [&Table; 5] = [
    &CONTRACTS,
    &CONTRACT_HOLDERS,
    &CONTRACT_FLAGS,
    &CONTRACT_MODIFICATIONS,
    &SUBCONTRACTS,
];
/// Contracts made anew in one transaction.
const PAGE: usize = 1000;
/// Contracts deduced at a stretch.
const STRETCH: usize = 16;

impl BuyerStore {
    /// Makes anew the contracts whose notification or modification was still to come (R5, R14) and has come; how many.
    pub async fn release(&self, today: NaiveDate) -> Result<u64, StoreError> {
        let connection = self.connection(false).await?;
        let mut released = 0;
        let done = loop {
            match release(&connection, today).await {
                Ok(0) => break Ok(released),
                Ok(count) => released += count,
                Err(error) => break Err(error),
            }
        };
        self.give_back(connection).await;
        done
    }
}

/// Nothing is written when nothing was waiting.
async fn release(db: &DatabaseConnection, today: NaiveDate) -> Result<u64, StoreError> {
    if waiting(db, today).await?.is_empty() {
        return Ok(0);
    }
    changed::write(db, |txn| async move {
        let keys = waiting(&txn, today).await?;
        let by_key = with(&txn, &keys.iter().collect(), Vec::new(), today).await?;
        wait(&txn, &by_key, today).await?;
        Ok(keys.len() as u64)
    })
    .await
}

async fn waiting(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<Key>, StoreError> {
    let backend = db.get_database_backend();
    let sql = format!(
        "SELECT DISTINCT r.buyer_siret, r.contract_id FROM contract_records r
         WHERE r.waits_until <= {} LIMIT {PAGE}",
        day(backend, 1)
    );
    let statement = Statement::from_sql_and_values(backend, sql, [rows::date(today).into()]);
    let mut keys = Vec::new();
    for row in db.query_all_raw(statement).await? {
        keys.push(Key {
            buyer_siret: row.try_get_by_index(0)?,
            id: row.try_get_by_index(1)?,
        });
    }
    Ok(keys)
}

/// A day bound at this place.
fn day(backend: DbBackend, at: usize) -> String {
    match backend {
        DbBackend::Postgres => format!("CAST(${at} AS DATE)"),
        _ => format!("${at}"),
    }
}

/// Makes the contracts of these keys from the publications that are stored and those given; says the publications of each.
pub(in crate::buyer) async fn with(
    txn: &Txn,
    keys: &BTreeSet<&Key>,
    more: Vec<More<'_>>,
    today: NaiveDate,
) -> Result<BTreeMap<Key, Vec<Record>>, StoreError> {
    while_writing(txn, keys, more, today, async { Ok(0) }).await
}

/// The same; what follows is deduced while `written` goes on, which may add the publications given to those that are stored.
pub(in crate::buyer) async fn while_writing(
    txn: &Txn,
    keys: &BTreeSet<&Key>,
    more: Vec<More<'_>>,
    today: NaiveDate,
    written: impl Future<Output = Result<u64, StoreError>> + Send,
) -> Result<BTreeMap<Key, Vec<Record>>, StoreError> {
    if keys.is_empty() {
        written.await?;
        return Ok(BTreeMap::new());
    }
    let list: Vec<[&str; 2]> = keys
        .iter()
        .map(|key| [key.buyer_siret.as_str(), key.id.as_str()])
        .collect();
    let list = stored::to_json(&list)?;
    let mut by_key = stored_records(txn, &list).await?;
    if !by_key.is_empty() {
        remove(txn, &list).await?;
    }
    for (record, copies) in more {
        let of_key = by_key.entry(record.key.clone()).or_default();
        for _ in 0..copies {
            of_key.push(record.clone());
        }
    }
    let (written, deduced) = tokio::join!(written, deduced(&by_key, today));
    written?;
    for (table, rows) in DEDUCED.into_iter().zip(deduced) {
        bulk::insert_each(txn, table, rows.into_iter(), "NOTHING").await?;
    }
    Ok(by_key)
}

/// The rows of each table of [`DEDUCED`].
async fn deduced(by_key: &BTreeMap<Key, Vec<Record>>, today: NaiveDate) -> [Vec<Row>; 5] {
    let mut deduced: [Vec<Row>; 5] = Default::default();
    let [contracts, holders, flags, modifications, subcontracts] = &mut deduced;
    for (at, (key, records)) in by_key.iter().enumerate() {
        if at % STRETCH == STRETCH - 1 {
            // Whoever writes meanwhile goes on.
            tokio::task::yield_now().await;
        }
        let (chosen, found) = choose(records, today);
        flags.extend(rows::flags(key, &found));
        if let Some(contract) = chosen {
            contracts.push(rows::contract(&contract));
            holders.extend(rows::holders(&contract));
            modifications.extend(rows::modifications(&contract));
            subcontracts.extend(rows::subcontracts(&contract, today));
        }
    }
    deduced
}

fn wanted(backend: DbBackend) -> String {
    format!(
        "(buyer_siret, contract_id) IN (SELECT value ->> 0, value ->> 1 FROM {})",
        bulk::elements(backend)
    )
}

/// What is stored of these contracts; one published more than once is there twice.
async fn stored_records(txn: &Txn, list: &str) -> Result<BTreeMap<Key, Vec<Record>>, StoreError> {
    let backend = txn.get_database_backend();
    let sql = format!(
        "SELECT record, copies FROM contract_records WHERE {}",
        wanted(backend)
    );
    let statement = Statement::from_sql_and_values(backend, sql, [list.into()]);
    let mut by_key: BTreeMap<Key, Vec<Record>> = BTreeMap::new();
    for row in txn.query_all_raw(statement).await? {
        let json: String = row.try_get_by_index(0)?;
        let copies: i64 = row.try_get_by_index(1)?;
        let value: serde_json::Value = stored::json(&json, "contract_records.record")?;
        let record =
            contracts::read(&value).map_err(|_| StoreError::corrupt("contract_records.record"))?;
        let of_key = by_key.entry(record.key.clone()).or_default();
        for _ in 0..copies.clamp(1, 2) {
            of_key.push(record.clone());
        }
    }
    Ok(by_key)
}

/// Removes what was deduced of these contracts.
pub(super) async fn remove(txn: &Txn, list: &str) -> Result<(), StoreError> {
    let backend = txn.get_database_backend();
    for table in DEDUCED {
        let sql = format!("DELETE FROM {} WHERE {}", table.name, wanted(backend));
        txn.execute_raw(Statement::from_sql_and_values(backend, sql, [list.into()]))
            .await?;
    }
    Ok(())
}

/// Removes what was deduced of the contracts after one key and not after another.
pub(in crate::buyer) async fn remove_between(
    txn: &Txn,
    after: &Key,
    until: Option<&Key>,
) -> Result<(), StoreError> {
    let mut values = vec![after.buyer_siret.clone().into(), after.id.clone().into()];
    let mut end = "";
    if let Some(until) = until {
        values.extend([until.buyer_siret.clone().into(), until.id.clone().into()]);
        end = "AND (buyer_siret, contract_id) <= ($3, $4)";
    }
    let backend = txn.get_database_backend();
    for table in DEDUCED {
        let sql = format!(
            "DELETE FROM {} WHERE (buyer_siret, contract_id) > ($1, $2) {end}",
            table.name
        );
        txn.execute_raw(Statement::from_sql_and_values(backend, sql, values.clone()))
            .await?;
    }
    Ok(())
}

/// Notes the next day on which these contracts change by themselves: a notification or a modification that is still to come.
pub(in crate::buyer) async fn wait(
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
    let to_date = match backend {
        DbBackend::Postgres => "CAST(value ->> 1 AS DATE)",
        _ => "value ->> 1",
    };
    let sql = format!(
        "UPDATE contract_records SET waits_until = w.day
         FROM (SELECT value ->> 0 AS hash, {to_date} AS day FROM {}) w
         WHERE contract_records.record_hash = w.hash",
        bulk::elements(backend)
    );
    let values = [stored::to_json(&days)?.into()];
    txn.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}
