//! What the lists in force say of companies: one query, whatever the number of lists and companies.

use chrono::{DateTime, NaiveDate, Utc};
use domain::identifiers::Siren;
use domain::lists::{Edition, Listed, Proof};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};

use crate::{error::StoreError, stored};

/// Rows read at most: nobody reads more, and every list keeps its place.
const MOST: usize = 2000;

/// What every list in force says of these companies, and which lists are in force. Establishments are found by their SIREN.
pub async fn proofs(db: &impl ConnectionTrait, sirens: &[Siren]) -> Result<Listed, StoreError> {
    let asked: Vec<String> = (1..=sirens.len()).map(|at| format!("${at}")).collect();
    let asked = if asked.is_empty() {
        "NULL".to_owned()
    } else {
        asked.join(", ")
    };
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        format!(
            "SELECT i.list, i.published_on, f.since, i.rows_read, r.siren, r.name, r.content
             FROM lists_in_force f
             JOIN list_imports i ON i.id = f.import
             LEFT JOIN list_rows r ON r.import = f.import AND r.siren IN ({asked})
             ORDER BY i.list, r.key LIMIT {MOST}"
        ),
        sirens.iter().map(|siren| Value::from(siren.as_str())),
    );
    let mut listed = Listed::default();
    for row in db.query_all_raw(statement).await? {
        let edition = edition(&row)?;
        if let Some(siren) = row.try_get_by_index::<Option<String>>(4)? {
            let content: String = row.try_get_by_index(6)?;
            listed.proofs.push(Proof {
                list: edition.list,
                published_on: edition.published_on,
                since: edition.since,
                siren: stored::siren(&siren)?,
                name: row.try_get_by_index(5)?,
                facts: stored::json(&content, "list_rows.content")?,
            });
        }
        if listed.edition(edition.list).is_none() {
            listed.editions.push(edition);
        }
    }
    listed.editions.sort_by_key(|edition| edition.list);
    Ok(listed)
}

/// Which lists are in force.
pub async fn editions(db: &impl ConnectionTrait) -> Result<Vec<Edition>, StoreError> {
    Ok(proofs(db, &[]).await?.editions)
}

fn edition(row: &QueryResult) -> Result<Edition, StoreError> {
    let list: String = row.try_get_by_index(0)?;
    let published_on: NaiveDate = row.try_get_by_index(1)?;
    let since: DateTime<Utc> = row.try_get_by_index(2)?;
    let rows: i64 = row.try_get_by_index(3)?;
    Ok::<_, DbErr>(Edition {
        list: list
            .parse()
            .map_err(|_| DbErr::Type("list_imports.list".to_owned()))?,
        published_on,
        since,
        rows: u64::try_from(rows).unwrap_or(0),
    })
    .map_err(StoreError::from)
}
