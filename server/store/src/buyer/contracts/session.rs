//! One connection for the whole of an import: what it read stays in memory from one batch to the next.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use super::super::BuyerStore;
use crate::error::StoreError;

/// How a connection to a file is set for an import: pages kept in memory, in KiB, and pages written to the log before they go to
/// the file, so that a page that many batches change goes there once.
///
/// No batch waits for the disk: how far the file was read is kept with the rows themselves, so what a power cut takes back is
/// read again. The end of the import waits; it is written elsewhere.
const SETTINGS: &str = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -24576;
    PRAGMA wal_autocheckpoint = 65536; PRAGMA temp_store = MEMORY";

/// A connection to the buyer database for many batches.
#[derive(Debug)]
pub struct Session {
    store: BuyerStore,
    connection: DatabaseConnection,
}

impl Session {
    pub(in crate::buyer) const fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// What was written is on the disk, whatever the connection waited for.
    pub async fn close(self) {
        if self.connection.get_database_backend() == DbBackend::Sqlite
            && let Err(error) = self
                .connection
                .execute_unprepared("PRAGMA wal_checkpoint")
                .await
        {
            tracing::debug!(%error, "the log stays");
        }
        self.store.give_back(self.connection).await;
    }
}

impl BuyerStore {
    pub async fn session(&self) -> Result<Session, StoreError> {
        let connection = self.connection(false).await?;
        if connection.get_database_backend() == DbBackend::Sqlite {
            connection.execute_unprepared(SETTINGS).await?;
        }
        Ok(Session {
            store: self.clone(),
            connection,
        })
    }
}
