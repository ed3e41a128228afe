//! What the buyer database knew at the end of a day, copied into another one, where the same questions are asked again.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::{self, Key};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::super::{
    BuyerStore, bulk,
    ddl::key,
    replaced,
    rows::{Row, instant},
    schema::{
        CLOSURES, COMMITMENTS, CONTRACT_RECORDS, CONTRACT_SHARES, Kind, PAYMENTS, QUALIFICATIONS,
        REALISED_HOURS, REGISTER_FACTS, SUPPLIERS, TAKEN_OVER, Table,
    },
    verify::as_text,
};
use super::remake;
use crate::{error::StoreError, store, stored};

/// Rows copied at a time.
const PAGE: usize = 1000;

/// What is copied, and how it is known since when.
const DATED: [(&Table, &str); 7] = [
    (&SUPPLIERS, "register_read_at"),
    (&REGISTER_FACTS, "known_since"),
    (&QUALIFICATIONS, "accepted_at"),
    (&CLOSURES, "recorded_at"),
    (&REALISED_HOURS, "checked_at"),
    (&TAKEN_OVER, "recorded_at"),
    (&CONTRACT_SHARES, "entered_at"),
];

impl BuyerStore {
    /// Copies what was recorded before `end` into an empty database, whose contracts are made as of `today`.
    pub async fn copy_until(
        &self,
        into: &Self,
        end: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<(), StoreError> {
        let (from, to) = (self.connection(false).await?, into.connection(false).await?);
        let done = copy(&from, &to, end, today).await;
        self.give_back(from).await;
        into.give_back(to).await;
        done
    }
}

async fn copy(
    from: &DatabaseConnection,
    to: &DatabaseConnection,
    end: DateTime<Utc>,
    today: NaiveDate,
) -> Result<(), StoreError> {
    let end = instant(end);
    for (table, since) in DATED {
        let known = format!("{since} < {}", literal(&end));
        let mut rows = read(from, table, &known).await?;
        rows.extend(replaced::as_of(from, table, &end).await?);
        write(to, table, &rows).await?;
        if table.name == QUALIFICATIONS.name {
            let commitments = commitments(from, &rows).await?;
            write(to, &COMMITMENTS, &commitments).await?;
        }
    }
    let mut after: Option<Row> = None;
    while let Some(rows) = page(from, &PAYMENTS, &end, after.as_ref()).await? {
        let rows = &rows;
        store::write(to, |txn| async move {
            bulk::insert(&txn, &PAYMENTS, rows, "NOTHING").await
        })
        .await?;
        after = rows.last().cloned();
    }
    let mut after: Option<Row> = None;
    while let Some(rows) = page(from, &CONTRACT_RECORDS, &end, after.as_ref()).await? {
        let keys = keys(&rows)?;
        let (keys, rows) = (&keys.iter().collect(), &rows);
        store::write(to, |txn| async move {
            bulk::insert(&txn, &CONTRACT_RECORDS, rows, "NOTHING").await?;
            remake::with(&txn, keys, Vec::new(), today).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
        after = rows.last().cloned();
    }
    Ok(())
}

async fn write(to: &DatabaseConnection, table: &Table, rows: &[Row]) -> Result<(), StoreError> {
    store::write(to, |txn| async move {
        for page in rows.chunks(PAGE) {
            bulk::insert(&txn, table, page, "NOTHING").await?;
        }
        Ok::<_, StoreError>(())
    })
    .await
}

/// A commitment is known with its qualification, of the same revision.
async fn commitments(
    from: &DatabaseConnection,
    qualifications: &[Row],
) -> Result<Vec<Row>, StoreError> {
    let of = |table: &'static Table| {
        let revision = table.columns.iter().position(|one| one.name == "revision");
        move |row: &Row| {
            let mut id: Row = row.iter().take(table.key).cloned().collect();
            id.push(revision.and_then(|at| row.get(at).cloned()).flatten());
            id
        }
    };
    let known: HashSet<Row> = qualifications.iter().map(of(&QUALIFICATIONS)).collect();
    let mut rows = read(from, &COMMITMENTS, "true").await?;
    rows.extend(replaced::all(from, &COMMITMENTS).await?);
    let of = of(&COMMITMENTS);
    rows.retain(|row| known.contains(&of(row)));
    Ok(rows)
}

/// The next rows that were recorded before the end, in the order of their keys; `None` after the last.
async fn page(
    from: &DatabaseConnection,
    table: &Table,
    end: &str,
    after: Option<&Row>,
) -> Result<Option<Vec<Row>>, StoreError> {
    let names: Vec<&str> = key(table).iter().map(|column| column.name).collect();
    let names = names.join(", ");
    let after = after.map(|row| {
        // A key is a hash, and a number behind it.
        let values = key(table).iter().zip(row).map(|(column, value)| {
            let value = value.clone().unwrap_or_default();
            if column.kind == Kind::Integer {
                value
            } else {
                literal(&value)
            }
        });
        let values: Vec<String> = values.collect();
        format!("AND ({names}) > ({})", values.join(", "))
    });
    let condition = format!(
        "recorded_at < {} {} ORDER BY {names} LIMIT {PAGE}",
        literal(end),
        after.unwrap_or_default()
    );
    let rows = read(from, table, &condition).await?;
    Ok((!rows.is_empty()).then_some(rows))
}

/// An instant of ours as SQL reads it; both engines compare it with their own kind.
fn literal(end: &str) -> String {
    format!("'{end}'")
}

fn keys(rows: &[Row]) -> Result<Vec<Key>, StoreError> {
    // Their JSON text is the last value.
    let json = |row: &Row| row.last().cloned().flatten().unwrap_or_default();
    rows.iter()
        .map(|row| {
            let value: serde_json::Value = stored::json(&json(row), "contract_records.record")?;
            contracts::read(&value)
                .map(|record| record.key)
                .map_err(|_| StoreError::corrupt("contract_records.record"))
        })
        .collect()
}

async fn read(
    from: &DatabaseConnection,
    table: &Table,
    condition: &str,
) -> Result<Vec<Row>, StoreError> {
    let backend = from.get_database_backend();
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| as_text(column.name, column.kind, backend))
        .collect();
    let sql = format!(
        "SELECT {} FROM {} WHERE {condition}",
        columns.join(", "),
        table.name
    );
    let mut rows = Vec::new();
    for found in from
        .query_all_raw(Statement::from_string(backend, sql))
        .await?
    {
        rows.push(
            (0..table.columns.len())
                .map(|at| found.try_get_by_index(at))
                .collect::<Result<Row, _>>()?,
        );
    }
    Ok(rows)
}
