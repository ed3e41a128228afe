//! Who may run workers: on `SQLite` one process, on `PostgreSQL` as many as one likes.

use std::fs::{File, OpenOptions, TryLockError};

use sea_orm::{DbErr, RuntimeErr};

use crate::{config::Engine, error::StoreError, store::Store};

/// The right to run workers, held until it is dropped or the process ends, in whatever way.
#[derive(Debug)]
pub struct WorkerLock {
    _file: Option<File>,
}

impl Store {
    /// Takes the right to run workers; `None` when another process on the same `SQLite` file has it.
    pub fn lock_workers(&self) -> Result<Option<WorkerLock>, StoreError> {
        let config = self.config();
        if config.engine() == Engine::Postgres {
            return Ok(Some(WorkerLock { _file: None }));
        }
        let path = config.sqlite_path().unwrap_or_default();
        let failed = |error: std::io::Error| {
            StoreError::Unavailable(DbErr::Conn(RuntimeErr::Internal(error.to_string())))
        };
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(format!("{path}.workers"))
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(WorkerLock { _file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}
