//! What a person waits for and what waits for them, in one query: companies they asked to join, invitations, and drafts that the buyer
//! prepared.

use chrono::{DateTime, Utc};
use domain::identifiers::Siren;
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use crate::{
    entities::{attachment_request as request, company, invitation, prepared_draft},
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
    /// A draft that the buyer prepared.
    Prepared {
        id: Uuid,
        company: String,
        until: DateTime<Utc>,
    },
}

#[derive(FromQueryResult)]
struct Row {
    part: i64,
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
    let of = |part: i64| -> SelectStatement {
        Query::select()
            .expr_as(Expr::cust(format!("CAST({part} AS BIGINT)")), "part")
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
            siren
                .clone()
                .equals((invitation::Entity, invitation::Column::Siren)),
        )
        .and_where(invitation::Column::Email.eq(email))
        .and_where(invitation::Column::EndedAt.is_null())
        .and_where(invitation::Column::ExpiresAt.gt(stamp(now)))
        .take();
    let prepared = of(2)
        .column((prepared_draft::Entity, prepared_draft::Column::Id))
        .column((prepared_draft::Entity, prepared_draft::Column::Siren))
        .expr_as(
            Expr::col((prepared_draft::Entity, prepared_draft::Column::ExpiresAt)),
            "at",
        )
        .from(prepared_draft::Entity)
        .inner_join(
            company::Entity,
            siren.equals((prepared_draft::Entity, prepared_draft::Column::Siren)),
        )
        .and_where(prepared_draft::Column::Email.eq(email))
        .and_where(prepared_draft::Column::EndedAt.is_null())
        .and_where(prepared_draft::Column::ExpiresAt.gt(stamp(now)))
        .take();
    let all = asked
        .clone()
        .union(UnionType::All, invited)
        .union(UnionType::All, prepared)
        .take();
    let rows = Row::find_by_statement(db.get_database_backend().build(&all))
        .all(db)
        .await?;
    let mut rows = rows;
    rows.sort_by_key(|row| (row.part, row.id));
    rows.into_iter()
        .map(|row| {
            let (id, company, until) = (row.id, row.name, row.at);
            Ok(match row.part {
                0 => Pending::Asked(stored::siren(&row.siren)?),
                1 => Pending::Invited { id, company, until },
                _ => Pending::Prepared { id, company, until },
            })
        })
        .collect()
}
