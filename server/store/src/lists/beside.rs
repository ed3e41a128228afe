//! What lists say of companies, read in the same query as the history of a declaration, so that its pages cost no query more.

use chrono::{DateTime, NaiveDate, Utc};
use domain::identifiers::Siren;
use domain::lists::Listed;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use super::proofs::{Read, gather};
use crate::{audit::Event, error::StoreError, stored};

/// The events on a subject, oldest first, without one act, the newest kept when there are too many; and what the lists in force
/// say of these companies.
pub(crate) async fn with_events(
    db: &impl ConnectionTrait,
    subject: &str,
    without: &[&str],
    limit: u64,
    sirens: &[Siren],
) -> Result<(Vec<Event>, Listed), StoreError> {
    let backend = db.get_database_backend();
    let uuid = if backend == DbBackend::Postgres {
        "UUID"
    } else {
        "BLOB"
    };
    let mut values: Vec<Value> = vec![subject.into()];
    let mut numbered = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let acts: Vec<String> = without.iter().map(|act| numbered((*act).into())).collect();
    let asked: Vec<String> = sirens
        .iter()
        .map(|siren| numbered(siren.as_str().into()))
        .collect();
    let none = "NULL".to_owned();
    let listed = |all: Vec<String>| {
        if all.is_empty() {
            none.clone()
        } else {
            all.join(", ")
        }
    };
    // An empty list of acts leaves nothing out.
    let acts = if acts.is_empty() {
        "''".to_owned()
    } else {
        acts.join(", ")
    };
    let sql = format!(
        "SELECT 0 AS part, e.seq AS number, e.id AS id, e.at AS at, e.actor AS one, e.act AS two, e.subject AS three,
                e.details AS four, CAST(NULL AS TEXT) AS five
         FROM (SELECT * FROM audit_events WHERE subject = $1 AND act NOT IN ({acts}) ORDER BY seq DESC LIMIT {limit}) e
         UNION ALL
         SELECT 1, i.rows_read, CAST(NULL AS {uuid}), f.since, i.list, CAST(i.published_on AS TEXT), r.siren, r.name, r.content
         FROM lists_in_force f
         JOIN list_imports i ON i.id = f.import
         LEFT JOIN list_rows r ON r.import = f.import AND r.siren IN ({})",
        listed(asked)
    );
    let rows = db
        .query_all_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    let (mut events, mut read) = (Vec::new(), Vec::new());
    for row in rows {
        let part: i32 = row.try_get_by_index(0)?;
        if part == 0 {
            events.push(event(&row)?);
        } else {
            read.push(of_list(&row)?);
        }
    }
    events.sort_by_key(|event| event.seq);
    Ok((events, gather(read)?))
}

fn event(row: &QueryResult) -> Result<Event, StoreError> {
    let details: String = row.try_get_by_index(7)?;
    Ok(Event {
        seq: row.try_get_by_index(1)?,
        id: row.try_get_by_index(2)?,
        at: row.try_get_by_index(3)?,
        actor: row.try_get_by_index(4)?,
        act: row.try_get_by_index(5)?,
        subject: row.try_get_by_index(6)?,
        details: stored::json(&details, "audit_events.details")?,
    })
}

fn of_list(row: &QueryResult) -> Result<Read, StoreError> {
    let published_on: String = row.try_get_by_index(5)?;
    let since: DateTime<Utc> = row.try_get_by_index(3)?;
    let published_on: NaiveDate = published_on
        .parse()
        .map_err(|_| StoreError::corrupt("list_imports.published_on"))?;
    Ok(Read {
        list: row.try_get_by_index(4)?,
        published_on,
        since,
        rows: row.try_get_by_index(1)?,
        siren: row.try_get_by_index(6)?,
        name: row.try_get_by_index(7)?,
        content: row.try_get_by_index(8)?,
    })
}
