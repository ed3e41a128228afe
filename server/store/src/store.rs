//! The application database: reading, and the one helper that writes.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};

use crate::{
    audit,
    config::{Engine, StoreConfig},
    connect::{self, Purpose},
    declarations::Counts,
    error::StoreError,
    migrations,
    queries::Total,
    reader::{Reader, retry_lost},
    remembered::{Remembered, Writes},
    txn::Txn,
};

/// How often work is redone when `PostgreSQL` gives up one of two transactions.
const ATTEMPTS: u32 = 5;

/// A handle on the application database; cloning is cheap.
#[derive(Clone, Debug)]
pub struct Store {
    readers: Reader,
    writers: DatabaseConnection,
    config: Arc<StoreConfig>,
    total: Arc<Total>,
    memory: Arc<Memory>,
}

/// How late the counts of the queue may be on what another process wrote.
const COUNTS_LAST: Duration = Duration::from_secs(2);

#[derive(Debug)]
struct Memory {
    writes: Writes,
    counts: Remembered<Counts>,
}

impl Store {
    /// Opens the database without touching its schema.
    pub async fn connect(config: StoreConfig) -> Result<Self, StoreError> {
        let total = Arc::new(Total::default());
        // The writer first: it creates the file.
        let writers = connect::open(&config, Purpose::Write, false, &total).await?;
        let readers = connect::open(&config, Purpose::Read, false, &total).await?;
        Ok(Self {
            readers: Reader::new(readers),
            writers,
            config: Arc::new(config),
            total,
            memory: Arc::new(Memory {
                writes: Writes::default(),
                counts: Remembered::new(COUNTS_LAST),
            }),
        })
    }

    /// Brings the schema up to date. Safe when several processes start together.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        migrations::run::<migrations::Application>(&self.writers).await
    }

    /// The names of the migrations that this program has and the database has not.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        migrations::pending::<migrations::Application>(self.readers.inner()).await
    }

    /// The connection for reading. The database refuses to write through it.
    pub fn read(&self) -> &Reader {
        &self.readers
    }

    pub fn engine(&self) -> Engine {
        self.config.engine()
    }

    pub fn config(&self) -> &StoreConfig {
        &self.config
    }

    /// How many statements this store has sent since it was opened.
    pub fn statements(&self) -> u64 {
        self.total.get()
    }

    /// Answers when the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let one = Statement::from_string(self.readers.get_database_backend(), "SELECT 1");
        self.readers.query_one_raw(one).await?;
        Ok(())
    }

    /// Runs `work` in one transaction; the only way to write.
    ///
    /// `work` may run again when `PostgreSQL` reports a serialization failure or a deadlock: it
    /// must do nothing but use the transaction. It is cloned for each run, so what it captures is
    /// either cheap to clone or borrowed.
    pub async fn write<T, E, F, W>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(Txn) -> W + Clone,
        W: Future<Output = Result<T, E>>,
        E: From<StoreError>,
    {
        // Counted whatever comes of it: a commit that reports a failure may have happened.
        let _counted = self.memory.writes.begin();
        write(&self.writers, work).await
    }

    /// The counts of the queue: as they are after what this process wrote, at most a moment late on what others did. Counting
    /// reads every declaration, and is asked for with every page of the queue.
    pub(crate) async fn counts(
        &self,
        read: impl Future<Output = Result<Counts, StoreError>>,
    ) -> Result<Counts, StoreError> {
        self.memory.counts.or_read(&self.memory.writes, read).await
    }

    /// Closes all connections, letting `SQLite` write its log back.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.inner().close_by_ref().await?;
        self.writers.close_by_ref().await?;
        Ok(())
    }
}

/// As `Store::write`, on any connection that may write.
pub(crate) async fn write<T, E, F, W>(connection: &DatabaseConnection, work: F) -> Result<T, E>
where
    F: FnOnce(Txn) -> W + Clone,
    W: Future<Output = Result<T, E>>,
    E: From<StoreError>,
{
    let mut attempt = 1;
    loop {
        let txn = begin(connection).await?;
        let done = match work.clone()(txn.clone()).await {
            Ok(value) => audit::append_all(&txn)
                .await
                .map(|()| value)
                .map_err(E::from),
            Err(error) => Err(error),
        };
        let (error, again) = match done {
            Ok(value) => match txn.commit().await {
                Ok(()) => return Ok(value),
                Err((error, again)) => (E::from(error.into()), again),
            },
            Err(error) => {
                let again = txn.may_retry();
                // The first error is the one that tells; SQLite may have rolled back already.
                if let Err(rollback) = txn.rollback().await {
                    tracing::debug!(error = %rollback, "rollback failed");
                }
                (error, again)
            }
        };
        if !again || attempt == ATTEMPTS {
            return Err(error);
        }
        tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
        attempt += 1;
    }
}

/// Begins a writing transaction; on `SQLite` it takes the write lock at once.
async fn begin(connection: &DatabaseConnection) -> Result<Txn, StoreError> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    // A connection that died while idle is found out here, before anything was done.
    let begun = retry_lost(|| connection.begin_with_options(options)).await?;
    Ok(Txn::new(begun))
}
