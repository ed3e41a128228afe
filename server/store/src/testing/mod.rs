//! Throw-away databases on both engines, for the tests of `store` and of `server`.
//!
//! A missing `PostgreSQL` fails the tests: a test that is skipped proves nothing.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up must stop there"
)]

mod cluster;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, FromQueryResult, JsonValue,
    Statement,
};
use tempfile::TempDir;

use crate::{Engine, Store, StoreConfig};

/// A database of one test: empty, without schema, removed afterwards.
pub struct TestDatabase {
    config: StoreConfig,
    /// Past all the helpers of the store: for looking, and for breaking things.
    raw: DatabaseConnection,
    folder: TempDir,
}

impl TestDatabase {
    pub async fn create(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match engine {
            Engine::Sqlite => {
                let file = folder.path().join("test.db");
                format!("sqlite:{}", file.display())
            }
            Engine::Postgres => new_postgres().await,
        };
        let config = StoreConfig::parse(&url).expect("an address of ours");
        let create = if engine == Engine::Sqlite {
            "?mode=rwc"
        } else {
            ""
        };
        let mut options = ConnectOptions::new(format!("{url}{create}"));
        options.sqlx_logging(false).max_connections(1);
        let raw = Database::connect(options).await.expect("a connection");
        if engine == Engine::Sqlite {
            raw.execute_unprepared("PRAGMA journal_mode = WAL")
                .await
                .expect("write-ahead log");
        }
        Self {
            config,
            raw,
            folder,
        }
    }

    /// How the store reaches it.
    pub fn config(&self) -> StoreConfig {
        self.config.clone()
    }

    /// As `config`, in the form of the configuration file.
    pub fn url(&self) -> &str {
        self.config.url()
    }

    /// A folder that goes with the database.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Opens the store on it, with the schema.
    pub async fn store(&self) -> Store {
        let store = Store::connect(self.config()).await.expect("a store");
        store.migrate().await.expect("a schema");
        store
    }

    /// Runs statements past the store.
    pub async fn execute(&self, sql: &str) {
        self.try_execute(sql).await.expect("a statement that works");
    }

    /// Runs statements that may be refused; the error is the store's reading of it.
    pub async fn try_execute(&self, sql: &str) -> Result<(), crate::StoreError> {
        self.raw.execute_unprepared(sql).await?;
        Ok(())
    }

    /// The rows of a query, each as a JSON object.
    pub async fn rows(&self, sql: &str) -> Vec<serde_json::Value> {
        let statement = Statement::from_string(self.raw.get_database_backend(), sql);
        JsonValue::find_by_statement(statement)
            .all(&self.raw)
            .await
            .expect("a query that works")
    }

    /// A role of its own on `PostgreSQL`, whose name begins so, and how it reaches this database.
    pub async fn role(&self, name: &str) -> (String, String) {
        let role = format!("{name}_{}", uuid::Uuid::new_v4().simple());
        self.execute(&format!("CREATE ROLE {role} LOGIN")).await;
        let url = self.url().replace("postgres@", &format!("{role}@"));
        (role, url)
    }

    /// The first column of the only row, as a number.
    pub async fn number(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(self.raw.get_database_backend(), sql);
        self.raw
            .query_one_raw(statement)
            .await
            .expect("a query that works")
            .expect("one row")
            .try_get_by_index(0)
            .expect("a number")
    }
}

async fn new_postgres() -> String {
    let cluster = tokio::task::spawn_blocking(cluster::shared)
        .await
        .expect("a server");
    let name = cluster::fresh_name();
    let address =
        |database: &str| format!("postgres://postgres@127.0.0.1:{}/{database}", cluster.port);
    let mut options = ConnectOptions::new(address("postgres"));
    options.sqlx_logging(false).max_connections(1);
    let admin = Database::connect(options).await.expect("a connection");
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .expect("a database");
    admin.close().await.expect("an end");
    address(&name)
}

/// The folder of the shared `PostgreSQL` server, for tests that stop and start it.
pub fn postgres_folder() -> &'static str {
    &cluster::shared().folder
}

/// Each test twice, once on each engine, each time on a database of its own.
///
/// ```text
/// store::on_both_engines! {
///     async fn a_row_is_found_again(db) { let store = db.store().await; … }
/// }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn run($db: $crate::testing::TestDatabase) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$meta])*
            async fn sqlite() {
                run($crate::testing::TestDatabase::create($crate::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$meta])*
            async fn postgres() {
                run($crate::testing::TestDatabase::create($crate::Engine::Postgres).await).await;
            }
        }
    )*};
}
