//! The buyer database: another database, with its own connection and its own schema, fed by the outbox.
//!
//! It may be down, slow, locked or read-only: every call answers quickly, with
//! `StoreError::Unavailable`, and no page of a declaration asks anything here: only the pages of figures do.

mod bulk;
mod changed;
pub mod contracts;
mod ddl;
mod examples;
pub mod frozen;
mod grants;
mod install;
mod markdown;
pub mod payments;
mod rebuild;
mod register;
mod replaced;
mod rows;
pub mod schema;
mod verify;
mod write;

pub use examples::{EXAMPLES, Example};
pub use grants::{NotARole, grants};
pub use markdown::markdown;
pub use register::RegisterAnswer;
pub use rows::{Accepted, CompanyState};
pub use verify::{Difference, DifferenceKind, Report};
pub use write::Fed;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr, RuntimeErr};

use crate::{
    config::{Engine, StoreConfig},
    connect::{self, Purpose},
    error::StoreError,
    queries::Total,
};

/// A handle on the buyer database; cloning is cheap. Opening it does not connect.
#[derive(Clone, Debug)]
pub struct BuyerStore {
    config: Arc<StoreConfig>,
    /// On `PostgreSQL`; on `SQLite` each call opens the file anew, so that a file that was replaced is noticed.
    pool: Option<DatabaseConnection>,
    installed: Arc<AtomicBool>,
    total: Arc<Total>,
    remembered: contracts::Remembered,
}

impl BuyerStore {
    /// Prepares the connection; the database may be down.
    pub async fn open(mut config: StoreConfig) -> Result<Self, StoreError> {
        config.readers = Some(config.readers.unwrap_or(2));
        let total = Arc::new(Total::default());
        let pool = match config.engine() {
            Engine::Sqlite => None,
            Engine::Postgres => Some(connect::open(&config, Purpose::Write, true, &total).await?),
        };
        Ok(Self {
            config: Arc::new(config),
            pool,
            installed: Arc::new(AtomicBool::new(false)),
            total,
            remembered: contracts::Remembered::default(),
        })
    }

    pub fn engine(&self) -> Engine {
        self.config.engine()
    }

    /// Installs the schema, or brings it up to date. An account that may only write rows is enough
    /// once somebody else has installed it.
    pub async fn migrate(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.bounded(async {
            let connection = self.connection(true).await?;
            let done = install::run(&connection, self.engine(), now).await;
            self.give_back(connection).await;
            done
        })
        .await?;
        self.installed.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Installs the schema the first time, unless somebody has.
    pub async fn prepare(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        if self.installed.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.migrate(now).await
    }

    /// Makes the database hold the state of a company. A message received before changes nothing;
    /// without a message, rows are compared all the same and only newer ones are written.
    pub async fn apply(
        &self,
        message: Option<&str>,
        state: &CompanyState,
        now: DateTime<Utc>,
    ) -> Result<Fed, StoreError> {
        self.prepare(now).await?;
        self.bounded(async {
            let connection = self.connection(false).await?;
            let done = write::apply(&connection, message, state, now).await;
            self.give_back(connection).await;
            done
        })
        .await
    }

    /// Answers when the database answers and has the schema of this program.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.bounded(async {
            let connection = self.connection(false).await?;
            let version = install::version(&connection, self.engine()).await;
            self.give_back(connection).await;
            if version? < schema::VERSION {
                return Err(StoreError::Schema(DbErr::Custom(
                    "the schema is older than this program".to_owned(),
                )));
            }
            Ok(())
        })
        .await
    }

    /// How many statements were sent.
    pub fn statements(&self) -> u64 {
        self.total.get()
    }

    async fn connection(&self, create: bool) -> Result<DatabaseConnection, StoreError> {
        match &self.pool {
            Some(pool) => Ok(pool.clone()),
            None => connect::open_file(&self.config, create, &self.total).await,
        }
    }

    async fn give_back(&self, connection: DatabaseConnection) {
        if self.pool.is_none()
            && let Err(error) = connection.close().await
        {
            tracing::debug!(%error, "closing the buyer database failed");
        }
    }

    /// A server that is hung accepts connections and never answers: waiting has an end here too.
    async fn bounded<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let limit = self.config.statement_timeout + self.config.patience + Duration::from_secs(1);
        tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
            Err(StoreError::Unavailable(DbErr::Conn(RuntimeErr::Internal(
                "no answer in time".to_owned(),
            ))))
        })
    }
}
