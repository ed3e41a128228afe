//! Accounts: suppliers, reviewers and administrators.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::{
    entities::account::{ActiveModel, Column, Entity, Model},
    error::StoreError,
    ids::{new_id, stamp},
    txn::Txn,
};

/// What an account may do; a supplier's rights in a company are its memberships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Supplier,
    Reviewer,
    Administrator,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Supplier, Self::Reviewer, Self::Administrator];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Reviewer => "reviewer",
            Self::Administrator => "administrator",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    /// The person's function, which a signed decision must bear.
    pub quality: String,
    pub role: Role,
    /// `fr` or `en`.
    pub language: String,
    pub created_at: DateTime<Utc>,
    pub disabled_at: Option<DateTime<Utc>>,
}

/// What is needed to open an account; the address is expected in its normal form.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub email: String,
    pub name: String,
    pub quality: String,
    pub role: Role,
    pub language: String,
}

impl TryFrom<Model> for Account {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            email: row.email,
            name: row.name,
            quality: row.quality,
            role: Role::from_code(&row.role).ok_or_else(|| StoreError::corrupt("accounts.role"))?,
            language: row.language,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
        })
    }
}

/// Opens an account; `Constraint("accounts_email_key")` when the address has one.
pub async fn create(txn: &Txn, new: NewAccount, now: DateTime<Utc>) -> Result<Account, StoreError> {
    let row = ActiveModel {
        id: Set(new_id(now)),
        email: Set(new.email),
        name: Set(new.name),
        quality: Set(new.quality),
        role: Set(new.role.code().to_owned()),
        language: Set(new.language),
        created_at: Set(stamp(now)),
        disabled_at: Set(None),
    };
    Entity::insert(row)
        .exec_with_returning(txn)
        .await?
        .try_into()
}

pub async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Account>, StoreError> {
    Entity::find_by_id(id)
        .one(db)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

pub async fn by_email(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<Account>, StoreError> {
    Entity::find()
        .filter(Column::Email.eq(email))
        .one(db)
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// Several accounts in one query, in no particular order.
pub async fn by_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Account>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    collect(
        Entity::find()
            .filter(Column::Id.is_in(ids.iter().copied()))
            .all(db)
            .await?,
    )
}

/// Accounts in the order they were opened; all roles when `role` is `None`.
pub async fn list(
    db: &impl ConnectionTrait,
    role: Option<Role>,
    limit: u64,
) -> Result<Vec<Account>, StoreError> {
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit);
    if let Some(role) = role {
        query = query.filter(Column::Role.eq(role.code()));
    }
    collect(query.all(db).await?)
}

/// The agents who are told of submissions: enabled reviewers.
pub async fn reviewers(db: &impl ConnectionTrait) -> Result<Vec<Account>, StoreError> {
    let query = Entity::find()
        .filter(Column::Role.eq(Role::Reviewer.code()))
        .filter(Column::DisabledAt.is_null())
        .order_by_asc(Column::Id);
    collect(query.all(db).await?)
}

/// The language in which the person is written to.
pub async fn set_language(txn: &Txn, id: Uuid, language: &str) -> Result<(), StoreError> {
    let row = ActiveModel {
        language: Set(language.to_owned()),
        ..ActiveModel::default()
    };
    one_row(
        Entity::update_many()
            .set(row)
            .filter(Column::Id.eq(id))
            .exec(txn)
            .await?
            .rows_affected,
    )
}

/// Closes the account and ends its sessions. Doing it twice keeps the first date.
pub async fn disable(txn: &Txn, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    let row = ActiveModel {
        disabled_at: Set(Some(stamp(now))),
        ..ActiveModel::default()
    };
    let changed = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(id))
        .filter(Column::DisabledAt.is_null())
        .exec(txn)
        .await?
        .rows_affected;
    if changed == 0 && by_id(txn, id).await?.is_none() {
        return Err(StoreError::NotFound);
    }
    crate::sessions::end_all(txn, id).await?;
    Ok(())
}

fn collect(rows: Vec<Model>) -> Result<Vec<Account>, StoreError> {
    rows.into_iter().map(TryInto::try_into).collect()
}

pub(crate) fn one_row(rows: u64) -> Result<(), StoreError> {
    if rows == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}
