//! Keeps what rows said before they are replaced, so that a day in the past can still be asked about.
//!
//! Updates are kept by triggers, which know the instant from the row that comes; removals by whoever removes, with the clock.
//! `feed rebuild` keeps nothing: it writes what the portal says again. No name nor
//! place of a company stays here: figures need neither.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, Value};

use super::{
    rows::{Row, instant},
    schema::{COMMITMENTS, CONTRACT_SHARES, QUALIFICATIONS, REGISTER_FACTS, SUPPLIERS, Table},
    verify::as_text,
};
use crate::{config::Engine, error::StoreError, stored, txn::Txn};

/// Tables whose rows are updated, and since when each says what it says.
const UPDATED: [(&Table, &str); 3] = [
    (&QUALIFICATIONS, "accepted_at"),
    (&SUPPLIERS, "register_read_at"),
    (&REGISTER_FACTS, "known_since"),
];

/// The version that makes the triggers: what later ones add tells how a status is proved, which no figure needs.
const SINCE: u32 = 3;

/// The values of a row as a JSON list of texts, in the only written form of each.
fn content(table: &Table, row: &str, backend: DbBackend) -> String {
    let first = table.columns.iter().filter(|column| column.since <= SINCE);
    let values = first.map(|column| {
        let name = match column.name {
            // Required, and of no use to a figure.
            "name" if table.name == SUPPLIERS.name => "siren",
            "name" | "naf" | "postal_code" | "commune" => return "NULL".to_owned(),
            name => name,
        };
        as_text(&format!("{row}.{name}"), column.kind, backend)
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
        .flat_map(|(table, since)| {
            let instants = [format!("OLD.{since}"), format!("NEW.{since}")];
            trigger(
                table,
                &instants,
                &format!("OLD.{since} < NEW.{since}"),
                engine,
            )
        })
        .chain(trigger(
            &COMMITMENTS,
            &[DECIDED.to_owned(), DECIDED.to_owned()],
            "OLD.revision < NEW.revision",
            engine,
        ))
        .collect()
}

/// A commitment bears no instant: its qualification, replaced just before, does, and the two are paired by their revision.
const DECIDED: &str = "COALESCE((SELECT q.accepted_at FROM qualifications q WHERE q.siren = OLD.siren
    AND q.claim_key = OLD.claim_key AND q.valid_from = OLD.valid_from), '1970-01-01T00:00:00.000000Z')";

fn trigger(table: &Table, instants: &[String; 2], when: &str, engine: Engine) -> Vec<String> {
    let name = table.name;
    let insert = |backend| {
        format!(
            "INSERT INTO replaced_rows (table_name, known_since, replaced_at, content)
             VALUES ('{name}', {}, {}) ON CONFLICT DO NOTHING;",
            instants.join(", "),
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
    keep(
        txn,
        (&CONTRACT_SHARES, "entered_at"),
        condition,
        values,
        now,
    )
    .await
}

/// The same of what the register said.
pub(super) async fn keep_register(
    txn: &Txn,
    condition: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    keep(txn, (&REGISTER_FACTS, "known_since"), condition, &[], now).await
}

async fn keep(
    txn: &Txn,
    (table, since): (&Table, &str),
    condition: &str,
    values: &[Value],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let backend = txn.get_database_backend();
    let sql = format!(
        "INSERT INTO replaced_rows (table_name, known_since, replaced_at, content)
         SELECT '{name}', s.{since}, '{}', {} FROM {name} s WHERE {condition}
         ON CONFLICT DO NOTHING",
        instant(now),
        content(table, "s", backend),
        name = table.name,
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
    let then = format!("AND known_since < '{end}' AND replaced_at >= '{end}'");
    read(db, table, &then).await
}

/// Whatever rows of a table ever said and do not say any more.
pub(super) async fn all(db: &DatabaseConnection, table: &Table) -> Result<Vec<Row>, StoreError> {
    read(db, table, "").await
}

async fn read(db: &DatabaseConnection, table: &Table, when: &str) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT content FROM replaced_rows WHERE table_name = '{}' {when}",
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
