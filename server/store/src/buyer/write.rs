//! Writes the state of a company: each row only if it is newer than the one that is there.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, Value};

use super::{
    changed,
    ddl::key,
    rows::{CompanyState, Row, instant},
    schema::{CLOSURES, COMMITMENTS, FEED_INBOX, Kind, QUALIFICATIONS, SUPPLIERS, Table},
};
use crate::{error::StoreError, txn::Txn};

/// What a delivery did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fed {
    /// The message had been received before: nothing was looked at.
    pub already: bool,
    /// Rows written, of all tables.
    pub rows: u64,
}

/// When the row that is there gives way to the one that comes.
#[derive(Clone, Copy)]
enum Newer {
    /// A revision with a greater number.
    Revision,
    /// The same, or the register asked later.
    Supplier,
    /// Never: such a row does not change.
    Never,
}

pub(super) async fn apply(
    connection: &DatabaseConnection,
    message: Option<&str>,
    state: &CompanyState,
    now: DateTime<Utc>,
) -> Result<Fed, StoreError> {
    changed::write(connection, |txn| async move {
        if let Some(message) = message {
            let row = vec![
                Some(message.to_owned()),
                Some(state.siren.to_string()),
                Some(instant(now)),
            ];
            if upsert(&txn, &FEED_INBOX, &row, Newer::Never).await? == 0 {
                return Ok(Fed {
                    already: true,
                    rows: 0,
                });
            }
        }
        let mut rows = upsert(&txn, &SUPPLIERS, &state.supplier, Newer::Supplier).await?;
        for row in &state.qualifications {
            rows += upsert(&txn, &QUALIFICATIONS, row, Newer::Revision).await?;
        }
        for row in &state.commitments {
            rows += upsert(&txn, &COMMITMENTS, row, Newer::Revision).await?;
        }
        for row in &state.closures {
            rows += upsert(&txn, &CLOSURES, row, Newer::Never).await?;
        }
        Ok(Fed {
            already: false,
            rows,
        })
    })
    .await
}

async fn upsert(txn: &Txn, table: &Table, row: &Row, newer: Newer) -> Result<u64, StoreError> {
    let backend = txn.get_database_backend();
    let postgres = backend == DbBackend::Postgres;
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    // Every value is bound as text, in its written form, and read by the database as what it is.
    let values: Vec<String> = (1..)
        .zip(table.columns)
        .map(|(n, column)| match column.kind {
            Kind::Integer => format!("CAST(${n} AS BIGINT)"),
            Kind::Decimal if postgres => format!("CAST(${n} AS NUMERIC)"),
            Kind::Decimal => format!("CAST(${n} AS REAL)"),
            Kind::Date if postgres => format!("CAST(${n} AS DATE)"),
            Kind::Instant if postgres => format!("CAST(${n} AS TIMESTAMPTZ)"),
            Kind::Text | Kind::Date | Kind::Instant => format!("${n}"),
        })
        .collect();
    let keys: Vec<&str> = key(table).iter().map(|column| column.name).collect();
    let name = table.name;
    let guard = match newer {
        Newer::Never => None,
        Newer::Revision => Some(format!("excluded.revision > {name}.revision")),
        Newer::Supplier => Some(format!(
            "excluded.revision > {name}.revision OR (excluded.revision = {name}.revision
             AND excluded.register_read_at > {name}.register_read_at)"
        )),
    };
    let action = match guard {
        None => "NOTHING".to_owned(),
        Some(guard) => {
            let set: Vec<String> = names
                .iter()
                .skip(table.key)
                .map(|column| format!("{column} = excluded.{column}"))
                .collect();
            format!("UPDATE SET {} WHERE {guard}", set.join(", "))
        }
    };
    let sql = format!(
        "INSERT INTO {name} ({}) VALUES ({}) ON CONFLICT ({}) DO {action}",
        names.join(", "),
        values.join(", "),
        keys.join(", ")
    );
    let bound = row.iter().map(|value| Value::from(value.clone()));
    let statement = Statement::from_sql_and_values(backend, sql, bound);
    Ok(txn.execute_raw(statement).await?.rows_affected())
}
