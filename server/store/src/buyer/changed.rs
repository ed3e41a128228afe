//! Every transaction that writes to the buyer database leaves a new mark in it; figures kept in memory hold while it stands.
//!
//! The mark is drawn at random: a database that was restored or replaced by another has another one.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::schema::LAST_CHANGE;
use crate::{error::StoreError, store, txn::Txn};

/// As [`store::write`], for all that figures are made of.
pub(super) async fn write<T, E, F, W>(connection: &DatabaseConnection, work: F) -> Result<T, E>
where
    F: FnOnce(Txn) -> W + Clone,
    W: Future<Output = Result<T, E>>,
    E: From<StoreError>,
{
    store::write(connection, |txn: Txn| async move {
        let value = work(txn.clone()).await?;
        // Last: on PostgreSQL whoever writes at the same time waits for this row.
        mark(&txn).await?;
        Ok(value)
    })
    .await
}

async fn mark(txn: &Txn) -> Result<(), StoreError> {
    let statement = Statement::from_sql_and_values(
        txn.get_database_backend(),
        format!(
            "INSERT INTO {} (id, mark) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark",
            LAST_CHANGE.name
        ),
        [uuid::Uuid::now_v7().to_string().into()],
    );
    txn.execute_raw(statement).await?;
    Ok(())
}

/// The mark of the last change; empty before the first.
pub(super) async fn last(db: &impl ConnectionTrait) -> Result<String, StoreError> {
    let sql = format!("SELECT mark FROM {}", LAST_CHANGE.name);
    let statement = Statement::from_string(db.get_database_backend(), sql);
    match db.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get_by_index(0)?),
        None => Ok(String::new()),
    }
}
