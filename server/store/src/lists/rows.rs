//! The rows of an import: written in batches, compared with those of another, removed when nobody can come back to them.

use domain::lists::{Difference, Example, ListKind, Row, SHOWN};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, Statement,
    Value, sea_query::Expr,
};

use super::force::KEPT_BEFORE;
use super::imports::State;
use crate::{
    entities::list_import::{Column, Entity, Model},
    entities::list_in_force,
    error::StoreError,
    store::Store,
    stored,
    txn::Txn,
};

/// Rows removed in one transaction, so that nobody waits long.
const REMOVED: u64 = 20_000;

/// Writes rows, all in one statement. Each key once.
pub async fn insert(txn: &Txn, import: i64, rows: &[Row]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let content = stored::to_json(&row.facts)?;
        records.push((row.key(), row.siren.as_str(), row.name.as_deref(), content));
    }
    let backend = txn.get_database_backend();
    let (from, cell) = match backend {
        DbBackend::Postgres => ("json_array_elements(CAST($2 AS json)) AS r(value)", "->>"),
        _ => ("json_each($2)", "->>"),
    };
    let sql = format!(
        "INSERT INTO list_rows (import, key, siren, name, content)
         SELECT $1, value{cell}0, value{cell}1, value{cell}2, value{cell}3 FROM {from}"
    );
    let values: [Value; 2] = [import.into(), stored::to_json(&records)?.into()];
    txn.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}

/// Removes the rows of an import, some at a time.
pub async fn clear(store: &Store, import: i64) -> Result<(), StoreError> {
    loop {
        let removed = store
            .write(async |txn: Txn| remove_some(&txn, import).await)
            .await?;
        if removed < REMOVED {
            return Ok(());
        }
        // Those who wait to write come first.
        tokio::task::yield_now().await;
    }
}

async fn remove_some(txn: &Txn, import: i64) -> Result<u64, StoreError> {
    let statement = Statement::from_sql_and_values(
        txn.get_database_backend(),
        format!(
            "DELETE FROM list_rows WHERE import = $1 AND key IN
                (SELECT key FROM list_rows WHERE import = $1 LIMIT {REMOVED})"
        ),
        [import.into()],
    );
    Ok(txn.execute_raw(statement).await?.rows_affected())
}

/// Removes the rows that nobody can come back to: those of failed and discarded files, and of imports that were in force too
/// long ago.
pub async fn prune(store: &Store, list: ListKind) -> Result<(), StoreError> {
    let gone = store
        .write(async |txn: Txn| unwanted(&txn, list).await)
        .await?;
    for import in gone {
        clear(store, import).await?;
    }
    Ok(())
}

/// Marks them first: from then on nobody comes back to them.
async fn unwanted(txn: &Txn, list: ListKind) -> Result<Vec<i64>, StoreError> {
    // What is being put in force or taken back comes first or waits.
    let mut force = list_in_force::Entity::find_by_id(list.code());
    if txn.get_database_backend() == DbBackend::Postgres {
        force = sea_orm::QuerySelect::lock_exclusive(force);
    }
    let mut kept: Vec<i64> = Vec::new();
    let with_rows: Vec<Model> = {
        let in_force = force.one(txn).await?;
        let rows = Entity::find()
            .filter(Column::List.eq(list.code()))
            .filter(Column::RowsKept.eq(true))
            .order_by_desc(Column::Id)
            .all(txn)
            .await?;
        let mut next = in_force.map(|force| force.import);
        while let Some(id) = next.filter(|_| kept.len() <= KEPT_BEFORE) {
            kept.push(id);
            next = rows
                .iter()
                .find(|row| row.id == id)
                .and_then(|row| row.base);
        }
        rows
    };
    let undecided = [State::Reading, State::Read].map(State::code);
    let gone: Vec<i64> = with_rows
        .iter()
        .filter(|row| !kept.contains(&row.id) && !undecided.contains(&row.state.as_str()))
        .map(|row| row.id)
        .collect();
    if !gone.is_empty() {
        Entity::update_many()
            .col_expr(Column::RowsKept, Expr::value(false))
            .filter(Column::Id.is_in(gone.iter().copied()))
            .exec(txn)
            .await?;
    }
    Ok(gone)
}

/// `PostgreSQL` chooses how to compare by what it last counted, and after so many rows at once that is nothing like them: it
/// may then read all of one import for each row of the other.
pub async fn count_anew(store: &Store) -> Result<(), StoreError> {
    store
        .write(async |txn: Txn| {
            if txn.get_database_backend() == DbBackend::Postgres {
                txn.execute_unprepared("ANALYZE list_rows").await?;
            }
            Ok::<_, StoreError>(())
        })
        .await
}

/// Rows of one import whose key the other has not.
const MISSING: &str = "FROM list_rows n WHERE n.import = $1
    AND NOT EXISTS (SELECT 1 FROM list_rows o WHERE o.import = $2 AND o.key = n.key)";
/// Rows that say something else under the same key.
const CHANGED: &str = "FROM list_rows n JOIN list_rows o ON o.import = $2 AND o.key = n.key
    WHERE n.import = $1 AND o.content <> n.content";

/// What the rows of `import` change of those of `base`.
pub async fn difference(
    db: &impl ConnectionTrait,
    import: i64,
    base: Option<i64>,
) -> Result<Difference, StoreError> {
    let nothing = -1;
    let old = base.unwrap_or(nothing);
    let (added, added_examples) = part(db, MISSING, import, old).await?;
    let (removed, removed_examples) = part(db, MISSING, old, import).await?;
    let (changed, changed_examples) = part(db, CHANGED, import, old).await?;
    Ok(Difference {
        before: match base {
            Some(base) => {
                Some(count(db, "FROM list_rows n WHERE n.import = $1", [base.into()]).await?)
            }
            None => None,
        },
        added,
        removed,
        changed,
        added_examples,
        removed_examples,
        changed_examples,
    })
}

async fn part(
    db: &impl ConnectionTrait,
    from: &str,
    one: i64,
    other: i64,
) -> Result<(u64, Vec<Example>), StoreError> {
    let total = count(db, from, [one.into(), other.into()]).await?;
    if total == 0 {
        return Ok((0, Vec::new()));
    }
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        format!("SELECT n.key, n.name {from} ORDER BY n.key LIMIT {SHOWN}"),
        [one.into(), other.into()],
    );
    let rows = db.query_all_raw(statement).await?;
    let examples = rows.into_iter().map(|row| {
        Ok(Example {
            key: row.try_get_by_index(0)?,
            name: row.try_get_by_index(1)?,
        })
    });
    Ok((total, examples.collect::<Result<_, StoreError>>()?))
}

async fn count<const N: usize>(
    db: &impl ConnectionTrait,
    from: &str,
    values: [Value; N],
) -> Result<u64, StoreError> {
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        format!("SELECT COUNT(*) {from}"),
        values,
    );
    let row = db.query_one_raw(statement).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}
