//! The connection for reading: held to reading by the database, and not put out by a connection that died while idle.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use crate::error::is_connection_lost;

/// As many dead connections as a pool may hold after the server restarted, and one more.
const TRIES: u32 = 9;

/// Reads outside of a transaction: a read whose connection was cut is simply made again.
#[derive(Clone, Debug)]
pub struct Reader(DatabaseConnection);

impl Reader {
    pub(crate) const fn new(connection: DatabaseConnection) -> Self {
        Self(connection)
    }

    pub(crate) const fn inner(&self) -> &DatabaseConnection {
        &self.0
    }
}

/// Does again what failed because its connection was already dead; safe for what had no effect.
pub(crate) async fn retry_lost<T, W>(work: impl Fn() -> W) -> Result<T, DbErr>
where
    W: Future<Output = Result<T, DbErr>>,
{
    let mut tries = 1;
    loop {
        match work().await {
            Err(error) if tries < TRIES && is_connection_lost(&error) => tries += 1,
            done => return done,
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute_raw(stmt).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        retry_lost(|| self.0.query_one_raw(stmt.clone())).await
    }

    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        retry_lost(|| self.0.query_all_raw(stmt.clone())).await
    }
}
