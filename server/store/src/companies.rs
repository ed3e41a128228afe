//! Companies: the name, what the register last said, and the number of the last revision.

use chrono::{DateTime, Utc};
use domain::{identifiers::Siren, registry::RegistryState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::{
    effects::routes,
    entities::company::{ActiveModel, Column, Entity, Model},
    entities::qualification,
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
        })
    }
}

/// What the audit trail and the outbox call a company.
pub fn subject(siren: &Siren) -> String {
    format!("company:{siren}")
}

/// Records what the register says. A known company keeps its facts when the register did not answer.
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
        registry_at: Set(stamp(now)),
        created_at: Set(stamp(now)),
        last_revision: Set(0),
    };
    let mut conflict = OnConflict::column(Column::Siren);
    match registry {
        RegistryState::Known(_) | RegistryState::Unknown { .. } => conflict.update_columns([
            Column::Name,
            Column::SearchName,
            Column::Registry,
            Column::RegistryAt,
        ]),
        RegistryState::Unresolved => conflict.do_nothing(),
    };
    Entity::insert_many([row])
        .on_conflict(conflict)
        .exec_without_returning(txn)
        .await?;
    if !matches!(registry, RegistryState::Unresolved) {
        feed_if_known(txn, siren, now).await?;
    }
    Ok(())
}

/// The buyer database shows what the register says: it learns of a new reading, if it knows the company.
async fn feed_if_known(txn: &Txn, siren: &Siren, now: DateTime<Utc>) -> Result<(), StoreError> {
    let known = qualification::Entity::find()
        .filter(qualification::Column::Siren.eq(siren.as_str()))
        .one(txn)
        .await?;
    if known.is_none() {
        return Ok(());
    }
    let order = NewMessage {
        route: routes::FEED.to_owned(),
        dedup_key: format!("register:{siren}:{}", now.timestamp_micros()),
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

/// Makes other transactions on this company wait until this one ends. `NotFound` if it is unknown.
pub async fn lock(txn: &Txn, siren: &Siren) -> Result<(), StoreError> {
    let mut query = Entity::find_by_id(siren.as_str());
    if txn.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    query
        .one(txn)
        .await?
        .map(|_| ())
        .ok_or(StoreError::NotFound)
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
