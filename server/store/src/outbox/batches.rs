//! Messages that leave together: grouped by recipient when they are first claimed, and never regrouped.
//!
//! A mail that may have arrived is tried again as it was, under the same identifier: the group is written down before the
//! first try, and is claimed whole ever after.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::claim::claim_if;
use super::{Claim, Message, claim};
use crate::{
    entities::outbox_message::{Column, Entity},
    error::StoreError,
    txn::Txn,
};

/// Claims messages that were due at `ripe`, with those that came since and all those of their groups, and groups those that
/// are in none yet.
pub async fn claim_together(
    txn: &Txn,
    asked: &Claim<'_>,
    ripe: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Message>, StoreError> {
    let mut claimed = claim(txn, asked, ripe).await?;
    let taken = u64::try_from(claimed.len()).unwrap_or(asked.limit);
    if taken > 0 && taken < asked.limit {
        let since = Claim {
            limit: asked.limit - taken,
            ..asked.clone()
        };
        claimed.extend(claim(txn, &since, now).await?);
    }
    let groups: Vec<Uuid> = claimed.iter().filter_map(|message| message.batch).collect();
    if !groups.is_empty() {
        let rest = Claim {
            limit: u64::from(u32::MAX),
            ..asked.clone()
        };
        let of_groups = Expr::col(Column::Batch).is_in(groups);
        claimed.extend(claim_if(txn, &rest, now, Some(of_groups)).await?);
    }
    let mut fresh: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    for message in claimed.iter().filter(|message| message.batch.is_none()) {
        fresh
            .entry(message.recipient.clone())
            .or_default()
            .push(message.id);
    }
    for ids in fresh.values() {
        let Some(first) = ids.first() else { continue };
        Entity::update_many()
            .col_expr(Column::Batch, Expr::value(*first))
            .filter(Column::Id.is_in(ids.iter().copied()))
            .exec(txn)
            .await?;
        for message in &mut claimed {
            if ids.contains(&message.id) {
                message.batch = Some(*first);
            }
        }
    }
    claimed.sort_unstable_by_key(|message| message.id);
    Ok(claimed)
}
