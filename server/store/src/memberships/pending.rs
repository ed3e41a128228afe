//! What a person waits for and what waits for them, in one query: companies they asked to join, and invitations.

use chrono::{DateTime, Utc};
use domain::identifiers::Siren;
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use crate::{
    entities::{attachment_request as request, company, invitation},
    error::StoreError,
    ids::stamp,
    stored,
};

/// A company that a person may be of soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pending {
    Asked(Siren),
    Invited {
        id: Uuid,
        company: String,
        until: DateTime<Utc>,
    },
}

#[derive(FromQueryResult)]
struct Row {
    invited: i64,
    id: Uuid,
    siren: String,
    name: String,
    at: DateTime<Utc>,
}

/// In the order they began, requests first.
pub async fn pending(
    db: &impl ConnectionTrait,
    account: Uuid,
    email: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Pending>, StoreError> {
    let name = (company::Entity, company::Column::Name);
    let of = |invited: i64| -> SelectStatement {
        Query::select()
            .expr_as(Expr::cust(format!("CAST({invited} AS BIGINT)")), "invited")
            .column(name)
            .take()
    };
    let siren = Expr::col((company::Entity, company::Column::Siren));
    let asked = of(0)
        .column((request::Entity, request::Column::Id))
        .column((request::Entity, request::Column::Siren))
        .expr_as(
            Expr::col((request::Entity, request::Column::CreatedAt)),
            "at",
        )
        .from(request::Entity)
        .inner_join(
            company::Entity,
            siren
                .clone()
                .equals((request::Entity, request::Column::Siren)),
        )
        .and_where(request::Column::AccountId.eq(account))
        .and_where(request::Column::DecidedAt.is_null())
        .take();
    let invited = of(1)
        .column((invitation::Entity, invitation::Column::Id))
        .column((invitation::Entity, invitation::Column::Siren))
        .expr_as(
            Expr::col((invitation::Entity, invitation::Column::ExpiresAt)),
            "at",
        )
        .from(invitation::Entity)
        .inner_join(
            company::Entity,
            siren.equals((invitation::Entity, invitation::Column::Siren)),
        )
        .and_where(invitation::Column::Email.eq(email))
        .and_where(invitation::Column::EndedAt.is_null())
        .and_where(invitation::Column::ExpiresAt.gt(stamp(now)))
        .take();
    let both = asked.clone().union(UnionType::All, invited).take();
    let rows = Row::find_by_statement(db.get_database_backend().build(&both))
        .all(db)
        .await?;
    let mut rows = rows;
    rows.sort_by_key(|row| (row.invited, row.id));
    rows.into_iter()
        .map(|row| {
            Ok(if row.invited == 0 {
                Pending::Asked(stored::siren(&row.siren)?)
            } else {
                Pending::Invited {
                    id: row.id,
                    company: row.name,
                    until: row.at,
                }
            })
        })
        .collect()
}
