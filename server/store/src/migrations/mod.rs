//! The schema of the application database, one file per business change, written once for both engines.

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, TransactionTrait};
use sea_orm::{SqliteTransactionMode, TransactionOptions};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};

use crate::error::StoreError;

/// One change of the schema, in SQL with the few type names that differ between the engines left open.
pub(crate) struct SqlMigration {
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
    /// Tables whose rows are never changed nor removed.
    pub(crate) append_only: &'static [&'static str],
}

/// The migrations of the application database, in order.
pub(crate) struct Application;

impl MigratorTrait for Application {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let migration = |name, sql, append_only| -> Box<dyn MigrationTrait> {
            Box::new(SqlMigration {
                name,
                sql,
                append_only,
            })
        };
        vec![
            migration("m0001_people", include_str!("0001_people.sql"), &[]),
            migration("m0002_companies", include_str!("0002_companies.sql"), &[]),
            migration(
                "m0003_declarations",
                include_str!("0003_declarations.sql"),
                &["revisions"],
            ),
            migration(
                "m0004_qualifications",
                include_str!("0004_qualifications.sql"),
                &["qualifications", "closures"],
            ),
            migration(
                "m0005_trail",
                include_str!("0005_trail.sql"),
                &["audit_events"],
            ),
            migration(
                "m0006_step_versions",
                include_str!("0006_step_versions.sql"),
                &[],
            ),
            migration(
                "m0007_outbox_batches",
                include_str!("0007_outbox_batches.sql"),
                &[],
            ),
            migration(
                "m0008_no_form_tokens",
                include_str!("0008_no_form_tokens.sql"),
                &[],
            ),
            migration(
                "m0009_kinds_of_claims",
                include_str!("0009_kinds_of_claims.sql"),
                &[],
            ),
            migration(
                "m0010_hours_statements",
                include_str!("0010_hours_statements.sql"),
                &["hours_statements", "hours_checks"],
            ),
            migration(
                "m0011_catalogue",
                include_str!("0011_catalogue.sql"),
                &["catalogue_versions"],
            ),
            migration("m0012_documents", include_str!("0012_documents.sql"), &[]),
            migration(
                "m0013_attestations",
                include_str!("0013_attestations.sql"),
                &["attestations"],
            ),
            migration("m0014_typing", include_str!("0014_typing.sql"), &[]),
            migration(
                "m0016_lists",
                include_str!("0016_lists.sql"),
                &["list_turns"],
            ),
            migration("m0017_workspace", include_str!("0017_workspace.sql"), &[]),
            migration(
                "m0019_prepared_drafts",
                include_str!("0019_prepared_drafts.sql"),
                &[],
            ),
            migration(
                "m0023_former_members",
                include_str!("0023_former_members.sql"),
                &[],
            ),
            migration(
                "m0024_waiting_scans",
                include_str!("0024_waiting_scans.sql"),
                &[],
            ),
        ]
    }
}

impl MigrationName for SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait]
impl MigrationTrait for SqlMigration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = manager.get_database_backend();
        connection
            .execute_unprepared(&for_engine(self.sql, backend))
            .await?;
        for table in self.append_only {
            connection
                .execute_unprepared(&append_only(table, backend))
                .await?;
        }
        Ok(())
    }
}

/// Fills in the type names of one engine.
pub(crate) fn for_engine(sql: &str, backend: DbBackend) -> String {
    let [uuid, ts, date, int, bytes, bool, strict] = if backend == DbBackend::Postgres {
        [
            "UUID",
            "TIMESTAMPTZ",
            "DATE",
            "BIGINT",
            "BYTEA",
            "BOOLEAN",
            "",
        ]
    } else {
        [
            "BLOB", "TEXT", "TEXT", "INTEGER", "BLOB", "INTEGER", " STRICT",
        ]
    };
    sql.replace("{uuid}", uuid)
        .replace("{ts}", ts)
        .replace("{date}", date)
        .replace("{int}", int)
        .replace("{bytes}", bytes)
        .replace("{bool}", bool)
        .replace("{strict}", strict)
}

/// Triggers that refuse to change or remove rows, even by hand; the error bears `<table>_append_only`.
pub(crate) fn append_only(table: &str, backend: DbBackend) -> String {
    if backend == DbBackend::Postgres {
        format!(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                    USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_append_only';
            END $$;
            CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();"
        )
    } else {
        format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
                BEGIN SELECT RAISE(ABORT, '{table}_append_only'); END;
            CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
                BEGIN SELECT RAISE(ABORT, '{table}_append_only'); END;"
        )
    }
}

/// Applies what is missing, all or nothing, while other processes that do the same wait.
pub(crate) async fn run<M: MigratorTrait>(writers: &DatabaseConnection) -> Result<(), StoreError> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let txn = writers.begin_with_options(options).await?;
    if txn.get_database_backend() == DbBackend::Postgres {
        // A large table may take longer than a page may; the lock is freed at the end of the transaction.
        txn.execute_unprepared(
            "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
             SELECT pg_advisory_xact_lock(7309943012)",
        )
        .await?;
    }
    M::up(&txn, None).await?;
    txn.commit().await?;
    Ok(())
}

pub(crate) async fn pending<M: MigratorTrait>(
    connection: &DatabaseConnection,
) -> Result<Vec<String>, StoreError> {
    let pending = M::get_pending_migrations_read_only(connection).await?;
    Ok(pending.iter().map(|m| m.name().to_owned()).collect())
}
