//! Files of lists, from when they are sent to when they are in force or thrown away.

use chrono::{DateTime, NaiveDate, Utc};
pub use domain::lists::{Failure, ImportState as State};
use domain::lists::{ListKind, Mapping, Outcome};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use uuid::Uuid;

use crate::{
    entities::{
        list_import::{ActiveModel, Column, Entity, Model},
        list_in_force, list_mapping,
    },
    error::StoreError,
    hash::Hash,
    ids::stamp,
    stored,
    txn::Txn,
};

/// A file of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    pub id: i64,
    pub list: ListKind,
    pub state: State,
    pub file_name: String,
    pub sha256: String,
    pub size_bytes: i64,
    pub format: String,
    pub published_on: NaiveDate,
    pub headings: Vec<String>,
    /// The first lines.
    pub sample: Vec<Vec<String>>,
    pub mapping: Mapping,
    pub outcome: Option<Outcome>,
    pub failure: Option<Failure>,
    pub rows: u64,
    pub rows_kept: bool,
    pub base: Option<i64>,
    pub by: Option<Uuid>,
    pub sent_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

/// A file that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    pub list: ListKind,
    pub file_name: String,
    pub sha256: String,
    pub size_bytes: u64,
    pub format: &'static str,
    pub published_on: NaiveDate,
    pub headings: Vec<String>,
    pub sample: Vec<Vec<String>>,
    pub mapping: Mapping,
    /// `None`: the command line.
    pub by: Option<Uuid>,
}

impl TryFrom<Model> for Import {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            list: row
                .list
                .parse()
                .map_err(|_| StoreError::corrupt("list_imports.list"))?,
            state: State::ALL
                .into_iter()
                .find(|state| state.code() == row.state)
                .ok_or_else(|| StoreError::corrupt("list_imports.state"))?,
            outcome: row
                .outcome
                .as_ref()
                .map(|text| stored::json(text, "list_imports.outcome"))
                .transpose()?,
            failure: row
                .failure
                .as_ref()
                .map(|text| stored::json(text, "list_imports.failure"))
                .transpose()?,
            headings: stored::json(&row.headings, "list_imports.headings")?,
            sample: stored::json(&row.sample, "list_imports.sample")?,
            mapping: stored::json(&row.mapping, "list_imports.mapping")?,
            rows: u64::try_from(row.rows_read).unwrap_or(0),
            rows_kept: row.rows_kept,
            file_name: row.file_name,
            sha256: row.sha256,
            size_bytes: row.size_bytes,
            format: row.format,
            published_on: row.published_on,
            base: row.base,
            by: row.sent_by,
            sent_at: row.sent_at,
            changed_at: row.changed_at,
        })
    }
}

/// Records a file that was received; its number.
pub async fn open(txn: &Txn, new: &NewImport, now: DateTime<Utc>) -> Result<i64, StoreError> {
    if txn.get_database_backend() == DbBackend::Postgres {
        // Numbers are given one after the other.
        txn.execute_unprepared("SELECT pg_advisory_xact_lock(7309943016)")
            .await?;
    }
    let last = Entity::find().order_by_desc(Column::Id).one(txn).await?;
    let id = last.map_or(0, |row| row.id) + 1;
    let row = ActiveModel {
        id: Set(id),
        list: Set(new.list.code().to_owned()),
        state: Set(State::Sent.code().to_owned()),
        file_name: Set(new.file_name.clone()),
        sha256: Set(new.sha256.clone()),
        size_bytes: Set(i64::try_from(new.size_bytes).unwrap_or(i64::MAX)),
        format: Set(new.format.to_owned()),
        published_on: Set(new.published_on),
        headings: Set(stored::to_json(&new.headings)?),
        sample: Set(stored::to_json(&new.sample)?),
        mapping: Set(stored::to_json(&new.mapping)?),
        outcome: Set(None),
        failure: Set(None),
        rows_read: Set(0),
        rows_kept: Set(false),
        base: Set(None),
        sent_by: Set(new.by),
        sent_at: Set(stamp(now)),
        changed_at: Set(stamp(now)),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    Ok(id)
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Import>, StoreError> {
    let row = Entity::find_by_id(id).one(db).await?;
    row.map(Import::try_from).transpose()
}

/// As [`find`], keeping others from changing it until the end of the transaction.
pub async fn hold(txn: &Txn, id: i64) -> Result<Import, StoreError> {
    let mut query = Entity::find_by_id(id);
    if txn.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    let row = query.one(txn).await?;
    row.ok_or(StoreError::NotFound)?.try_into()
}

/// The files of one list, the newest first.
pub async fn imports(
    db: &impl ConnectionTrait,
    list: ListKind,
    limit: u64,
) -> Result<Vec<Import>, StoreError> {
    let rows = Entity::find()
        .filter(Column::List.eq(list.code()))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(Import::try_from).collect()
}

/// The files that somebody has still to decide about, whatever their list, the newest first.
pub async fn pending(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Import>, StoreError> {
    let open = [State::Sent, State::Reading, State::Read].map(State::code);
    let rows = Entity::find()
        .filter(Column::State.is_in(open))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(Import::try_from).collect()
}

/// The import of each list that is in force, and since when.
pub async fn in_force(
    db: &impl ConnectionTrait,
) -> Result<Vec<(Import, DateTime<Utc>)>, StoreError> {
    let rows = list_in_force::Entity::find()
        .find_also_related(Entity)
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|(force, import)| import.map(|import| (import, force.since)))
        .map(|(import, since)| Ok((import.try_into()?, since)))
        .collect()
}

/// Changes the columns and the date of a file that is not decided, before it is read (again).
pub async fn change(
    txn: &Txn,
    id: i64,
    mapping: &Mapping,
    published_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let undecided = [State::Sent, State::Read, State::Failed].map(State::code);
    let done = Entity::update_many()
        .col_expr(Column::Mapping, Expr::value(stored::to_json(mapping)?))
        .col_expr(Column::PublishedOn, Expr::value(published_on))
        .col_expr(Column::ChangedAt, Expr::value(stamp(now)))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in(undecided))
        .exec(txn)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Says that the rows are being written. False when somebody else is at it, or it is decided; a reading that began before
/// `dead` died on the way.
pub async fn start(
    txn: &Txn,
    id: i64,
    dead: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let free = [State::Sent, State::Read, State::Failed].map(State::code);
    let stale = Column::State
        .eq(State::Reading.code())
        .and(Column::ChangedAt.lt(stamp(dead)));
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Reading.code()))
        .col_expr(Column::Outcome, Expr::value(Option::<String>::None))
        .col_expr(Column::Failure, Expr::value(Option::<String>::None))
        .col_expr(Column::RowsKept, Expr::value(true))
        .col_expr(Column::ChangedAt, Expr::value(stamp(now)))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in(free).or(stale))
        .exec(txn)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Records what was read and with what it was compared.
