//! How the records of a file stand against the official schema of their format: what breaches it, where, and how often.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement};

use super::super::{BuyerStore, bulk, rows::Row, schema::IMPORT_CONFORMITY};
use crate::{error::StoreError, txn::Txn};

/// What was checked, in a batch or in a whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conformity {
    /// Records checked; 0 when the format has no official schema.
    pub checked: u64,
    pub conforming: u64,
    /// By place and rule.
    pub breaches: BTreeMap<(String, String), Breached>,
}

/// One rule of the schema at one place: how many records breach it, and the first of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breached {
    pub records: u64,
    /// Of the first, from 1, in the file.
    pub position: u64,
    /// What stands there, shortened.
    pub value: String,
}

/// The same as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Names from the record down, `*` for any item of a list; empty: the record itself.
    pub place: String,
    /// The keyword of the schema, or the reason why a text is no record.
    pub rule: String,
    pub found: Breached,
}

impl Conformity {
    /// Notes that a record breaches a rule at a place; once per record.
    pub fn breached(&mut self, place: String, rule: &str, position: u64, value: &str) {
        let entry = self.breaches.entry((place, rule.to_owned()));
        let found = entry.or_insert_with(|| Breached {
            records: 0,
            position,
            value: value.to_owned(),
        });
        found.records += 1;
    }
}

impl BuyerStore {
    /// What the records of an import breach, the most frequent first.
    pub async fn breaches(&self, import: &str) -> Result<Vec<Breach>, StoreError> {
        let connection = self.connection(false).await?;
        let done = list(&connection, import).await;
        self.give_back(connection).await;
        done
    }
}

pub(super) async fn add(
    txn: &Txn,
    import: &str,
    conformity: &Conformity,
) -> Result<(), StoreError> {
    let rows: Vec<Row> = conformity
        .breaches
        .iter()
        .map(|((place, rule), found)| {
            [
                import.to_owned(),
                place.clone(),
                rule.clone(),
                found.records.to_string(),
                found.position.to_string(),
                found.value.clone(),
            ]
            .map(Some)
            .to_vec()
        })
        .collect();
    let more = "UPDATE SET record_count = import_conformity.record_count + excluded.record_count";
    bulk::insert(txn, &IMPORT_CONFORMITY, &rows, more).await?;
    Ok(())
}

fn count(row: &QueryResult, at: usize) -> Result<u64, StoreError> {
    let value: i64 = row.try_get_by_index(at)?;
    u64::try_from(value).map_err(|_| StoreError::corrupt("import_conformity"))
}

async fn list(db: &DatabaseConnection, import: &str) -> Result<Vec<Breach>, StoreError> {
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT place, rule, record_count, first_position, first_value FROM import_conformity
         WHERE import_id = $1 ORDER BY record_count DESC, place, rule",
        [import.into()],
    );
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            Ok(Breach {
                place: row.try_get_by_index(0)?,
                rule: row.try_get_by_index(1)?,
                found: Breached {
                    records: count(row, 2)?,
                    position: count(row, 3)?,
                    value: row.try_get_by_index(4)?,
                },
            })
        })
        .collect()
}
