//! A writing transaction: the handle that every writing function asks for.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use uuid::Uuid;

use crate::{audit::Entry, error::is_serialization_failure, ids::new_id};

/// An open writing transaction. Only `Store::write` makes one; it must not outlive the work it was given to.
#[derive(Clone)]
pub struct Txn(Arc<Inner>);

struct Inner {
    transaction: DatabaseTransaction,
    /// `PostgreSQL` rolled back for the sake of another transaction: the whole work may be redone.
    retryable: AtomicBool,
    /// Audit entries wait here: the chain's lock is taken last and held briefly.
    entries: Mutex<Vec<(Uuid, Entry)>>,
}

impl Txn {
    pub(crate) fn new(transaction: DatabaseTransaction) -> Self {
        Self(Arc::new(Inner {
            transaction,
            retryable: AtomicBool::new(false),
            entries: Mutex::new(Vec::new()),
        }))
    }

    /// Adds an event to the audit chain, in this transaction; says its identifier.
    pub fn audit(&self, entry: Entry) -> Uuid {
        let id = new_id(entry.at);
        self.entries().push((id, entry));
        id
    }

    pub(crate) fn take_entries(&self) -> Vec<(Uuid, Entry)> {
        std::mem::take(&mut *self.entries())
    }

    fn entries(&self) -> MutexGuard<'_, Vec<(Uuid, Entry)>> {
        self.0
            .entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn may_retry(&self) -> bool {
        self.0.retryable.load(Ordering::Relaxed)
    }

    /// Commits; on failure says whether the work may be redone.
    pub(crate) async fn commit(self) -> Result<(), (DbErr, bool)> {
        let inner = self.into_inner().map_err(|error| (error, false))?;
        inner.transaction.commit().await.map_err(|error| {
            let again = is_serialization_failure(&error);
            (error, again)
        })
    }

    pub(crate) async fn rollback(self) -> Result<(), DbErr> {
        self.into_inner()?.transaction.rollback().await
    }

    /// Fails when the work kept the transaction; it is then rolled back when that copy goes.
    fn into_inner(self) -> Result<Inner, DbErr> {
        Arc::into_inner(self.0)
            .ok_or_else(|| DbErr::Custom("the transaction outlived its work".to_owned()))
    }

    fn noted<T>(&self, result: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(error) = &result
            && is_serialization_failure(error)
        {
            self.0.retryable.store(true, Ordering::Relaxed);
        }
        result
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Txn {
    fn get_database_backend(&self) -> DbBackend {
        self.0.transaction.get_database_backend()
    }

    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        self.noted(self.0.transaction.execute_raw(stmt).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.noted(self.0.transaction.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.noted(self.0.transaction.query_one_raw(stmt).await)
    }

    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.noted(self.0.transaction.query_all_raw(stmt).await)
    }
}
