//! Keeps what rows said before they are replaced, so that a day in the past can still be asked about.
//!
//! Updates are kept by triggers, which know the instant from the row that comes; removals by whoever removes, with the clock.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, Value};

use super::{
    rows::{Row, instant},
    schema::{CONTRACT_SHARES, QUALIFICATIONS, REGISTER_FACTS, SUPPLIERS, Table},
    verify::as_text,
};
use crate::{config::Engine, error::StoreError, stored, txn::Txn};

/// Tables whose rows are updated, and since when each says what it says.
const UPDATED: [(&Table, &str); 3] = [
    (&QUALIFICATIONS, "accepted_at"),
    (&SUPPLIERS, "register_read_at"),
    (&REGISTER_FACTS, "known_since"),
];

/// The values of a row as a JSON list of texts, in the only written form of each.
fn content(table: &Table, row: &str, backend: DbBackend) -> String {
    let values = table.columns.iter().map(|column| {
        let name = format!("{row}.{}", column.name);
        as_text(&name, column.kind, backend)
    });
    let values = values.collect::<Vec<_>>().join(", ");
    match backend {
        DbBackend::Postgres => format!("CAST(json_build_array({values}) AS TEXT)"),
        _ => format!("json_array({values})"),
    }
}

/// What makes the engine keep the rows that it updates.
pub(super) fn triggers(engine: Engine) -> Vec<String> {
    UPDATED
        .into_iter()
        .flat_map(|(table, since)| trigger(table, since, engine))
        .collect()
}

fn trigger(table: &Table, since: &str, engine: Engine) -> Vec<String> {
    let name = table.name;
    let when = format!("OLD.{since} < NEW.{since}");
    let insert = |backend| {
        format!(
            "INSERT INTO replaced_rows (table_name, known_since, replaced_at, content)
             VALUES ('{name}', OLD.{since}, NEW.{since}, {}) ON CONFLICT DO NOTHING;",
            content(table, "OLD", backend)
        )
    };
    match engine {
        Engine::Sqlite => vec![format!(
            "CREATE TRIGGER {name}_kept AFTER UPDATE ON {name} WHEN {when} BEGIN {} END",
            insert(DbBackend::Sqlite)
        )],
        Engine::Postgres => vec![
            format!(
                "CREATE FUNCTION {name}_keep() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN {} RETURN NULL; END $$",
                insert(DbBackend::Postgres)
            ),
            format!(
                "CREATE TRIGGER {name}_kept AFTER UPDATE ON {name}
                 FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}_keep()"
            ),
        ],
    }
}

/// Keeps the shares of contracts that are about to be removed; `condition` binds `values`.
pub(super) async fn keep_shares(
    txn: &Txn,
    condition: &str,
    values: &[Value],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let backend = txn.get_database_backend();
    let sql = format!(
        "INSERT INTO replaced_rows (table_name, known_since, replaced_at, content)
         SELECT '{table}', s.entered_at, '{}', {} FROM {table} s WHERE {condition}
         ON CONFLICT DO NOTHING",
        instant(now),
        content(&CONTRACT_SHARES, "s", backend),
        table = CONTRACT_SHARES.name,
    );
    txn.execute_raw(Statement::from_sql_and_values(
        backend,
        sql,
        values.iter().cloned(),
    ))
    .await?;
    Ok(())
}

/// What rows of a table said at an instant and do not say any more.
pub(super) async fn as_of(
    db: &DatabaseConnection,
    table: &Table,
    end: &str,
) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT content FROM replaced_rows
         WHERE table_name = '{}' AND known_since < '{end}' AND replaced_at >= '{end}'",
        table.name
    );
    let statement = Statement::from_string(db.get_database_backend(), sql);
    db.query_all_raw(statement)
        .await?
        .iter()
        .map(|row| {
            let content: String = row.try_get_by_index(0)?;
            let mut values: Row = stored::json(&content, "replaced_rows.content")?;
            // A later version may have given the table more columns.
            values.resize(table.columns.len(), None);
            Ok(values)
        })
        .collect()
}
