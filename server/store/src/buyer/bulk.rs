//! Many rows of a described table in one statement: the rows travel as one JSON text, which both engines read by themselves.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{
    ddl::key,
    rows::Row,
    schema::{Kind, Table},
};
use crate::{error::StoreError, stored, txn::Txn};

/// Inserts rows; `action` says what happens to one whose key is there: `NOTHING`, or `UPDATE SET …`.
pub(super) async fn insert(
    txn: &Txn,
    table: &Table,
    rows: &[Row],
    action: &str,
) -> Result<u64, StoreError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let backend = txn.get_database_backend();
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let values: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| value(at, column.kind, backend))
        .collect();
    let keys: Vec<&str> = key(table).iter().map(|column| column.name).collect();
    let sql = format!(
        "INSERT INTO {} ({}) SELECT {} FROM {} WHERE true ON CONFLICT ({}) DO {action}",
        table.name,
        names.join(", "),
        values.join(", "),
        elements(backend),
        keys.join(", ")
    );
    let statement = Statement::from_sql_and_values(backend, sql, [stored::to_json(&rows)?.into()]);
    Ok(txn.execute_raw(statement).await?.rows_affected())
}

/// The elements of the JSON list bound first, each in a column named `value`.
pub(super) fn elements(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "json_array_elements(CAST($1 AS json))",
        _ => "json_each($1)",
    }
}

/// One value of an element, read as what its column holds.
pub(super) fn value(at: usize, kind: Kind, backend: DbBackend) -> String {
    let text = format!("value ->> {at}");
    let postgres = backend == DbBackend::Postgres;
    match kind {
        Kind::Integer => format!("CAST({text} AS BIGINT)"),
        Kind::Decimal if postgres => format!("CAST({text} AS NUMERIC)"),
        Kind::Decimal => format!("CAST({text} AS REAL)"),
        Kind::Date if postgres => format!("CAST({text} AS DATE)"),
        Kind::Instant if postgres => format!("CAST({text} AS TIMESTAMPTZ)"),
        Kind::Text | Kind::Date | Kind::Instant => text,
    }
}
