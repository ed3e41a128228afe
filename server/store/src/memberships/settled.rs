//! Requests that nobody decided: answered by an attachment, or left to the agents.

use chrono::{DateTime, Utc};
use domain::{identifiers::Siren, lifecycle::BuyerNotice};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    audit::Entry,
    companies,
    effects::{self, About},
    entities::attachment_request as request,
    error::StoreError,
    ids::stamp,
    txn::Txn,
};

/// Nobody manages the company any more: what waited for its managers is for the agents, now.
pub(super) async fn hand_over(
    txn: &Txn,
    siren: &Siren,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let waiting = request::Entity::update_many()
        .col_expr(request::Column::BuyerFrom, Expr::value(stamp(now)))
        .filter(request::Column::Siren.eq(siren.as_str()))
        .filter(request::Column::DecidedAt.is_null())
        .filter(request::Column::BuyerFrom.gt(stamp(now)))
        .exec_with_returning(txn)
        .await?;
    for asked in waiting {
        let event = txn.audit(Entry {
            actor: format!("supplier:{by}"),
            act: "attachment_left_to_buyer".to_owned(),
            subject: companies::subject(siren),
            details: serde_json::json!({ "request": asked.id }),
            at: now,
        });
        let notice = BuyerNotice::AttachmentRequested {
            request: Some(asked.id),
        };
        effects::tell_buyers(txn, &About::company(event, siren), &notice, now, now).await?;
    }
    Ok(())
}

/// Somebody is of the company: what they asked is answered by that.
pub(super) async fn answered(
    txn: &Txn,
    siren: &Siren,
    account: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    request::Entity::update_many()
        .col_expr(request::Column::DecidedAt, Expr::value(stamp(now)))
        .col_expr(request::Column::DecidedBy, Expr::value(by))
        .col_expr(request::Column::Accepted, Expr::value(true))
        .filter(request::Column::Siren.eq(siren.as_str()))
        .filter(request::Column::AccountId.eq(account))
        .filter(request::Column::DecidedAt.is_null())
        .exec(txn)
        .await?;
    Ok(())
}
