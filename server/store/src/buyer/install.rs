//! Installs the schema of the buyer database, version after version, once whoever asks.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::{ddl, rows::instant, schema::VERSION};
use crate::{config::Engine, error::StoreError, store};

pub(super) async fn run(
    connection: &DatabaseConnection,
    engine: Engine,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if version(connection, engine).await? >= VERSION {
        return Ok(());
    }
    store::write(connection, |txn| async move {
        if engine == Engine::Postgres {
            txn.execute_unprepared("SELECT pg_advisory_xact_lock(7309943014)")
                .await?;
        }
        // Another process may have done it while this one waited.
        for next in version(&txn, engine).await? + 1..=VERSION {
            for statement in ddl::step(next, engine) {
                txn.execute_unprepared(&statement).await?;
            }
            let at = instant(now);
            txn.execute_unprepared(&format!(
                "INSERT INTO schema_version (version, installed_at) VALUES ({next}, '{at}')"
            ))
            .await?;
        }
        Ok(())
    })
    .await
}

/// The version installed, 0 when there is none.
pub(super) async fn version(db: &impl ConnectionTrait, engine: Engine) -> Result<u32, StoreError> {
    let exists = match engine {
        Engine::Sqlite => {
            "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'"
        }
        Engine::Postgres => {
            "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('schema_version')"
        }
    };
    if number(db, exists).await? == 0 {
        return Ok(0);
    }
    let newest = number(db, "SELECT COALESCE(MAX(version), 0) FROM schema_version").await?;
    Ok(u32::try_from(newest).unwrap_or(0))
}

async fn number(db: &impl ConnectionTrait, sql: &str) -> Result<i64, StoreError> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    match db.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get_by_index(0)?),
        None => Ok(0),
    }
}

#[cfg(all(test, feature = "test-support"))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::super::BuyerStore;
    use super::super::schema::{CONTRACT_RECORDS, Kind, RETIRED};
    use super::ddl;

    /// A publication as version 2 kept it: whatever is required, with any value.
    fn publication() -> String {
        let kept = CONTRACT_RECORDS.columns.iter();
        let kept = kept
            .filter(|column| column.since <= 2 && column.required)
            .map(|column| (column.name, column.kind));
        let gone = RETIRED.iter().map(|column| (column.name, column.kind));
        let (names, values): (Vec<&str>, Vec<&str>) = kept
            .chain(gone)
            .map(|(name, kind)| {
                let value = match kind {
                    Kind::Text => "'x'",
                    Kind::Integer | Kind::Decimal => "1",
                    Kind::Date => "'2025-01-01'",
                    Kind::Instant => "'2025-01-01T00:00:00Z'",
                };
                (name, value)
            })
            .unzip();
        let (names, values) = (names.join(", "), values.join(", "));
        format!("INSERT INTO contract_records ({names}) VALUES ({values})")
    }

    crate::on_both_engines! {
        async fn contracts_of_version_2_are_made_anew_by_version_3(db) {
            let engine = db.config().engine();
            for version in 1..=2 {
                for statement in ddl::step(version, engine) {
                    db.execute(&statement).await;
                }
                let installed = "INSERT INTO schema_version (version, installed_at) VALUES";
                db.execute(&format!("{installed} ({version}, '2025-01-01T00:00:00Z')")).await;
            }
            db.execute(&publication()).await;
            let waiting = "SELECT COUNT(*) FROM contract_records WHERE waits_until < '2001-01-01'";
            assert_eq!(db.number(waiting).await, 0);
            let buyer = BuyerStore::open(db.config()).await.unwrap();
            buyer.migrate(chrono::DateTime::UNIX_EPOCH).await.unwrap();
            assert_eq!(db.number(waiting).await, 1);
        }
    }
}
