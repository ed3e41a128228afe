//! Companies: the name, what the register last said, and the number of the last revision.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{identifiers::Siren, lifecycle::Status, registry::RegistryState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict, Query},
};

use crate::{
    effects::routes,
    entities::company::{ActiveModel, Column, Entity, Model},
    entities::{declaration, qualification},
    error::StoreError,
    ids::stamp,
    outbox::{self, NewMessage},
    search::fold,
    stored::{self, number},
    txn::Txn,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Company {
    pub siren: Siren,
    pub name: String,
    pub registry: RegistryState,
    pub registry_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    /// The number of the last revision, over all declarations.
    pub last_revision: u32,
    /// Anyone who has the code of one of its attestations may check it.
    pub published: bool,
}

impl TryFrom<Model> for Company {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            siren: stored::siren(&row.siren)?,
            name: row.name,
            registry: stored::json(&row.registry, "companies.registry")?,
            registry_at: row.registry_at,
            created_at: row.created_at,
            last_revision: number(row.last_revision, "companies.last_revision")?,
            published: row.published,
        })
    }
}

/// What the audit trail and the outbox call a company.
pub fn subject(siren: &Siren) -> String {
    format!("company:{siren}")
}

/// Records what the register says. `name` is what a company new here is called when the register gives no name.
///
/// What is known is never lost: silence changes nothing, "unknown" does not erase facts, and an older answer that was kept
/// somewhere does not replace a newer one.
pub async fn record(
    txn: &Txn,
    siren: &Siren,
    name: &str,
    registry: &RegistryState,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        siren: Set(siren.as_str().to_owned()),
        name: Set(name.to_owned()),
        search_name: Set(fold(name)),
        registry: Set(stored::to_json(registry)?),
        registry_at: Set(stamp(answered_at(registry).unwrap_or(now))),
        created_at: Set(stamp(now)),
        last_revision: Set(0),
        published: Set(true),
    };
    let inserted = Entity::insert_many([row])
        .on_conflict(OnConflict::column(Column::Siren).do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    if inserted > 0 {
        return Ok(());
    }
    // Others who want to change the company wait, so that the newest answer stays whoever writes last.
    let known: Company = locked(txn, siren).await?.try_into()?;
    let Some(at) = answered_at(registry).filter(|_| replaces(registry, &known.registry)) else {
        return Ok(());
    };
    let mut update = Entity::update_many()
        .col_expr(Column::Registry, Expr::value(stored::to_json(registry)?))
        .col_expr(Column::RegistryAt, Expr::value(stamp(at)))
        .filter(Column::Siren.eq(siren.as_str()));
    if let Some(name) = registry.facts().and_then(|facts| facts.name.clone()) {
        update = update
            .col_expr(Column::SearchName, Expr::value(fold(&name)))
            .col_expr(Column::Name, Expr::value(name));
    }
    update.exec(txn).await?;
    feed_if_known(txn, siren, "register", now).await
}

/// When the register said this; `None` when it said nothing.
fn answered_at(registry: &RegistryState) -> Option<DateTime<Utc>> {
    match registry {
        RegistryState::Known(facts) => Some(facts.fetched_at),
        RegistryState::Unknown { asked_at } => Some(*asked_at),
        RegistryState::Unresolved => None,
    }
}

/// Whether an answer says more than what is known, or the same thing later.
fn replaces(new: &RegistryState, known: &RegistryState) -> bool {
    match (new, known) {
        (RegistryState::Unresolved, _)
        | (RegistryState::Unknown { .. }, RegistryState::Known(_)) => false,
        (_, RegistryState::Unresolved)
        | (RegistryState::Known(_), RegistryState::Unknown { .. }) => true,
        (RegistryState::Known(_), RegistryState::Known(_))
        | (RegistryState::Unknown { .. }, RegistryState::Unknown { .. }) => {
            answered_at(new) > answered_at(known)
        }
    }
}

/// Calls the company as its own people do, as long as the register gives no name.
pub async fn call(
    txn: &Txn,
    siren: &Siren,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let known: Company = locked(txn, siren).await?.try_into()?;
    let registered = known
        .registry
        .facts()
        .is_some_and(|facts| facts.name.is_some());
    let name = name.trim();
    if registered || name.is_empty() || known.name == name {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(name))
        .col_expr(Column::SearchName, Expr::value(fold(name)))
        .filter(Column::Siren.eq(siren.as_str()))
        .exec(txn)
        .await?;
    feed_if_known(txn, siren, "name", now).await
}

/// The buyer database shows what the register says: it learns of what is new, if it knows the company.
async fn feed_if_known(
    txn: &Txn,
    siren: &Siren,
    news: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let known = qualification::Entity::find()
        .filter(qualification::Column::Siren.eq(siren.as_str()))
        .one(txn)
        .await?;
    if known.is_none() {
        return Ok(());
    }
    let order = NewMessage {
        route: routes::FEED.to_owned(),
        dedup_key: format!("{news}:{siren}:{}", now.timestamp_micros()),
        subject: subject(siren),
        recipient: siren.to_string(),
        payload: serde_json::json!({ "siren": siren }),
        available_at: now,
    };
    outbox::enqueue(txn, vec![order], now).await?;
    Ok(())
}

pub async fn by_siren(
    db: &impl ConnectionTrait,
    siren: &Siren,
) -> Result<Option<Company>, StoreError> {
    Entity::find_by_id(siren.as_str())
        .one(db)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// What a list says of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub name: String,
    /// A declaration of it waits for the buyer.
    pub waiting: bool,
}

/// Those of these companies that are known here, in one query.
pub async fn known(
    db: &impl ConnectionTrait,
    sirens: &[Siren],
) -> Result<HashMap<Siren, Known>, StoreError> {
    let waiting = Query::select()
        .column(declaration::Column::Siren)
        .from(declaration::Entity)
        .and_where(
            declaration::Column::Status.is_in([Status::Submitted.code(), Status::InReview.code()]),
        )
        .take();
    let rows = Entity::find()
        .select_only()
        .columns([Column::Siren, Column::Name])
        .column_as(Column::Siren.in_subquery(waiting), "waiting")
        .filter(Column::Siren.is_in(sirens.iter().map(Siren::as_str)))
        .into_tuple::<(String, String, bool)>()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(siren, name, waiting)| Ok((stored::siren(&siren)?, Known { name, waiting })))
        .collect()
}

/// Makes other transactions on this company wait until this one ends. `NotFound` if it is unknown.
pub async fn lock(txn: &Txn, siren: &Siren) -> Result<(), StoreError> {
    locked(txn, siren).await.map(|_| ())
}

async fn locked(txn: &Txn, siren: &Siren) -> Result<Model, StoreError> {
    let mut query = Entity::find_by_id(siren.as_str());
    if txn.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    query.one(txn).await?.ok_or(StoreError::NotFound)
}

/// Takes the next revision number; someone else took it when no row changes.
pub(crate) async fn take_revision(
    txn: &Txn,
    siren: &Siren,
    revision: u32,
) -> Result<bool, StoreError> {
    let done = Entity::update_many()
        .col_expr(Column::LastRevision, Expr::value(i64::from(revision)))
        .filter(Column::Siren.eq(siren.as_str()))
        .filter(Column::LastRevision.eq(i64::from(revision) - 1))
        .exec(txn)
        .await?;
    Ok(done.rows_affected == 1)
}
