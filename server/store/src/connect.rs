//! Opens the pools: many readers that cannot write, and the writers behind `Store::write`.

use std::{str::FromStr, sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbErr, RuntimeErr,
    sqlx::{
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};

use crate::{
    config::{Engine, StoreConfig},
    error::StoreError,
    queries::Total,
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
}

/// Opens one pool; `lazy` puts off the first connection until it is needed.
pub(crate) async fn open(
    config: &StoreConfig,
    purpose: Purpose,
    lazy: bool,
    total: &Arc<Total>,
) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(config.url());
    options
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .connect_lazy(lazy)
        .acquire_timeout(config.patience)
        .test_before_acquire_if_idle_for(Duration::from_secs(5))
        .max_lifetime(Duration::from_mins(30));
    match config.engine() {
        Engine::Sqlite => sqlite(&mut options, config, purpose)?,
        Engine::Postgres => postgres(&mut options, config, purpose)?,
    }
    let mut connection = Database::connect(options).await?;
    let total = Arc::clone(total);
    connection.set_metric_callback(move |_| total.add_one());
    Ok(connection)
}

/// Opens a database file for one piece of work. Without `create`, a missing file is an error.
pub(crate) async fn open_file(
    config: &StoreConfig,
    create: bool,
    total: &Arc<Total>,
) -> Result<DatabaseConnection, StoreError> {
    checked::<SqliteConnectOptions>(config.url())?;
    let patience = config.patience;
    let mut options = ConnectOptions::new(config.url());
    options
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .max_connections(1)
        .acquire_timeout(patience)
        .map_sqlx_sqlite_opts(move |o| {
            let o = o
                .busy_timeout(patience)
                .foreign_keys(true)
                .synchronous(SqliteSynchronous::Full);
            // Asking for the journal mode writes; it is asked once, when the file is made.
            if create {
                o.create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
            } else {
                o
            }
        });
    let mut connection = Database::connect(options).await?;
    let total = Arc::clone(total);
    connection.set_metric_callback(move |_| total.add_one());
    Ok(connection)
}

/// Wrong addresses are found here, once, and not at each connection.
fn checked<T: FromStr>(url: &str) -> Result<(), StoreError>
where
    T::Err: std::fmt::Display,
{
    T::from_str(url).map(|_| ()).map_err(|_| {
        // The cause may quote the address, and with it a password.
        StoreError::Other(DbErr::Conn(RuntimeErr::Internal(
            "the database address cannot be read".to_owned(),
        )))
    })
}

fn sqlite(
    options: &mut ConnectOptions,
    config: &StoreConfig,
    purpose: Purpose,
) -> Result<(), StoreError> {
    checked::<SqliteConnectOptions>(config.url())?;
    // One connection writes, so that writers of this process queue instead of failing; the
    // readers are held to reading by SQLite itself.
    let connections = match purpose {
        Purpose::Read => config.reader_count(),
        Purpose::Write => 1,
    };
    let patience = config.patience;
    options
        .max_connections(connections)
        .idle_timeout(None)
        .map_sqlx_sqlite_opts(move |o| {
            let o = o
                .create_if_missing(purpose == Purpose::Write)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(patience)
                .foreign_keys(true)
                .statement_cache_capacity(256)
                .pragma("cache_size", "-65536")
                .pragma("mmap_size", "134217728")
                .pragma("temp_store", "MEMORY");
            match purpose {
                Purpose::Read => o.pragma("query_only", "ON"),
                Purpose::Write => o.optimize_on_close(true, 400),
            }
        });
    Ok(())
}

fn postgres(
    options: &mut ConnectOptions,
    config: &StoreConfig,
    purpose: Purpose,
) -> Result<(), StoreError> {
    checked::<PgConnectOptions>(config.url())?;
    let mut settings = vec![
        (
            "statement_timeout",
            config.statement_timeout.as_millis().to_string(),
        ),
        (
            "idle_in_transaction_session_timeout",
            config.idle_in_transaction_timeout.as_millis().to_string(),
        ),
        ("lock_timeout", config.patience.as_millis().to_string()),
        ("timezone", "UTC".to_owned()),
        // Compiling the questions of the figures takes longer than answering them.
        ("jit", "off".to_owned()),
    ];
    // Writers are left as the database has them: its owner may have made it read-only.
    if purpose == Purpose::Read {
        settings.push(("default_transaction_read_only", "on".to_owned()));
    }
    // Readers and writers together stay at two connections per core.
    options
        .max_connections(config.reader_count())
        .set_application_name("spaser")
        .map_sqlx_postgres_opts(move |o| o.options(settings.clone()).statement_cache_capacity(256));
    Ok(())
}
