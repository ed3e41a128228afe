//! Takes an import back: what it alone brought goes, what another import gave as well stays, and every contract becomes what it
//! would be had the file never been read.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::Key;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::super::{BuyerStore, bulk, changed};
use super::imports::{ImportState, set_state};
use super::indexes::settle;
use super::remake;
use crate::{error::StoreError, stored, txn::Txn};

/// Publications of one transaction.
const PAGE: u64 = 1000;

#[derive(Debug, thiserror::Error)]
pub enum RollBackRefused {
    #[error("no such import")]
    NotFound,
    /// It was taken back already.
    #[error("rolled back already")]
    Already,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BuyerStore {
    /// Takes an import back, in as many transactions as it takes; begun again after a stop, it goes on. One that runs is
    /// stopped: its next batch is refused.
    pub async fn roll_back(
        &self,
        id: &str,
        by: &str,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<(), RollBackRefused> {
        self.start_roll_back(id, by, now).await?;
        let connection = self.connection(false).await?;
        let done = remove_all(&connection, id, now, today).await;
        self.give_back(connection).await;
        Ok(done?)
    }

    /// Decides it: from then on nothing more is read of the file, and [`Self::finish_roll_backs`] removes what was.
    pub async fn start_roll_back(
        &self,
        id: &str,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<(), RollBackRefused> {
        let connection = self.connection(false).await?;
        let done = start(&connection, id, by, now).await;
        self.give_back(connection).await;
        done
    }

    /// Goes on with every import that is being taken back.
    pub async fn finish_roll_backs(
        &self,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<(), StoreError> {
        let connection = self.connection(false).await?;
        let done = finish(&connection, now, today).await;
        self.give_back(connection).await;
        done
    }
}

async fn finish(
    db: &DatabaseConnection,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<(), StoreError> {
    let sql = "SELECT import_id FROM imports WHERE state = 'rolling_back'";
    for id in texts(db, sql, Vec::new()).await? {
        remove_all(db, &id, now, today).await?;
    }
    Ok(())
}

async fn start(
    db: &DatabaseConnection,
    id: &str,
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), RollBackRefused> {
    let values = vec![id.into()];
    let state = texts(db, "SELECT state FROM imports WHERE import_id = $1", values).await?;
    match state.first().map(String::as_str) {
        None => return Err(RollBackRefused::NotFound),
        Some("rolled_back") => return Err(RollBackRefused::Already),
        Some(_) => {}
    }
    changed::write(db, |txn| async move {
        let statement = Statement::from_sql_and_values(
            txn.get_database_backend(),
            "UPDATE imports SET ended_by = COALESCE(ended_by, $1) WHERE import_id = $2",
            [by.into(), id.into()],
        );
        txn.execute_raw(statement).await?;
        set_state(&txn, id, ImportState::RollingBack, None, now).await
    })
    .await?;
    Ok(())
}

async fn remove_all(
    db: &DatabaseConnection,
    id: &str,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<(), StoreError> {
    while changed::write(db, |txn| async move { page(&txn, id, today).await }).await? > 0 {}
    changed::write(db, |txn| async move {
        let backend = txn.get_database_backend();
        for sql in [
            "DELETE FROM quarantine WHERE import_id = $1",
            "DELETE FROM concessions WHERE import_id = $1",
            "DELETE FROM import_conformity WHERE import_id = $1",
            "UPDATE quarantine SET settled_by = NULL WHERE settled_by = $1",
        ] {
            txn.execute_raw(Statement::from_sql_and_values(backend, sql, [id.into()]))
                .await?;
        }
        set_state(&txn, id, ImportState::RolledBack, None, now).await
    })
    .await?;
    settle(db).await;
    Ok(())
}

/// Takes back some publications; how many.
async fn page(txn: &Txn, id: &str, today: NaiveDate) -> Result<usize, StoreError> {
    let backend = txn.get_database_backend();
    let sql = format!(
        "SELECT record_hash FROM contract_records WHERE import_id = $1
         UNION SELECT record_hash FROM import_repeats WHERE import_id = $1 LIMIT {PAGE}"
    );
    let hashes = texts(txn, &sql, vec![id.into()]).await?;
    if hashes.is_empty() {
        return Ok(0);
    }
    let list: Vec<[&str; 1]> = hashes.iter().map(|hash| [hash.as_str()]).collect();
    let list = stored::to_json(&list)?;
    let given = format!(
        "record_hash IN (SELECT value ->> 0 FROM {})",
        bulk::elements(backend)
    );
    let keys = keys(txn, &given, &list).await?;
    let of_others = |what: &str, hash: &str| {
        format!(
            "SELECT {what} FROM import_repeats p WHERE p.record_hash = {hash} AND p.import_id <> $2"
        )
    };
    let others = of_others("MIN(p.import_id)", "contract_records.record_hash");
    let most = of_others("MAX(p.copies)", "contract_records.record_hash");
    let paid_by_others = of_others("MIN(p.import_id)", "payments.line_hash");
    let paid_most = of_others("MAX(p.copies)", "payments.line_hash");
    let paid = given.replace("record_hash", "line_hash");
    let both = || vec![list.clone().into(), id.into()];
    // A publication that others gave is from the first of them; one that nobody else gave goes.
    for (sql, values) in [
        (
            format!(
                "UPDATE contract_records SET import_id = COALESCE(({others}), ''), recorded_at = COALESCE(
                    (SELECT i.started_at FROM imports i WHERE i.import_id = ({others})), recorded_at)
                 WHERE {given} AND import_id = $2"
            ),
            both(),
        ),
        (
            format!("DELETE FROM contract_records WHERE {given} AND import_id = ''"),
            vec![list.clone().into()],
        ),
        (
            format!("UPDATE contract_records SET copies = COALESCE(({most}), 1) WHERE {given}"),
            both(),
        ),
        (
            format!("DELETE FROM payments WHERE {paid} AND occurrence > COALESCE(({paid_most}), 0)"),
            both(),
        ),
        (
            format!(
                "UPDATE payments SET import_id = ({paid_by_others}) WHERE {paid} AND import_id = $2"
            ),
            both(),
        ),
        (
            format!("DELETE FROM import_repeats WHERE {given} AND import_id = $2"),
            both(),
        ),
    ] {
        txn.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
    }
    let named: Vec<[&str; 2]> = keys
        .iter()
        .map(|key| [key.buyer_siret.as_str(), key.id.as_str()])
        .collect();
    remake::remove(txn, &stored::to_json(&named)?).await?;
    remake::with(txn, &keys.iter().collect(), Vec::new(), today).await?;
    Ok(hashes.len())
}

async fn keys(txn: &Txn, given: &str, list: &str) -> Result<BTreeSet<Key>, StoreError> {
    let sql =
        format!("SELECT DISTINCT buyer_siret, contract_id FROM contract_records WHERE {given}");
    let backend = txn.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [list.into()]);
    let mut keys = BTreeSet::new();
    for row in txn.query_all_raw(statement).await? {
        keys.insert(Key {
            buyer_siret: row.try_get_by_index(0)?,
            id: row.try_get_by_index(1)?,
        });
    }
    Ok(keys)
}

async fn texts(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<sea_orm::Value>,
) -> Result<Vec<String>, StoreError> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| Ok(row.try_get_by_index(0)?))
        .collect()
}
