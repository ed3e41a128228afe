//! The imports themselves: one at a time, resumed where they stopped, with their counts.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

use super::super::{BuyerStore, bulk, changed, rows::instant, schema::IMPORTS};
use super::indexes;
use crate::{error::StoreError, txn::Txn};

/// An import that gave no sign of life for so long has died.
const SILENT: TimeDelta = TimeDelta::minutes(2);

/// What is about to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub id: String,
    pub subject: &'static str,
    pub file_name: String,
    pub sha256: Option<String>,
    pub format: &'static str,
    pub size_bytes: Option<u64>,
    /// The official schema that its records are compared with.
    pub schema: Option<&'static str>,
    pub by: String,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    Running,
    Done,
    /// It stopped before the end of the file; what it read counts.
    Failed,
    /// What it brought is being removed.
    RollingBack,
    RolledBack,
}

impl ImportState {
    pub const ALL: [Self; 5] = [
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::RollingBack,
        Self::RolledBack,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::RollingBack => "rolling_back",
            Self::RolledBack => "rolled_back",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The import under way, and who runs it: the same file begun again takes it from whoever ran it before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    pub id: String,
    pub owner: String,
}

/// An import that may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    pub running: Running,
    /// How many elements were read before it stopped halfway; 0 for a new one.
    pub read: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportRefused {
    /// Another one is running.
    #[error("another file is being imported")]
    Busy { file_name: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for ImportRefused {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// What an import did, or a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub read: u64,
    pub kept: u64,
    pub known: u64,
    pub other_buyers: u64,
    pub concessions: u64,
    pub quarantined: u64,
    /// Compared with the official schema.
    pub checked: u64,
    pub conforming: u64,
}

impl BuyerStore {
    /// Takes the place of the import under way, when there is none that lives.
    pub async fn begin_import(
        &self,
        import: &Import,
        now: DateTime<Utc>,
    ) -> Result<Begun, ImportRefused> {
        let connection = self.connection(false).await?;
        let done = begin(&connection, import, now).await;
        if let Ok(begun) = &done {
            indexes::defer(&connection, import, begun.read).await;
        }
        self.give_back(connection).await;
        done
    }

    /// Ends an import, as done or with why it failed, and says what it did in all. `NotFound`: it was taken away meanwhile.
    pub async fn end_import(
        &self,
        import: &Running,
        failure: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<ImportCounts, StoreError> {
        let connection = self.connection(false).await?;
        let done = end(&connection, import, failure, now).await;
        indexes::settle(&connection).await;
        self.give_back(connection).await;
        done
    }
}

/// Whether an import is under way and gives signs of life.
pub(super) async fn runs(
    connection: &DatabaseConnection,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let sql = "SELECT CAST(beat_at AS TEXT) FROM imports WHERE state = 'running'";
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    for row in connection.query_all_raw(statement).await? {
        let beat: String = row.try_get_by_index(0)?;
        if parsed(&beat).is_some_and(|beat| now - beat <= SILENT) {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn begin(
    connection: &DatabaseConnection,
    import: &Import,
    now: DateTime<Utc>,
) -> Result<Begun, ImportRefused> {
    changed::write(connection, |txn| async move {
        let backend = txn.get_database_backend();
        if backend == DbBackend::Postgres {
            txn.execute_unprepared("SELECT pg_advisory_xact_lock(7309943015)")
                .await?;
        }
        let running = Statement::from_string(
            backend,
            "SELECT import_id, file_name, COALESCE(sha256, ''), read_count, CAST(beat_at AS TEXT), state
             FROM imports WHERE state IN ('running', 'rolling_back')",
        );
        for row in txn.query_all_raw(running).await? {
            let (id, file_name): (String, String) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let sha256: String = row.try_get_by_index(2)?;
            let read: i64 = row.try_get_by_index(3)?;
            let beat: String = row.try_get_by_index(4)?;
            let state: String = row.try_get_by_index(5)?;
            if state == ImportState::RollingBack.code() {
                return Err(ImportRefused::Busy { file_name });
            }
            let silent = parsed(&beat).is_none_or(|beat| now - beat > SILENT);
            if import.sha256.as_deref() == Some(sha256.as_str()) {
                let sql = "UPDATE imports SET owner = $1 WHERE import_id = $2";
                let values = [import.id.clone().into(), id.clone().into()];
                txn.execute_raw(Statement::from_sql_and_values(backend, sql, values))
                    .await?;
                return Ok(Begun {
                    running: Running {
                        id,
                        owner: import.id.clone(),
                    },
                    read: u64::try_from(read).unwrap_or(0),
                });
            }
            if !silent {
                return Err(ImportRefused::Busy { file_name });
            }
            set_state(&txn, &id, ImportState::Failed, Some("stopped"), now).await?;
        }
        let zero = || Some("0".to_owned());
        let row = vec![
            Some(import.id.clone()),
            Some(import.subject.to_owned()),
            Some(import.file_name.clone()),
            import.sha256.clone(),
            Some(import.format.to_owned()),
            Some("running".to_owned()),
            Some(import.id.clone()),
            Some(import.by.clone()),
            Some(instant(now)),
            Some(instant(now)),
            None,
            zero(),
            zero(),
            zero(),
            zero(),
            zero(),
            zero(),
            import.size_bytes.map(|size| size.to_string()),
            zero(),
            None,
            None,
            import.schema.map(str::to_owned),
            zero(),
            zero(),
        ];
        bulk::insert(&txn, &IMPORTS, &[row], "NOTHING").await?;
        Ok(Begun {
            running: Running {
                id: import.id.clone(),
                owner: import.id.clone(),
            },
            read: 0,
        })
    })
    .await
}

/// As either engine writes an instant.
pub(in crate::buyer) fn parsed(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z"))
        .ok()
        .map(|at| at.with_timezone(&Utc))
}

async fn end(
    connection: &DatabaseConnection,
    import: &Running,
    failure: Option<&str>,
    now: DateTime<Utc>,
) -> Result<ImportCounts, StoreError> {
    changed::write(connection, |txn| async move {
        // Refused to whom the import was taken from.
        add_counts(&txn, import, ImportCounts::default(), 0, now).await?;
        let state = match failure {
            None => ImportState::Done,
            Some(_) => ImportState::Failed,
        };
        set_state(&txn, &import.id, state, failure, now).await?;
        let statement = Statement::from_sql_and_values(
            txn.get_database_backend(),
            "SELECT read_count, kept_count, known_count, other_buyers_count, concession_count,
                quarantined_count, COALESCE(checked_count, 0), COALESCE(conforming_count, 0)
             FROM imports WHERE import_id = $1",
            [import.id.clone().into()],
        );
        let row = txn
            .query_one_raw(statement)
            .await?
            .ok_or(StoreError::NotFound)?;
        let number = |at: usize| -> Result<u64, StoreError> {
            let value: i64 = row.try_get_by_index(at)?;
            Ok(u64::try_from(value).unwrap_or(0))
        };
        Ok::<_, StoreError>(ImportCounts {
            read: number(0)?,
            kept: number(1)?,
            known: number(2)?,
            other_buyers: number(3)?,
            concessions: number(4)?,
            quarantined: number(5)?,
            checked: number(6)?,
            conforming: number(7)?,
        })
    })
    .await
}

pub(super) async fn set_state(
    txn: &Txn,
    id: &str,
    state: ImportState,
    failure: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let backend = txn.get_database_backend();
    let sql = format!(
        "UPDATE imports SET state = $1, ended_at = {}, failure = COALESCE($3, failure) WHERE import_id = $4",
        at(backend, 2)
    );
    let failure = failure.map(str::to_owned);
    let values = [
        state.code().into(),
        instant(now).into(),
        failure.into(),
        id.into(),
    ];
    txn.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}

/// Adds to the counts, which is also a sign of life; refused to whom the import was taken from. `bytes`: how far it is.
pub(in crate::buyer) async fn add_counts(
    txn: &Txn,
    running: &Running,
    counts: ImportCounts,
    bytes: u64,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let backend = txn.get_database_backend();
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX).into();
    let sql = format!(
        "UPDATE imports SET read_count = read_count + $1, kept_count = kept_count + $2,
            known_count = known_count + $3, other_buyers_count = other_buyers_count + $4,
            concession_count = concession_count + $5, quarantined_count = quarantined_count + $6,
            checked_count = COALESCE(checked_count, 0) + $11,
            conforming_count = COALESCE(conforming_count, 0) + $12,
            read_bytes = CASE WHEN $7 > COALESCE(read_bytes, 0) THEN $7 ELSE read_bytes END,
            beat_at = {} WHERE import_id = $9 AND owner = $10 AND state = 'running'",
        at(backend, 8)
    );
    let values = [
        number(counts.read),
        number(counts.kept),
        number(counts.known),
        number(counts.other_buyers),
        number(counts.concessions),
        number(counts.quarantined),
        number(bytes),
        instant(now).into(),
        running.id.clone().into(),
        running.owner.clone().into(),
        number(counts.checked),
        number(counts.conforming),
    ];
    let done = txn
        .execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound);
    }
    Ok(())
}

/// An instant bound at this place.
pub(super) fn at(backend: DbBackend, at: usize) -> String {
    match backend {
        DbBackend::Postgres => format!("CAST(${at} AS TIMESTAMPTZ)"),
        _ => format!("${at}"),
    }
}
