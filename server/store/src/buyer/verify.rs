//! Compares the buyer database with the portal, row by row.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde::Serialize;

use super::{
    BuyerStore,
    rows::{CompanyState, Row},
    schema::{
        CLOSURES, COMMITMENTS, Kind, PLEDGES, QUALIFICATIONS, REALISED_HOURS, SUPPLIERS, Table,
    },
};
use crate::error::StoreError;

/// The tables that mirror the portal.
const MIRRORED: [&Table; 6] = [
    &SUPPLIERS,
    &QUALIFICATIONS,
    &COMMITMENTS,
    &PLEDGES,
    &CLOSURES,
    &REALISED_HOURS,
];

/// One row that is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    pub table: &'static str,
    /// The values of the row's key.
    pub key: Vec<String>,
    pub kind: DifferenceKind,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// The portal has it, the buyer database has not.
    Missing,
    /// The buyer database has it, the portal has not.
    Unknown,
    /// Both have it, with other values in these columns.
    Differs(Vec<&'static str>),
}

/// The outcome of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows that the portal says should be there.
    pub expected: u64,
    pub differences: Vec<Difference>,
}

impl Report {
    pub fn is_equal(&self) -> bool {
        self.differences.is_empty()
    }

    /// Adds the report of another part.
    pub fn merge(&mut self, other: Self) {
        self.expected += other.expected;
        self.differences.extend(other.differences);
    }
}

impl BuyerStore {
    /// Compares the companies whose SIREN is after `after` and not after `until`: give all that the
    /// portal has there. Open ends compare everything.
    pub async fn verify(
        &self,
        states: &[CompanyState],
        after: Option<&str>,
        until: Option<&str>,
    ) -> Result<Report, StoreError> {
        self.bounded(async {
            let connection = self.connection(false).await?;
            let report = compare(&connection, states, after, until).await;
            self.give_back(connection).await;
            report
        })
        .await
    }
}

async fn compare(
    connection: &DatabaseConnection,
    states: &[CompanyState],
    after: Option<&str>,
    until: Option<&str>,
) -> Result<Report, StoreError> {
    let mut report = Report::default();
    for table in MIRRORED {
        let expected = keyed(table, states.iter().flat_map(|state| rows_of(state, table)));
        let found = read(connection, table, after, until).await?;
        let found = keyed(table, found.iter());
        report.expected += u64::try_from(expected.len()).unwrap_or(u64::MAX);
        let keys: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
        for key in keys {
            let kind = match (expected.get(key), found.get(key)) {
                (Some(_), None) => DifferenceKind::Missing,
                (None, _) => DifferenceKind::Unknown,
                (Some(a), Some(b)) => {
                    let columns = differing(table, a, b);
                    if columns.is_empty() {
                        continue;
                    }
                    DifferenceKind::Differs(columns)
                }
            };
            report.differences.push(Difference {
                table: table.name,
                key: key.clone(),
                kind,
            });
        }
    }
    Ok(report)
}

fn rows_of<'a>(state: &'a CompanyState, table: &Table) -> Box<dyn Iterator<Item = &'a Row> + 'a> {
    match table.name {
        "suppliers" => Box::new(std::iter::once(&state.supplier)),
        "qualifications" => Box::new(state.qualifications.iter()),
        "commitments" => Box::new(state.commitments.iter()),
        "pledges" => Box::new(state.pledges.iter()),
        "closures" => Box::new(state.closures.iter()),
        _ => Box::new(state.realised.iter()),
    }
}

fn keyed<'a>(table: &Table, rows: impl Iterator<Item = &'a Row>) -> BTreeMap<Vec<String>, &'a Row> {
    rows.map(|row| {
        let key = row.iter().take(table.key);
        (
            key.map(|part| part.clone().unwrap_or_default()).collect(),
            row,
        )
    })
    .collect()
}

fn differing(table: &Table, a: &Row, b: &Row) -> Vec<&'static str> {
    table
        .columns
        .iter()
        .zip(a.iter().zip(b))
        .filter(|(_, (a, b))| a != b)
        .map(|(column, _)| column.name)
        .collect()
}

/// Reads rows in the written form that `rows` gives them.
async fn read(
    connection: &DatabaseConnection,
    table: &Table,
    after: Option<&str>,
    until: Option<&str>,
) -> Result<Vec<Row>, StoreError> {
    let backend = connection.get_database_backend();
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| as_text(column.name, column.kind, backend))
        .collect();
    let sql = format!(
        "SELECT {} FROM {} WHERE siren > $1 AND ($2 = '' OR siren <= $2)",
        columns.join(", "),
        table.name
    );
    let bounds = [after.unwrap_or_default(), until.unwrap_or_default()];
    let statement = Statement::from_sql_and_values(backend, sql, bounds.map(Into::into));
    let mut rows = Vec::new();
    for found in connection.query_all_raw(statement).await? {
        let mut row = Row::with_capacity(table.columns.len());
        for n in 0..table.columns.len() {
            row.push(found.try_get_by_index(n)?);
        }
        rows.push(row);
    }
    Ok(rows)
}

pub(super) fn as_text(name: &str, kind: Kind, backend: DbBackend) -> String {
    let postgres = backend == DbBackend::Postgres;
    match kind {
        Kind::Date if postgres => format!("to_char({name}, 'YYYY-MM-DD')"),
        Kind::Instant if postgres => {
            format!("to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
        }
        Kind::Decimal if !postgres => {
            format!("CASE WHEN {name} IS NULL THEN NULL ELSE printf('%.2f', {name}) END")
        }
        Kind::Integer | Kind::Decimal => format!("CAST({name} AS TEXT)"),
        Kind::Text | Kind::Date | Kind::Instant => name.to_owned(),
    }
}