pub async fn record_outcome(
    txn: &Txn,
    id: i64,
    outcome: &Outcome,
    base: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = i64::try_from(outcome.rows).unwrap_or(i64::MAX);
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Read.code()))
        .col_expr(Column::Outcome, Expr::value(stored::to_json(outcome)?))
        .col_expr(Column::RowsRead, Expr::value(rows))
        .col_expr(Column::Base, Expr::value(base))
        .col_expr(Column::ChangedAt, Expr::value(stamp(now)))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Reading.code()))
        .exec(txn)
        .await?;
    one(done.rows_affected)
}

/// Records why it could not be read.
pub async fn record_failure(
    txn: &Txn,
    id: i64,
    failure: &Failure,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Failed.code()))
        .col_expr(Column::Failure, Expr::value(stored::to_json(failure)?))
        .col_expr(Column::ChangedAt, Expr::value(stamp(now)))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Reading.code()))
        .exec(txn)
        .await?;
    one(done.rows_affected)
}

/// Throws a file away that is not decided; false when it was.
pub async fn discard(txn: &Txn, id: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let undecided = [State::Sent, State::Read, State::Failed].map(State::code);
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Discarded.code()))
        .col_expr(Column::Failure, Expr::value(Option::<String>::None))
        .col_expr(Column::ChangedAt, Expr::value(stamp(now)))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in(undecided))
        .exec(txn)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Files that nobody decided about since that instant.
pub async fn abandoned(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<Vec<i64>, StoreError> {
    let undecided = [State::Sent, State::Read, State::Failed].map(State::code);
    let rows = Entity::find()
        .filter(Column::State.is_in(undecided))
        .filter(Column::ChangedAt.lt(stamp(before)))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The columns of the last file of the list with these headings.
pub async fn mapping(
    db: &impl ConnectionTrait,
    list: ListKind,
    headings: &[String],
) -> Result<Option<Mapping>, StoreError> {
    let key = (list.code().to_owned(), headings_key(headings));
    let row = list_mapping::Entity::find_by_id(key).one(db).await?;
    row.map(|row| stored::json(&row.mapping, "list_mappings.mapping"))
        .transpose()
}

/// Remembers the columns for the next file with these headings.
pub(super) async fn remember(
    txn: &Txn,
    import: &Import,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = list_mapping::ActiveModel {
        list: Set(import.list.code().to_owned()),
        headings: Set(headings_key(&import.headings)),
        mapping: Set(stored::to_json(&import.mapping)?),
        saved_at: Set(stamp(now)),
    };
    let replace = OnConflict::columns([list_mapping::Column::List, list_mapping::Column::Headings])
        .update_columns([list_mapping::Column::Mapping, list_mapping::Column::SavedAt])
        .to_owned();
    list_mapping::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(txn)
        .await?;
    Ok(())
}

fn headings_key(headings: &[String]) -> String {
    let parts: Vec<&[u8]> = headings.iter().map(String::as_bytes).collect();
    Hash::of_parts(&parts).to_hex()
}

fn one(affected: u64) -> Result<(), StoreError> {
    if affected == 1 {
        Ok(())
    } else {
        Err(StoreError::NotFound)
    }
}
