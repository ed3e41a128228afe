//! What the lists in force say of companies: one query, whatever the number of lists and companies.

use chrono::{DateTime, NaiveDate, Utc};
use domain::identifiers::Siren;
use domain::lists::{Edition, Listed, Proof};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

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
    let rows = db.query_all_raw(statement).await?;
    let read = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    gather(read)
}

/// A line of the answer: an edition, and a row of it that names one of the companies, if any.
pub(super) struct Read {
    pub(super) list: String,
    pub(super) published_on: NaiveDate,
    pub(super) since: DateTime<Utc>,
    pub(super) rows: i64,
    pub(super) siren: Option<String>,
    pub(super) name: Option<String>,
    pub(super) content: Option<String>,
}

/// What the lines say together.
pub(super) fn gather(lines: Vec<Read>) -> Result<Listed, StoreError> {
    let mut listed = Listed::default();
    for line in lines {
        let list = line
            .list
            .parse()
            .map_err(|_| StoreError::corrupt("list_imports.list"))?;
        if let (Some(siren), Some(content)) = (line.siren, line.content) {
            listed.proofs.push(Proof {
                list,
                published_on: line.published_on,
                since: line.since,
                siren: stored::siren(&siren)?,
                name: line.name,
                facts: stored::json(&content, "list_rows.content")?,
            });
        }
        if listed.edition(list).is_none() {
            listed.editions.push(Edition {
                list,
                published_on: line.published_on,
                since: line.since,
                rows: u64::try_from(line.rows).unwrap_or(0),
            });
        }
    }
    listed.editions.sort_by_key(|edition| edition.list);
    // The engines do not sort alike.
    listed.proofs.sort_by(|a, b| {
        (a.list, &a.siren, &a.facts.siret).cmp(&(b.list, &b.siren, &b.facts.siret))
    });
    Ok(listed)
}

/// Which lists are in force.
pub async fn editions(db: &impl ConnectionTrait) -> Result<Vec<Edition>, StoreError> {
    Ok(proofs(db, &[]).await?.editions)
}

fn read(row: &QueryResult) -> Result<Read, StoreError> {
    Ok(Read {
        list: row.try_get_by_index(0)?,
        published_on: row.try_get_by_index(1)?,
        since: row.try_get_by_index(2)?,
        rows: row.try_get_by_index(3)?,
        siren: row.try_get_by_index(4)?,
        name: row.try_get_by_index(5)?,
        content: row.try_get_by_index(6)?,
    })
}
