//! Documents read in the same query as the people of their company, so that a page with documents costs no query more.

use domain::{documents::KnownDocument, identifiers::Siren, lifecycle::MemberRole};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
    sea_query::{Expr, ExprTrait, IntoCondition, SimpleExpr},
};
use uuid::Uuid;

use super::Owned;
use crate::{
    accounts::Account,
    entities::{
        account,
        document::{Column, Entity, Model},
        membership,
    },
    error::StoreError,
    memberships::{self, Membership},
};

/// The documents of the company of a membership, those only that `which` chooses.
fn documents(
    which: impl Fn(sea_orm::DynIden) -> SimpleExpr + Send + Sync + 'static,
) -> RelationDef {
    membership::Entity::belongs_to(Entity)
        .from(membership::Column::Siren)
        .to(Column::Siren)
        .on_condition(move |_, document| -> Condition { which(document).into_condition() })
        .into()
}

fn known(rows: impl Iterator<Item = Option<Model>>) -> Result<Vec<KnownDocument>, StoreError> {
    let mut found = rows
        .flatten()
        .map(|row| Owned::try_from(row).map(|owned| owned.known))
        .collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|known| known.id);
    found.dedup_by_key(|known| known.id);
    Ok(found)
}

/// The person's role in a company, with those of its documents among these; `None` for a stranger.
pub async fn with_role(
    db: &impl ConnectionTrait,
    account: Uuid,
    siren: &Siren,
    ids: Vec<Uuid>,
) -> Result<Option<(MemberRole, Vec<KnownDocument>)>, StoreError> {
    if ids.is_empty() {
        let role = memberships::role_of(db, account, siren).await?;
        return Ok(role.map(|role| (role, vec![])));
    }
    let chosen = documents(move |table| Expr::col((table, Column::Id)).is_in(ids.iter().copied()));
    let rows = membership::Entity::find()
        .join(JoinType::LeftJoin, chosen)
        .select_also(Entity)
        .filter(membership::Column::Siren.eq(siren.as_str()))
        .filter(membership::Column::AccountId.eq(account))
        .all(db)
        .await?;
    let Some((row, _)) = rows.first() else {
        return Ok(None);
    };
    let role = Membership::try_from(row.clone())?.role;
    let documents = known(rows.into_iter().map(|(_, document)| document))?;
    Ok(Some((role, documents)))
}

/// The people of a company, with those of its documents that have one of these contents.
pub async fn with_people(
    db: &impl ConnectionTrait,
    siren: &Siren,
    sha256: Vec<String>,
) -> Result<(Vec<(Membership, Account)>, Vec<KnownDocument>), StoreError> {
    if sha256.is_empty() {
        return Ok((memberships::of_company(db, siren).await?, vec![]));
    }
    let chosen =
        documents(move |table| Expr::col((table, Column::Sha256)).is_in(sha256.iter().cloned()));
    let rows = membership::Entity::find()
        .join(JoinType::LeftJoin, chosen)
        .select_also(Entity)
        .find_also(membership::Entity, account::Entity)
        .filter(membership::Column::Siren.eq(siren.as_str()))
        .order_by_asc(membership::Column::CreatedAt)
        .all(db)
        .await?;
    let documents = known(rows.iter().map(|(_, document, _)| document.clone()))?;
    let mut people: Vec<(Membership, Account)> = vec![];
    for (row, _, account) in rows {
        let (Some(account), membership) = (account, Membership::try_from(row)?) else {
            continue;
        };
        if people
            .iter()
            .all(|(known, _)| known.account != membership.account)
        {
            people.push((membership, account.try_into()?));
        }
    }
    Ok((people, documents))
}
