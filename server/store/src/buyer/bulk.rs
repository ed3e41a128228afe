//! Many rows of a described table at once: bound one by one to `SQLite`, which has no faster way in; as one JSON text to
//! `PostgreSQL`, which reads it in one pass.

use std::borrow::Cow;

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{
    ddl::{key, sql_type},
    rows::Row,
    schema::{Column, Table},
};
use crate::{config::Engine, error::StoreError, stored, txn::Txn};

/// Rows of one statement of `SQLite`: always the same text, so that it is prepared once.
const CHUNK: usize = 64;

/// Inserts rows; `action` says what happens to one whose key is there: `NOTHING`, or `UPDATE SET …`.
pub(super) async fn insert(
    txn: &Txn,
    table: &Table,
    rows: &[Row],
    action: &str,
) -> Result<u64, StoreError> {
    if txn.get_database_backend() == DbBackend::Postgres {
        return postgres(txn, table, rows, action).await;
    }
    insert_each(txn, table, rows.iter().cloned(), action).await
}

/// The same with rows that are made on the way: some while the engine works on those before.
pub(super) async fn insert_each(
    txn: &Txn,
    table: &Table,
    mut rows: impl Iterator<Item = Row> + Send,
    action: &str,
) -> Result<u64, StoreError> {
    if txn.get_database_backend() == DbBackend::Postgres {
        let rows: Vec<Row> = rows.collect();
        return postgres(txn, table, &rows, action).await;
    }
    let (head, tail) = around(table, action);
    let width = table.columns.len();
    let row = format!("({})", vec!["?"; width].join(", "));
    let mut next = || {
        // STRICT tables read a number written as text as the number it is.
        let values = rows.by_ref().take(CHUNK).flatten().map(Value::from);
        let values: Vec<Value> = values.collect();
        let count = values.len() / width;
        let sql = format!(
            "{head} VALUES {} {tail}",
            vec![row.as_str(); count].join(", ")
        );
        (count > 0).then(|| Statement::from_sql_and_values(DbBackend::Sqlite, sql, values))
    };
    let mut inserted = 0;
    let mut statement = next();
    while let Some(current) = statement {
        let (done, following) = tokio::join!(txn.execute_raw(current), async { next() });
        inserted += done?.rows_affected();
        statement = following;
    }
    Ok(inserted)
}

/// What stands before and after the rows.
fn around(table: &Table, action: &str) -> (String, String) {
    let names = |columns: &[Column]| -> String {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        names.join(", ")
    };
    (
        format!("INSERT INTO {} ({})", table.name, names(table.columns)),
        format!("ON CONFLICT ({}) DO {action}", names(key(table))),
    )
}

async fn postgres(txn: &Txn, table: &Table, rows: &[Row], action: &str) -> Result<u64, StoreError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let (head, tail) = around(table, action);
    let fields: Vec<String> = (0..)
        .zip(table.columns)
        .map(|(at, column)| format!("{} {}", field(at), sql_type(column.kind, Engine::Postgres)))
        .collect();
    let values: Vec<_> = (0..table.columns.len()).map(field).collect();
    let sql = format!(
        "{head} SELECT {} FROM json_to_recordset(CAST($1 AS json)) AS r({}) {tail}",
        values.join(", "),
        fields.join(", ")
    );
    let json = stored::to_json(&Records(rows))?;
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [json.into()]);
    Ok(txn.execute_raw(statement).await?.rows_affected())
}

/// The short name of a column in the JSON text.
fn field(at: usize) -> Cow<'static, str> {
    const NAMES: [&str; 24] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
        "s", "t", "u", "v", "w", "x",
    ];
    match NAMES.get(at) {
        Some(name) => Cow::Borrowed(name),
        None => Cow::Owned(format!("x{at}")),
    }
}

/// Rows as objects; what is empty is left out.
struct Records<'r>(&'r [Row]);

struct Record<'r>(&'r Row);

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for row in self.0 {
            list.serialize_element(&Record(row))?;
        }
        list.end()
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (at, value) in self.0.iter().enumerate() {
            if let Some(value) = value {
                map.serialize_entry(&field(at), value)?;
            }
        }
        map.end()
    }
}

/// The elements of the JSON list bound first, each in a column named `value`.
pub(super) fn elements(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "json_array_elements(CAST($1 AS json))",
        _ => "json_each($1)",
    }
}
