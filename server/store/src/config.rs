//! Where a database is and how hard it may be used.

use std::{fmt, time::Duration};

/// The two engines every query runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// How to reach one database.
#[derive(Clone)]
pub struct StoreConfig {
    url: String,
    engine: Engine,
    /// Connections for reading; `None` means one per core.
    pub readers: Option<u32>,
    /// The longest wait for a connection, and on `SQLite` for another process's write.
    pub patience: Duration,
    /// The longest a single statement may run on `PostgreSQL`.
    pub statement_timeout: Duration,
    /// The longest an open transaction may stay idle on `PostgreSQL`.
    pub idle_in_transaction_timeout: Duration,
}

/// The address names no engine that the store speaks.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a database address begins with sqlite: or postgres:")]
pub struct UnknownEngine;

impl StoreConfig {
    /// `sqlite:path/to/file.db` or `postgres://user@host/name`.
    pub fn parse(url: &str) -> Result<Self, UnknownEngine> {
        let engine = if url.starts_with("sqlite:") {
            Engine::Sqlite
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Engine::Postgres
        } else {
            return Err(UnknownEngine);
        };
        Ok(Self {
            url: url.to_owned(),
            engine,
            readers: None,
            patience: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(10),
            idle_in_transaction_timeout: Duration::from_secs(10),
        })
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The address as given; it may hold a password, so it is never logged.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The path of the database file, on `SQLite`.
    pub fn sqlite_path(&self) -> Option<&str> {
        let rest = self.url.strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        Some(rest.split('?').next().unwrap_or(rest))
    }

    pub(crate) fn reader_count(&self) -> u32 {
        self.readers.unwrap_or_else(cores).max(1)
    }
}

pub(crate) fn cores() -> u32 {
    std::thread::available_parallelism().map_or(2, |n| u32::try_from(n.get()).unwrap_or(2))
}

impl fmt::Debug for StoreConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreConfig")
            .field("engine", &self.engine)
            .field("path", &self.sqlite_path())
            .field("readers", &self.reader_count())
            .field("patience", &self.patience)
            .field("statement_timeout", &self.statement_timeout)
            .finish_non_exhaustive()
    }
}
