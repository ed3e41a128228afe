//! What makes figures quick after an import: its statistics, and the indexes that a large first import leaves for its end,
//! since kept up row by row they cost more than everything else it writes.
//!
//! No figure depends on them, only how soon it is there: those of a first import that is still under way may take longer. The end
//! of an import makes them, and so does its removal; one that died leaves them to whoever begins the next one, and to the worker of
//! the portal.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};

use super::super::{
    BuyerStore,
    ddl::deferrable,
    schema::{
        CONTRACT_FLAGS, CONTRACT_HOLDERS, CONTRACT_RECORDS, CONTRACTS, PAYMENTS, SUBCONTRACTS,
    },
};
use super::imports::{self, Import};
use crate::error::StoreError;

/// A file of so many bytes is worth it.
const LARGE: u64 = 32 << 20;

impl BuyerStore {
    /// Makes the indexes that an import left out and did not live to make; nothing while one runs.
    pub async fn restore_indexes(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let connection = self.connection(false).await?;
        let done = match imports::runs(&connection, now).await {
            Ok(false) => restore(&connection).await,
            Ok(true) => Ok(()),
            Err(error) => Err(error),
        };
        self.give_back(connection).await;
        done
    }
}

/// Only the owner of the tables may: the figures are right without it, and slower.
pub(super) async fn settle(connection: &DatabaseConnection) {
    if let Err(error) = restore(connection).await {
        tracing::warn!(event = "indexes_missing", error = error.code());
    }
    if let Err(error) = analyze(connection).await {
        tracing::warn!(event = "analyze_failed", error = error.code());
    }
}

/// A file changes the sizes of the tables at once: whoever plans the queries of the figures must know.
async fn analyze(connection: &DatabaseConnection) -> Result<(), StoreError> {
    if connection.get_database_backend() != DbBackend::Postgres {
        connection
            .execute_unprepared("PRAGMA analysis_limit = 1000")
            .await?;
    }
    for table in [
        CONTRACTS,
        CONTRACT_HOLDERS,
        CONTRACT_RECORDS,
        CONTRACT_FLAGS,
        PAYMENTS,
        SUBCONTRACTS,
    ] {
        connection
            .execute_unprepared(&format!("ANALYZE {}", table.name))
            .await?;
    }
    Ok(())
}

/// Leaves them for the end, when the import begins on an empty base with a large file.
pub(super) async fn defer(connection: &DatabaseConnection, import: &Import, read: u64) {
    let done = deferred(connection, import, read).await;
    if let Err(error) = done {
        // Only the owner of the tables may: the import is slower, and as right.
        tracing::warn!(event = "indexes_kept", error = error.code());
    }
}

async fn deferred(
    connection: &DatabaseConnection,
    import: &Import,
    read: u64,
) -> Result<(), StoreError> {
    if read > 0 {
        // It left them out itself, or began on a base that was not empty.
        return Ok(());
    }
    let records = format!("SELECT 1 FROM {} LIMIT 1", CONTRACT_RECORDS.name);
    if any(connection, &records).await? {
        return restore(connection).await;
    }
    if import.size_bytes.unwrap_or(0) < LARGE {
        return Ok(());
    }
    for (name, _) in deferrable() {
        connection
            .execute_unprepared(&format!("DROP INDEX IF EXISTS {name}"))
            .await?;
    }
    Ok(())
}

/// Makes those that are missing.
pub(super) async fn restore(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let backend = connection.get_database_backend();
    let there = match backend {
        DbBackend::Postgres => {
            "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
        }
        _ => "SELECT name FROM sqlite_schema WHERE type = 'index'",
    };
    let there = connection
        .query_all_raw(Statement::from_string(backend, there))
        .await?
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<Vec<String>, _>>()?;
    for (name, create) in deferrable() {
        if there.iter().any(|one| one == name) {
            continue;
        }
        let txn = connection.begin().await?;
        if backend == DbBackend::Postgres {
            // Two processes that make the same one at once would refuse each other.
            txn.execute_unprepared(
                "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
                 SELECT pg_advisory_xact_lock(7309943016)",
            )
            .await?;
        }
        txn.execute_unprepared(&create.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS"))
            .await?;
        txn.commit().await?;
    }
    Ok(())
}

async fn any(connection: &DatabaseConnection, sql: &str) -> Result<bool, StoreError> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    Ok(connection.query_one_raw(statement).await?.is_some())
}
