//! Which import of a list is in force: put there, taken back, and the history of it.

use chrono::{DateTime, Utc};
use domain::lists::ListKind;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::imports::{self, Import, State};
use crate::{
    entities::{
        list_import, list_in_force,
        list_turn::{ActiveModel, Column, Entity, Model},
    },
    error::StoreError,
    ids::stamp,
    txn::Txn,
};

/// How many imports before the one in force keep their rows, and can come back one after the other.
pub const KEPT_BEFORE: usize = 2;

/// Why an import was not put in force, or not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPut {
    /// It was not read, or was decided already.
    NotRead,
    /// Another import came in force after it was compared: the difference that was shown is not the one that would be made.
    Outdated,
    /// There is nothing before it, or what was before is gone.
    NothingBefore,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnAct {
    Imported,
    RolledBack,
}

/// One change of what is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub seq: i64,
    pub act: TurnAct,
    /// In force from then on.
    pub import: Option<i64>,
    pub before: Option<i64>,
    pub reason: String,
    pub by: Option<Uuid>,
    pub at: DateTime<Utc>,
}

impl From<Model> for Turn {
    fn from(row: Model) -> Self {
        Self {
            seq: row.seq,
            act: match row.act.as_str() {
                "imported" => TurnAct::Imported,
                _ => TurnAct::RolledBack,
            },
            import: row.import,
            before: row.before,
            reason: row.reason,
            by: row.by_account,
            at: row.at,
        }
    }
}

/// Puts an import in force in the place of the one with which it was compared, and remembers its columns. The import as it was.
pub async fn put_in_force(
    txn: &Txn,
    id: i64,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Result<Import, NotPut>, StoreError> {
    let import = imports::hold(txn, id).await?;
    if import.state != State::Read || !import.rows_kept {
        return Ok(Err(NotPut::NotRead));
    }
    if !replace(txn, import.list, import.base, Some(id), now).await? {
        return Ok(Err(NotPut::Outdated));
    }
    list_import::Entity::update_many()
        .col_expr(list_import::Column::State, Expr::value(State::Kept.code()))
        .col_expr(list_import::Column::ChangedAt, Expr::value(stamp(now)))
        .filter(list_import::Column::Id.eq(id))
        .exec(txn)
        .await?;
    imports::remember(txn, &import, now).await?;
    let turn = Turn {
        seq: 0,
        act: TurnAct::Imported,
        import: Some(id),
        before: import.base,
        reason: String::new(),
        by,
        at: now,
    };
    note(txn, import.list, &turn).await?;
    Ok(Ok(import))
}

/// Takes an import back that is in force: the one before it holds again, or none if it was the first. The import that was
/// taken back.
pub async fn roll_back(
    txn: &Txn,
    id: i64,
    reason: &str,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Result<Import, NotPut>, StoreError> {
    let import = imports::hold(txn, id).await?;
    if let Some(before) = import.base {
        // Held as well, so that its rows are not removed meanwhile.
        let before = imports::hold(txn, before).await?;
        if !before.rows_kept {
            return Ok(Err(NotPut::NothingBefore));
        }
    }
    if !replace(txn, import.list, Some(id), import.base, now).await? {
        return Ok(Err(NotPut::Outdated));
    }
    let turn = Turn {
        seq: 0,
        act: TurnAct::RolledBack,
        import: import.base,
        before: Some(id),
        reason: reason.to_owned(),
        by,
        at: now,
    };
    note(txn, import.list, &turn).await?;
    Ok(Ok(import))
}

/// One import in the place of another, if that one is there. Others who do the same wait for the row.
async fn replace(
    txn: &Txn,
    list: ListKind,
    before: Option<i64>,
    after: Option<i64>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    use list_in_force::{ActiveModel, Column, Entity};
    let affected = match (before, after) {
        (None, None) => 0,
        (None, Some(after)) => {
            let row = ActiveModel {
                list: Set(list.code().to_owned()),
                import: Set(after),
                since: Set(stamp(now)),
            };
            Entity::insert_many([row])
                .on_conflict(OnConflict::column(Column::List).do_nothing().to_owned())
                .exec_without_returning(txn)
                .await?
        }
        (Some(before), Some(after)) => {
            Entity::update_many()
                .col_expr(Column::Import, Expr::value(after))
                .col_expr(Column::Since, Expr::value(stamp(now)))
                .filter(Column::List.eq(list.code()))
                .filter(Column::Import.eq(before))
                .exec(txn)
                .await?
                .rows_affected
        }
        (Some(before), None) => {
            Entity::delete_many()
                .filter(Column::List.eq(list.code()))
                .filter(Column::Import.eq(before))
                .exec(txn)
                .await?
                .rows_affected
        }
    };
    Ok(affected == 1)
}

async fn note(txn: &Txn, list: ListKind, turn: &Turn) -> Result<(), StoreError> {
    let last = Entity::find()
        .filter(Column::List.eq(list.code()))
        .order_by_desc(Column::Seq)
        .one(txn)
        .await?;
    let row = ActiveModel {
        list: Set(list.code().to_owned()),
        seq: Set(last.map_or(0, |row| row.seq) + 1),
        act: Set(match turn.act {
            TurnAct::Imported => "imported".to_owned(),
            TurnAct::RolledBack => "rolled_back".to_owned(),
        }),
        import: Set(turn.import),
        before: Set(turn.before),
        reason: Set(turn.reason.clone()),
        by_account: Set(turn.by),
        at: Set(stamp(turn.at)),
    };
    Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}

/// What was in force when, the latest first.
pub async fn turns(
    db: &impl ConnectionTrait,
    list: ListKind,
    limit: u64,
) -> Result<Vec<Turn>, StoreError> {
    let rows = Entity::find()
        .filter(Column::List.eq(list.code()))
        .order_by_desc(Column::Seq)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Turn::from).collect())
}
