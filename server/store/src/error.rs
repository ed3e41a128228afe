//! What can go wrong with a database, without any text for users.

use chrono::{DateTime, Utc};
use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, error::DatabaseError, postgres::PgDatabaseError, sqlite::SqliteError},
};

/// Someone else changed the row first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The version in the database now.
    pub version: i64,
    /// The status in the database now, as its code.
    pub status: String,
    /// Who wrote it, as the actor's code in the audit trail.
    pub by: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("not found")]
    NotFound,
    #[error("changed meanwhile, now at version {}", .0.version)]
    Conflict(Conflict),
    /// The name of the constraint that refused, the same on both engines.
    #[error("refused by constraint {0}")]
    Constraint(String),
    /// The database cannot be used now; trying again later may work.
    #[error("database unavailable")]
    Unavailable(#[source] DbErr),
    /// The database does not have the tables that this program knows.
    #[error("schema mismatch")]
    Schema(#[source] DbErr),
    #[error("database error")]
    Other(#[source] DbErr),
}

impl StoreError {
    /// A row holds something that this version of the program cannot read.
    pub(crate) fn corrupt(what: &str) -> Self {
        Self::Other(DbErr::Type(what.to_owned()))
    }

    /// A stable word for logs and for the outbox; never contains data.
    pub fn code(&self) -> String {
        match self {
            Self::NotFound => "not_found".to_owned(),
            Self::Conflict(_) => "conflict".to_owned(),
            Self::Constraint(name) => format!("constraint:{name}"),
            Self::Unavailable(_) => "unavailable".to_owned(),
            Self::Schema(_) => "schema".to_owned(),
            Self::Other(cause) => match database_error(cause).and_then(DatabaseError::code) {
                Some(code) => format!("database:{code}"),
                None => "database".to_owned(),
            },
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if matches!(error, DbErr::RecordNotFound(_)) {
            return Self::NotFound;
        }
        if let Some(cause) = database_error(&error) {
            if let Some(name) = constraint(cause) {
                return Self::Constraint(name);
            }
            if is_unavailable(cause) {
                return Self::Unavailable(error);
            }
            if is_schema_mismatch(cause) {
                return Self::Schema(error);
            }
            return Self::Other(error);
        }
        match &error {
            DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => Self::Unavailable(error),
            DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause))
                if matches!(
                    **cause,
                    sqlx::Error::Io(_)
                        | sqlx::Error::PoolTimedOut
                        | sqlx::Error::PoolClosed
                        | sqlx::Error::WorkerCrashed
                        | sqlx::Error::Protocol(_)
                ) =>
            {
                Self::Unavailable(error)
            }
            _ => Self::Other(error),
        }
    }
}

fn database_error(error: &DbErr) -> Option<&dyn DatabaseError> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(e))
        | DbErr::Exec(RuntimeErr::SqlxError(e))
        | DbErr::Query(RuntimeErr::SqlxError(e)) => match &**e {
            sqlx::Error::Database(e) => Some(e.as_ref()),
            _ => None,
        },
        _ => None,
    }
}

/// True for the errors after which `PostgreSQL` has rolled everything back and asks to try again.
pub(crate) fn is_serialization_failure(error: &DbErr) -> bool {
    database_error(error).is_some_and(|e| {
        e.try_downcast_ref::<PgDatabaseError>().is_some()
            && matches!(e.code().as_deref(), Some("40001" | "40P01"))
    })
}

/// True when the connection was cut, as when the server restarts: another connection may work at once.
pub(crate) fn is_connection_lost(error: &DbErr) -> bool {
    if let Some(cause) = database_error(error) {
        return cause.try_downcast_ref::<PgDatabaseError>().is_some()
            && cause.code().is_some_and(|code| {
                matches!(code.as_ref(), "57P01" | "57P02") || code.starts_with("08")
            });
    }
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(e))
        | DbErr::Exec(RuntimeErr::SqlxError(e))
        | DbErr::Query(RuntimeErr::SqlxError(e)) => {
            matches!(&**e, sqlx::Error::Io(io) if io.kind() != std::io::ErrorKind::ConnectionRefused)
        }
        _ => false,
    }
}

/// The constraint's name; for `SQLite`'s unnamed ones, the name `PostgreSQL` would give.
fn constraint(error: &dyn DatabaseError) -> Option<String> {
    if let Some(pg) = error.try_downcast_ref::<PgDatabaseError>() {
        if !pg.code().starts_with("23") {
            return None;
        }
        return Some(match (pg.constraint(), pg.table(), pg.column()) {
            (Some(name), _, _) => name.to_owned(),
            (None, Some(table), Some(column)) => format!("{table}_{column}_not_null"),
            _ => "unnamed".to_owned(),
        });
    }
    let sqlite = error.try_downcast_ref::<SqliteError>()?;
    let code: i32 = sqlite.code()?.parse().ok()?;
    if code & 0xff != 19 {
        return None;
    }
    let message = sqlite.message();
    let subject = message.rsplit_once(": ").map_or(message, |(_, s)| s);
    Some(match code {
        1555 | 2067 => match subject.strip_prefix("index ") {
            Some(index) => index.trim_matches('\'').to_owned(),
            None => unique_name(subject, code == 1555),
        },
        1299 => format!("{}_not_null", subject.replace('.', "_")),
        787 => "foreign_key".to_owned(),
        _ => subject.to_owned(),
    })
}

/// `accounts.email` becomes `accounts_email_key`, a primary key `accounts_pkey`.
fn unique_name(columns: &str, primary: bool) -> String {
    let mut name = String::new();
    for (n, column) in columns.split(", ").enumerate() {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if n == 0 {
            name.push_str(table);
            if primary {
                return name + "_pkey";
            }
        }
        name.push('_');
        name.push_str(column);
    }
    name + "_key"
}

fn is_schema_mismatch(error: &dyn DatabaseError) -> bool {
    if error.try_downcast_ref::<PgDatabaseError>().is_some() {
        return matches!(error.code().as_deref(), Some("42P01" | "42703" | "3F000"));
    }
    let message = error.message();
    error.code().as_deref() == Some("1")
        && (message.starts_with("no such ") || message.contains("has no column named"))
}

fn is_unavailable(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else {
        return false;
    };
    if error.try_downcast_ref::<PgDatabaseError>().is_some() {
        let class = code.get(..2).unwrap_or_default();
        return matches!(class, "08" | "53" | "57" | "58" | "28" | "40")
            || matches!(
                code.as_ref(),
                "55P03" | "25006" | "3D000" | "25P03" | "42501"
            );
    }
    // Busy, locked, read-only, I/O, full, cannot open, and a journal that cannot be locked.
    code.parse::<i32>()
        .is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14 | 15))
}

#[cfg(test)]
mod tests {
    use super::unique_name;

    #[test]
    fn sqlite_columns_become_the_name_postgresql_gives() {
        assert_eq!(unique_name("accounts.email", false), "accounts_email_key");
        assert_eq!(
            unique_name("revisions.siren, revisions.number", false),
            "revisions_siren_number_key"
        );
        assert_eq!(unique_name("accounts.id", true), "accounts_pkey");
    }
}
