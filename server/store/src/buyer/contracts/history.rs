//! The imports that took place, the latest first, and what each set aside.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::super::BuyerStore;
use super::add::Rejected;
use super::imports::{ImportCounts, ImportState, parsed};
use crate::error::StoreError;

/// Imports of one page.
const PAGE: u64 = 25;

/// An import as its history tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastImport {
    pub id: String,
    pub subject: String,
    pub file_name: String,
    pub sha256: Option<String>,
    pub format: String,
    pub state: ImportState,
    pub by: String,
    pub started_at: DateTime<Utc>,
    /// Its last sign of life.
    pub beat_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub counts: ImportCounts,
    /// Bytes read, of how many.
    pub progress: Option<(u64, u64)>,
    /// Why it failed, as a stable code.
    pub failure: Option<String>,
    /// Who took it back.
    pub ended_by: Option<String>,
    /// The official schema that its records were compared with.
    pub schema: Option<String>,
}

impl BuyerStore {
    /// A page of the history, from 1, and how many imports there are.
    pub async fn imports(&self, page: u64) -> Result<(Vec<PastImport>, u64), StoreError> {
        let connection = self.connection(false).await?;
        let done = list(&connection, page).await;
        self.give_back(connection).await;
        done
    }

    /// One import; `None` when there is none of this identifier.
    pub async fn import(&self, id: &str) -> Result<Option<PastImport>, StoreError> {
        let connection = self.connection(false).await?;
        let done = find(&connection, "WHERE import_id = $1", vec![id.into()]).await;
        self.give_back(connection).await;
        Ok(done?.pop())
    }

    /// What an import set aside and nobody has corrected since, from after a position of the file, `limit` at most.
    pub async fn quarantined(
        &self,
        import: &str,
        after: u64,
        limit: u64,
    ) -> Result<Vec<Rejected>, StoreError> {
        let connection = self.connection(false).await?;
        let done = quarantine(&connection, import, after, limit).await;
        self.give_back(connection).await;
        done
    }

    /// How many of them there are in all.
    pub async fn quarantined_left(&self, import: &str) -> Result<u64, StoreError> {
        let connection = self.connection(false).await?;
        let sql = "SELECT COUNT(*) FROM quarantine WHERE import_id = $1 AND settled_by IS NULL";
        let backend = connection.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [import.into()]);
        let row = connection.query_one_raw(statement).await;
        self.give_back(connection).await;
        let left: i64 = row?.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(u64::try_from(left).unwrap_or(0))
    }
}

async fn list(db: &DatabaseConnection, page: u64) -> Result<(Vec<PastImport>, u64), StoreError> {
    let statement = Statement::from_string(
        db.get_database_backend(),
        "SELECT COUNT(*) FROM imports".to_owned(),
    );
    let row = db.query_one_raw(statement).await?;
    let total: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let offset = page.saturating_sub(1).saturating_mul(PAGE);
    let order = format!("ORDER BY started_at DESC, import_id DESC LIMIT {PAGE} OFFSET {offset}");
    let found = find(db, &order, Vec::new()).await?;
    Ok((found, u64::try_from(total).unwrap_or(0)))
}

async fn find(
    db: &DatabaseConnection,
    rest: &str,
    values: Vec<sea_orm::Value>,
) -> Result<Vec<PastImport>, StoreError> {
    let sql = format!(
        "SELECT import_id, subject, file_name, sha256, format, state, imported_by,
            CAST(started_at AS TEXT), CAST(beat_at AS TEXT), CAST(ended_at AS TEXT), read_count, kept_count,
            known_count, other_buyers_count, concession_count, quarantined_count, read_bytes, size_bytes,
            failure, ended_by, schema_version, checked_count, conforming_count FROM imports {rest}"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let mut found = Vec::new();
    for row in db.query_all_raw(statement).await? {
        let number = |at: usize| -> Result<u64, StoreError> {
            let value: Option<i64> = row.try_get_by_index(at)?;
            Ok(u64::try_from(value.unwrap_or(0)).unwrap_or(0))
        };
        let instant = |at: usize| -> Result<Option<DateTime<Utc>>, StoreError> {
            let text: Option<String> = row.try_get_by_index(at)?;
            text.map(|text| parsed(&text).ok_or_else(|| StoreError::corrupt("imports")))
                .transpose()
        };
        let state: String = row.try_get_by_index(5)?;
        let size: Option<i64> = row.try_get_by_index(17)?;
        let size = size.and_then(|size| u64::try_from(size).ok());
        let read = number(16)?;
        found.push(PastImport {
            id: row.try_get_by_index(0)?,
            subject: row.try_get_by_index(1)?,
            file_name: row.try_get_by_index(2)?,
            sha256: row.try_get_by_index(3)?,
            format: row.try_get_by_index(4)?,
            state: ImportState::from_code(&state)
                .ok_or_else(|| StoreError::corrupt("imports.state"))?,
            by: row.try_get_by_index(6)?,
            started_at: instant(7)?.ok_or_else(|| StoreError::corrupt("imports.started_at"))?,
            beat_at: instant(8)?.ok_or_else(|| StoreError::corrupt("imports.beat_at"))?,
            ended_at: instant(9)?,
            counts: ImportCounts {
                read: number(10)?,
                kept: number(11)?,
                known: number(12)?,
                other_buyers: number(13)?,
                concessions: number(14)?,
                quarantined: number(15)?,
                checked: number(21)?,
                conforming: number(22)?,
            },
            progress: size.map(|size| (read.min(size), size)),
            failure: row.try_get_by_index(18)?,
            ended_by: row.try_get_by_index(19)?,
            schema: row.try_get_by_index(20)?,
        });
    }
    Ok(found)
}

async fn quarantine(
    db: &DatabaseConnection,
    import: &str,
    after: u64,
    limit: u64,
) -> Result<Vec<Rejected>, StoreError> {
    let sql = format!(
        "SELECT position, reason, record FROM quarantine
         WHERE import_id = $1 AND position > {after} AND settled_by IS NULL ORDER BY position LIMIT {limit}"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [import.into()]);
    let mut found = Vec::new();
    for row in db.query_all_raw(statement).await? {
        let position: i64 = row.try_get_by_index(0)?;
        found.push(Rejected {
            position: u64::try_from(position).unwrap_or(0),
            reason: row.try_get_by_index(1)?,
            text: row.try_get_by_index(2)?,
        });
    }
    Ok(found)
}
